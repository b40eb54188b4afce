import type { CreditLot, Hold } from '#server/modules/credits/index.ts';

/** A variant as the API has it: null for no variant in particular. */
export function presentVariant(variant: string): string | null {
  return variant === '' ? null : variant;
}

export function presentLot(lot: CreditLot) {
  return {
    id: lot.id,
    kind: lot.kind,
    units: lot.units,
    remaining: lot.remaining,
    held: lot.held,
    granted_at: lot.grantedAt,
    expires_at: lot.expiresAt,
  };
}

export function presentHold(hold: Hold) {
  return {
    id: hold.id,
    status: hold.status,
    operation: hold.operation,
    variant: presentVariant(hold.use.variant),
    quantity: hold.use.quantity,
    credits: hold.units,
    captured_quantity: hold.capturedQuantity,
    captured_credits: hold.capturedUnits,
    site_id: hold.use.siteId,
    user_id: hold.use.userId,
    reference: hold.use.reference,
    metadata: hold.use.metadata,
    created_at: hold.createdAt,
    expires_at: hold.expiresAt,
    ended_at: hold.endedAt,
  };
}
