export { createManualGateway } from './manual-gateway.ts';
