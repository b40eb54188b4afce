import type { Db, Tx } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { Source } from '#server/platform/ids/index.ts';

/** A way to pay that is offered in a country: the guide's PaymentMethodConfig. */
export type PaymentOption = {
  readonly id: string;
  readonly method: string;
  readonly gateway: string;
  readonly displayName: string;
  readonly instructions: string | null;
  readonly sortOrder: number;
};

/** The method is not offered to this account. */
export class PaymentMethodUnavailable extends DomainError {
  constructor(method: string, offered: readonly string[]) {
    const list = offered.length === 0 ? 'none is configured' : `offered are: ${offered.join(', ')}`;
    super('payment_method_unavailable', `The payment method “${method}” is not offered to this account; ${list}.`);
  }
}

/**
 * The enabled payment options of a country in their order, else the default set; only those whose gateway is
 * configured.
 */
export async function paymentOptionsFor(
  db: Db,
  country: string,
  configuredGateways: ReadonlySet<string>,
): Promise<PaymentOption[]> {
  const rows = await db
    .selectFrom('payment_options')
    .select(['id', 'country', 'method', 'gateway', 'is_enabled', 'display_name', 'instructions', 'sort_order'])
    .where((where) => where.or([where('country', '=', country), where('country', 'is', null)]))
    .orderBy('sort_order')
    .orderBy('id')
    .limit(200)
    .execute();
  const own = rows.filter((row) => row.country !== null);
  return (own.length > 0 ? own : rows)
    .filter((row) => row.is_enabled && configuredGateways.has(row.gateway))
    .map((row) => ({
      id: row.id,
      method: row.method,
      gateway: row.gateway,
      displayName: row.display_name,
      instructions: row.instructions,
      sortOrder: row.sort_order,
    }));
}

/** A payment option to write down. */
export type NewPaymentOption = {
  /** Null for the default set. */
  readonly country: string | null;
  readonly method: string;
  readonly gateway: string;
  readonly displayName: string;
  readonly sortOrder: number;
};

/** Enables a payment option. */
export async function createPaymentOption(tx: Tx, source: Source, option: NewPaymentOption): Promise<void> {
  const now = source.clock.now();
  await tx
    .insertInto('payment_options')
    .values({
      id: source.ids.next(),
      country: option.country,
      method: option.method,
      gateway: option.gateway,
      is_enabled: true,
      display_name: option.displayName,
      instructions: null,
      details: '{}',
      sort_order: option.sortOrder,
      created_at: now,
      updated_at: now,
    })
    .execute();
}
