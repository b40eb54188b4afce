import type { StateTone } from '#shared/texts/index.ts';
import { type ApiResult, api } from '#web/lib/api.ts';
import { cursorListQuery } from '#web/lib/query.ts';

/** A webhook event as it was stored. */
export type GatewayEvent = ApiResult<'listGatewayEvents'>['data'][number];

/** What has become of a stored event. */
export type GatewayEventStatus = GatewayEvent['status'];

/** The tone of each status, in the order they are offered as filters. */
export const gatewayEventTones: { readonly [status in GatewayEventStatus]: StateTone } = {
  received: 'waiting',
  processed: 'good',
  ignored: 'neutral',
  failed: 'bad',
};

/** Whether a word is the status of an event. */
export function isGatewayEventStatus(word: unknown): word is GatewayEventStatus {
  return typeof word === 'string' && Object.hasOwn(gatewayEventTones, word);
}

/** The events of all gateways, newest first, of one status or of all. */
export function gatewayEventsQuery(status: GatewayEventStatus | undefined) {
  return cursorListQuery<GatewayEvent>(['listGatewayEvents', { status }], ({ signal, cursor }) =>
    api('listGatewayEvents', {
      query: { ...(status === undefined ? {} : { status }), ...(cursor === undefined ? {} : { cursor }) },
      signal,
    }),
  );
}
