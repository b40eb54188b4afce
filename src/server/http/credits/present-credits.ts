import type { Operation } from '#server/modules/catalog/index.ts';
import type { Consumed, CreditLot, Hold, LedgerEntry, OperationUse } from '#server/modules/credits/index.ts';

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

/** A hold that this request, or an earlier one under its key, has ended. */
export function presentEndedHold(hold: Hold) {
  return { ...presentHold(hold), balance: hold.availableAfter ?? 0n, held: hold.heldAfter ?? 0n };
}

export function presentConsumption(use: OperationUse, consumed: Consumed) {
  return {
    id: consumed.entryId,
    operation: use.operation,
    variant: presentVariant(use.variant),
    quantity: use.quantity,
    credits: consumed.units,
    balance: consumed.available,
    held: consumed.held,
    occurred_at: consumed.occurredAt,
  };
}

export function presentEntry(entry: LedgerEntry, operations: ReadonlyMap<string, Operation>) {
  const { use } = entry;
  const operation = use === null ? undefined : operations.get(use.operationId);
  return {
    id: entry.id,
    number: entry.sequence,
    kind: entry.kind,
    change: entry.change,
    held_change: entry.heldChange,
    balance: entry.availableAfter,
    held: entry.heldAfter,
    operation: operation === undefined ? null : { code: operation.code, name: operation.name, unit: operation.unit },
    variant: use === null ? null : presentVariant(use.variant),
    quantity: use?.quantity ?? null,
    lot_kind: entry.lotKind,
    reason: entry.reason,
    hold_id: entry.holdId,
    site_id: use?.siteId ?? null,
    user_id: use?.userId ?? null,
    reference: use?.reference ?? null,
    occurred_at: entry.occurredAt,
  };
}
