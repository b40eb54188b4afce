export type { ConsumeOutcome, ConsumeRequest, Consumed, OperationUse } from './consume-request.ts';
export { type ConsumeBatch, consumeConnections, createConsumeBatch } from './create-consume-batch.ts';
