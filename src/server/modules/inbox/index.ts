export {
  type GatewayEvent,
  type GatewayEventStatus,
  gatewayEventById,
  listGatewayEvents,
  recordOutcome,
  storeGatewayEvent,
} from './gateway-events.ts';
