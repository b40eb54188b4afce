import type { Texts } from '#shared/texts/index.ts';
import type { ApiResult } from '#web/lib/api.ts';
import type { Credits } from '#shared/money/index.ts';
import type { Format } from '#web/lib/format.ts';

/** An entry of the statement. */
export type StatementEntry = ApiResult<'getCreditStatement'>['data'][number];

/** What an entry is, in a few words. */
export function entryTitle(entry: StatementEntry, texts: Texts['credits']): string {
  const operation = entry.operation === null ? null : operationWords(entry.operation.name, entry.variant);
  switch (entry.kind) {
    case 'grant':
      return entry.lot_kind === null ? texts.grantedOther : texts.granted[entry.lot_kind];
    case 'expiry':
      return entry.lot_kind === null ? texts.expiredOther : texts.expired[entry.lot_kind];
    case 'adjustment':
      return texts.adjusted;
    case 'clawback':
      return texts.takenBack;
    case 'reinstatement':
      return texts.reinstated;
    case 'freeze':
      return texts.frozen;
    case 'unfreeze':
      return texts.unfrozen;
    case 'hold':
      return operation === null ? texts.entryKinds.hold : texts.heldFor(operation);
    case 'release':
      return operation === null ? texts.released : texts.releasedOf(operation);
    case 'consumption':
    case 'capture':
      return operation ?? texts.entryKinds[entry.kind];
    default:
      return entry.kind satisfies never;
  }
}

/** What else there is to say about an entry in its row: how much of what, for which reference, or why. */
export function entryDetail(entry: StatementEntry, format: Format): string | null {
  const quantity =
    entry.operation === null || entry.quantity === null
      ? null
      : quantityWords(entry.quantity, entry.operation.unit, format);
  const parts = [quantity, entry.reference, entry.reason].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** An operation in one of its variants: `Generate text · large`. */
export function operationWords(name: string, variant: string | null): string {
  return variant === null ? name : `${name} · ${variant}`;
}

/** How many units of something: `1,200 word`. */
export function quantityWords(quantity: number, unit: string, format: Format): string {
  return `${format.count(quantity)} × ${unit}`;
}

/** A change with its sign: `+500`, `−12`. */
export function signed(change: Credits, format: Format): string {
  const words = format.credits(change);
  return change > 0n ? `+${words}` : words;
}
