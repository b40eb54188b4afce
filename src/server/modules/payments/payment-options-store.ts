import type { Tx } from '#server/platform/db/index.ts';
import { DomainError, NotFound } from '#server/platform/errors/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { OptionKind, OptionLimit, PaymentOption } from './payment-options.ts';
import type { TransferTerms } from './transfer-terms.ts';

/** A payment option to write down. */
export type NewPaymentOption = Pick<
  PaymentOption,
  'country' | 'method' | 'kind' | 'displayName' | 'instructions' | 'limits' | 'terms' | 'sortOrder' | 'isEnabled'
>;

/** What may be different about an option; its country, method and kind stay. */
export type PaymentOptionChanges = Partial<
  Pick<PaymentOption, 'displayName' | 'instructions' | 'limits' | 'terms' | 'sortOrder' | 'isEnabled'>
>;

/** The country has this method already. */
class PaymentOptionTaken extends DomainError {
  constructor(country: string | null, method: string) {
    const place = country === null ? 'The default set' : country;
    super('payment_option_taken', `${place} has the method “${method}” already. Change that one, or use another code.`);
  }
}

/** The gateway that collects what is paid by an option of this kind. */
function gatewayOfKind(kind: OptionKind): string {
  if (kind === 'card') return 'stripe';
  return kind === 'paypal' ? 'paypal' : 'manual';
}

/** Adds a payment option under the given id. @throws PaymentOptionTaken */
export async function createPaymentOption(
  tx: Tx,
  source: Source,
  option: NewPaymentOption,
  id: string = source.ids.next(),
): Promise<string> {
  const now = source.clock.now();
  const made = await tx
    .insertInto('payment_options')
    .values({
      id,
      country: option.country,
      method: option.method,
      gateway: gatewayOfKind(option.kind),
      kind: option.kind,
      is_enabled: option.isEnabled,
      display_name: option.displayName,
      instructions: option.instructions,
      details: detailsOf(option.terms),
      sort_order: option.sortOrder,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw new PaymentOptionTaken(option.country, option.method);
  await insertLimits(tx, id, option.limits);
  return id;
}

/** Changes a payment option. @throws NotFound */
export async function changePaymentOption(
  tx: Tx,
  source: Source,
  id: string,
  changes: PaymentOptionChanges,
): Promise<void> {
  const { displayName, instructions, limits, terms, sortOrder, isEnabled } = changes;
  const changed = await tx
    .updateTable('payment_options')
    .set({
      ...(displayName === undefined ? {} : { display_name: displayName }),
      ...(instructions === undefined ? {} : { instructions }),
      ...(terms === undefined ? {} : { details: detailsOf(terms) }),
      ...(sortOrder === undefined ? {} : { sort_order: sortOrder }),
      ...(isEnabled === undefined ? {} : { is_enabled: isEnabled }),
      updated_at: source.clock.now(),
    })
    .where('id', '=', id)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw new NotFound('payment option');
  if (limits === undefined) return;
  await tx.deleteFrom('payment_option_limits').where('option_id', '=', id).execute();
  await insertLimits(tx, id, limits);
}

/** Removes a payment option. Payments that were started with it keep their own terms. */
export async function removePaymentOption(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('payment_options').where('id', '=', id).execute();
}

async function insertLimits(tx: Tx, optionId: string, limits: readonly OptionLimit[]): Promise<void> {
  if (limits.length === 0) return;
  await tx
    .insertInto('payment_option_limits')
    .values(
      limits.map(({ currency, minMinor, maxMinor }) => ({
        option_id: optionId,
        currency,
        min_minor: minMinor,
        max_minor: maxMinor,
      })),
    )
    .execute();
}

function detailsOf(terms: TransferTerms | null): string {
  return JSON.stringify(terms ?? {});
}
