import { type GatewayEvent, gatewayEventById, recordOutcome } from '#server/modules/inbox/index.ts';
import {
  type EventMeaning,
  methodSetupByReference,
  type Payment,
  paymentByReference,
  savedMethodByReference,
} from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { messageOf } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { applyPaymentState } from '../steps/apply-payment-state.ts';
import { gatewayOf } from '../steps/ask-gateway.ts';
import { keepMethod } from '../steps/keep-method.ts';
import { mirrorRefunds } from '../steps/mirror-refunds.ts';
import { syncDispute } from '../steps/sync-dispute.ts';
import { syncMethodSetup } from '../steps/sync-method-setup.ts';
import { syncSavedMethod } from '../steps/sync-saved-method.ts';
import { syncWithGateway } from '../steps/sync-with-gateway.ts';

type Outcome = { readonly status: 'processed' | 'ignored'; readonly sentence: string };

/**
 * Makes of a stored event what it means: it names something, the gateway is asked about it, and the answer is applied.
 * Any order, any number of times, the same end. A failure is written down and thrown, so that the job is tried again.
 */
export async function processGatewayEvent(app: App, eventId: string): Promise<void> {
  const event = await inRead(app, 'system', (db) => gatewayEventById(db, eventId));
  let outcome: Outcome;
  try {
    outcome = await process(app, event);
  } catch (thrown) {
    const reason = messageOf(thrown);
    await inTransaction(app, 'system', (tx) => recordOutcome(tx, eventId, 'failed', reason, app.clock.now()));
    throw thrown;
  }
  await inTransaction(app, 'system', (tx) =>
    recordOutcome(tx, eventId, outcome.status, outcome.sentence, app.clock.now()),
  );
}

async function process(app: App, event: GatewayEvent): Promise<Outcome> {
  const meaning = await wholeMeaning(app, event);
  switch (meaning.kind) {
    case 'ignored':
      return { status: 'ignored', sentence: meaning.reason };
    case 'payment':
      return await processPayment(app, event.gateway, meaning.reference, meaning.paymentId);
    case 'refunds':
      return await processRefunds(app, event.gateway, meaning.paymentReference);
    case 'dispute':
      return await processDispute(app, event.gateway, meaning.reference);
    case 'setup':
      return await processSetup(app, event.gateway, meaning.reference, meaning.setupId);
    case 'method':
      return await processMethod(app, event.gateway, meaning.reference, meaning.paymentReference ?? null);
  }
}

/** What an event means, once the gateway has named the payment of a part it only names itself. */
async function wholeMeaning(app: App, event: GatewayEvent): Promise<Exclude<EventMeaning, { kind: 'part' }>> {
  const gateway = gatewayOf(app, event.gateway);
  const meaning = gateway.translateEvent(event.payload);
  if (meaning.kind !== 'part') return meaning;
  const reference = await gateway.paymentOfPart(meaning.partReference);
  if (reference === null) {
    return { kind: 'ignored', reason: `${meaning.partReference} belongs to no payment the gateway knows.` };
  }
  if (meaning.about === 'refunds') return { kind: 'refunds', paymentReference: reference };
  return { kind: 'payment', reference, paymentId: null };
}

async function processPayment(
  app: App,
  gateway: string,
  reference: string,
  paymentId: string | null,
): Promise<Outcome> {
  const payment = await inRead(app, 'system', (db) => paymentByReference(db, gateway, reference, paymentId));
  if (payment === null) return notOurs(reference);
  if (payment.gatewayReference === null && !(await learnReference(app, payment, reference))) return notOurs(reference);
  const synced = await syncWithGateway(app, { accountId: payment.accountId, paymentId: payment.id }, 'webhook');
  return { status: 'processed', sentence: `The payment is ${synced.payment.status}.` };
}

/**
 * A payment whose start was never answered learns its name from its event, once the gateway itself says that it was made
 * for it: starting it again could make a second one where the gateway has forgotten our idempotency key.
 */
async function learnReference(app: App, payment: Payment, reference: string): Promise<boolean> {
  const answer = await gatewayOf(app, payment.gateway).retrievePayment(reference);
  if (answer.paymentId !== payment.id) return false;
  await inTransaction(app, { account: payment.accountId }, (tx) =>
    applyPaymentState(app, tx, payment.id, answer, 'webhook'),
  );
  return true;
}

async function processRefunds(app: App, gateway: string, paymentReference: string): Promise<Outcome> {
  const payment = await inRead(app, 'system', (db) => paymentByReference(db, gateway, paymentReference, null));
  if (payment === null) return notOurs(paymentReference);
  // Money goes back only once it has come: the payment's own event may be late or lost.
  const synced = await syncWithGateway(app, { accountId: payment.accountId, paymentId: payment.id }, 'webhook');
  const count = await mirrorRefunds(app, synced.payment);
  return { status: 'processed', sentence: `The gateway knows ${String(count)} refunds of the payment.` };
}

async function processDispute(app: App, gateway: string, reference: string): Promise<Outcome> {
  const dispute = await syncDispute(app, gateway, reference);
  if (dispute === null) return { status: 'ignored', sentence: `No payment of ours has the dispute ${reference}.` };
  return { status: 'processed', sentence: `The dispute is ${dispute.status}.` };
}

function notOurs(reference: string): Outcome {
  return { status: 'ignored', sentence: `No payment of ours is ${reference}.` };
}

async function processSetup(app: App, gateway: string, reference: string, setupId: string | null): Promise<Outcome> {
  const setup = await inRead(app, 'system', (db) => methodSetupByReference(db, gateway, reference, setupId));
  if (setup === null) return { status: 'ignored', sentence: `No setup of ours is ${reference}.` };
  const synced = await syncMethodSetup(app, { accountId: setup.accountId, setupId: setup.id }, 'webhook');
  return { status: 'processed', sentence: `The saving of the payment method is ${synced.setup.status}.` };
}

async function processMethod(
  app: App,
  gateway: string,
  reference: string,
  paymentReference: string | null,
): Promise<Outcome> {
  const method = await inRead(app, 'system', (db) => savedMethodByReference(db, gateway, reference));
  if (method !== null) return { status: 'processed', sentence: await syncSavedMethod(app, method) };
  if (paymentReference !== null && (await keepLate(app, gateway, paymentReference))) {
    return { status: 'processed', sentence: 'The method that paid is saved.' };
  }
  return { status: 'ignored', sentence: `No saved method of ours is ${reference}.` };
}

/** A gateway may keep the method of a payment a while after the payment: it is saved when the gateway tells. */
async function keepLate(app: App, gateway: string, paymentReference: string): Promise<boolean> {
  const payment = await inRead(app, 'system', (db) => paymentByReference(db, gateway, paymentReference, null));
  if (payment === null || !payment.keepsMethod || payment.status !== 'succeeded') return false;
  const { keptMethod: kept } = await gatewayOf(app, gateway).retrievePayment(paymentReference);
  if (kept === undefined) return false;
  await inTransaction(app, { account: payment.accountId }, (tx) => keepMethod(app, tx, { ...payment, kept }));
  return true;
}
