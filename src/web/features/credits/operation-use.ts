import type { ApiArguments } from '#web/lib/api.ts';

/** One use of an operation, as a request has it. */
export type OperationUse = ApiArguments<'consumeCredits'>['body'];
