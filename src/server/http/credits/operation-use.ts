import type { Metadata, OperationUse } from '#server/modules/credits/index.ts';

/** What a body says about a use, parsed. */
type UseInBody = {
  readonly operation: string;
  readonly variant?: string | undefined;
  readonly quantity: bigint;
  readonly site_id?: string | undefined;
  readonly user_id?: string | undefined;
  readonly reference?: string | undefined;
  readonly metadata?: Metadata | undefined;
};

/** A use as the flows take it, under its key. */
export function operationUseOf(body: UseInBody, key: string): OperationUse {
  return {
    key,
    operation: body.operation,
    variant: body.variant ?? '',
    quantity: body.quantity,
    siteId: body.site_id ?? null,
    userId: body.user_id ?? null,
    reference: body.reference ?? null,
    metadata: body.metadata ?? null,
  };
}
