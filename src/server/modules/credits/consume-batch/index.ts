export type { ConsumeOutcome, ConsumeRequest, Consumed } from './consume-request.ts';
export { type ConsumeBatch, createConsumeBatch } from './create-consume-batch.ts';
