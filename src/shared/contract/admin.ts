import { z } from 'zod';
import { idOf, instant, pageOf, pageQuery } from './codecs.ts';
import { endpoint } from './endpoint.ts';

const gatewayEventStatuses = ['received', 'processed', 'ignored', 'failed'] as const;

const GatewayEvent = z
  .object({
    id: idOf('evt', 'The event as we stored it'),
    gateway: z.string(),
    gateway_event_id: z.string(),
    type: z.string(),
    status: z.enum(gatewayEventStatuses),
    outcome: z.string().nullable().meta({ description: 'What became of it, in a sentence' }),
    attempts: z.int(),
    received_at: instant,
    processed_at: instant.nullable(),
  })
  .meta({ id: 'GatewayEvent' });

export const adminEndpoints = {
  listGatewayEvents: endpoint({
    summary: 'Webhook events received from the gateways',
    tag: 'admin',
    access: 'gateway_events.read',
    query: z.object({ ...pageQuery, status: z.enum(gatewayEventStatuses).optional() }),
    response: pageOf(GatewayEvent),
  }),
  replayGatewayEvent: endpoint({
    summary: 'Process a stored event again',
    tag: 'admin',
    access: 'gateway_events.replay',
    params: z.object({ id: idOf('evt', 'The event') }),
    response: GatewayEvent,
  }),
};
