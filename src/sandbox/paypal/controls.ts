import { commonControls, commonState, forgetAll } from '../controls/common-controls.ts';
import type { Control } from '../controls/control-request.ts';
import { BadControl, typesFrom } from '../controls/faults.ts';
import { sandboxTime } from '../controls/simulator-kinds.ts';
import type { Change } from './call.ts';
import { refundCapture } from './captures.ts';
import { sandboxWebhookId } from './credentials.ts';
import { type Kinds, kinds, type PayPalReader, type PayPalWriter, type Webhook, type WireEvent } from './objects.ts';
import { passTime } from './pass-time.ts';
import { closeDispute, moveDispute, openDispute } from './dispute-controls.ts';
import { captureBody, refundBody } from './present.ts';
import { leftOf, settleCapture, settleRefund } from './settle.ts';
import { authorityOf } from './signer.ts';
import { resendTo } from './webhooks.ts';

const eventsShown = 50;
/** What a reset leaves: whoever trusts the authority goes on trusting it, and tokens given out stay good. */
const lasting: readonly (keyof Kinds)[] = ['authority', 'signer', 'access_token'];

/** Everything this simulator can be told. `base` is where it answers. */
export function controlsAt(base: string): Control<Kinds>[] {
  const changeOf = (writer: PayPalWriter): Change => ({ writer, base, now: sandboxTime(writer) });
  return [
    ...commonControls.map((control): Control<Kinds> => {
      if (control.path !== '/_sandbox/clock') return control;
      return {
        ...control,
        run(writer, body, id) {
          const answer = control.run(writer, body, id);
          passTime(writer, base);
          return answer;
        },
      };
    }),
    { method: 'GET', path: '/_sandbox/', run: stateOf },
    { method: 'POST', path: '/_sandbox/webhooks', run: registerWebhook },
    { method: 'POST', path: '/_sandbox/events/:id/resend', run: resendEvent },
    {
      method: 'POST',
      path: '/_sandbox/captures/:id/settle',
      run: (writer, body, id) => settle(changeOf(writer), 'capture', id, body),
    },
    {
      method: 'POST',
      path: '/_sandbox/captures/:id/refund',
      run: (writer, _body, id) => refundByHand(changeOf(writer), id),
    },
    {
      method: 'POST',
      path: '/_sandbox/captures/:id/dispute',
      run: (writer, body, id) => openDispute(changeOf(writer), id, body),
    },
    {
      method: 'POST',
      path: '/_sandbox/refunds/:id/settle',
      run: (writer, body, id) => settle(changeOf(writer), 'refund', id, body),
    },
    {
      method: 'POST',
      path: '/_sandbox/disputes/:id/move',
      run: (writer, body, id) => moveDispute(changeOf(writer), id, body),
    },
    {
      method: 'POST',
      path: '/_sandbox/disputes/:id/close',
      run: (writer, body, id) => closeDispute(changeOf(writer), id, body),
    },
    {
      method: 'POST',
      path: '/_sandbox/reset',
      run: (writer) =>
        forgetAll(
          writer,
          kindNames().filter((kind) => !lasting.includes(kind)),
        ),
    },
  ];
}

/** Registers where webhooks go. The same id, which is Purser's own unless another is named, goes to one address. */
function registerWebhook(writer: PayPalWriter, body: Record<string, unknown>): object {
  const { url, id = sandboxWebhookId } = body;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new BadControl('url must be an http or https address');
  }
  if (typeof id !== 'string' || !/^[A-Z0-9]{8,50}$/.test(id)) {
    throw new BadControl('id must have 8 to 50 capitals and digits');
  }
  const webhook: Webhook = { id, url, eventTypes: typesFrom(body['event_types'] ?? ['*'], 'event_types') };
  writer.put('webhook', id, webhook);
  return webhook;
}

function resendEvent(writer: PayPalWriter, _body: Record<string, unknown>, id: string): object {
  const event = writer.get('event', id);
  if (!event) throw new BadControl(`There is no event ${id}`);
  return { event: id, webhooks: resendTo(writer, event).map((webhook) => webhook.url) };
}

/** Ends the waiting of a pending capture or refund before its time. */
function settle(change: Change, kind: 'capture' | 'refund', id: string, body: Record<string, unknown>): object {
  const isGood = body['outcome'] !== 'failed';
  if (isGood && body['outcome'] !== 'completed') throw new BadControl('outcome must be completed or failed');
  if (kind === 'capture') {
    const capture = change.writer.get('capture', id);
    if (capture?.status !== 'PENDING') throw new BadControl(`There is no pending capture ${id}`);
    return captureBody(change, settleCapture(change, capture, isGood ? 'COMPLETED' : 'DECLINED'));
  }
  const refund = change.writer.get('refund', id);
  if (refund?.status !== 'PENDING') throw new BadControl(`There is no pending refund ${id}`);
  return refundBody(change, settleRefund(change, refund, isGood ? 'COMPLETED' : 'FAILED'));
}

/** Gives a capture back in full from PayPal's own pages, as a seller may. */
function refundByHand(change: Change, id: string): object {
  const capture = change.writer.get('capture', id);
  if (!capture || !['COMPLETED', 'PARTIALLY_REFUNDED'].includes(capture.status)) {
    throw new BadControl(`There is no capture ${id} to refund`);
  }
  const amount = leftOf(change.writer, capture);
  const order = { amount, invoiceId: null, customId: null, note: null, isReversal: false };
  return refundBody(change, refundCapture(change, capture, order));
}

function kindNames(): (keyof Kinds)[] {
  return Object.keys(kinds).filter((kind): kind is keyof Kinds => Object.hasOwn(kinds, kind));
}

/** The id of what an event is about; disputes have it under another name. */
function objectOf({ resource }: WireEvent): unknown {
  if ('id' in resource) return resource.id;
  return 'dispute_id' in resource ? resource.dispute_id : null;
}

/** A summary for people and tests: how much there is, what happened last and where it went, and what is set to fail. */
function stateOf(writer: PayPalWriter): object {
  const reader: PayPalReader = writer;
  const deliveries = Map.groupBy(reader.all('delivery'), (delivery) => delivery.message);
  return {
    simulates: 'PayPal',
    ...commonState(reader),
    counts: Object.fromEntries(kindNames().map((kind) => [kind, reader.ids(kind).length])),
    certificate_authority: authorityOf(writer).certificate,
    webhooks: reader.all('webhook'),
    recent_events: reader
      .all('event')
      .slice(-eventsShown)
      .toReversed()
      .map((event) => ({
        id: event.id,
        type: event.event_type,
        created: Math.floor(Date.parse(event.create_time) / 1_000),
        object: objectOf(event),
        deliveries: deliveries.get(event.id) ?? [],
      })),
  };
}
