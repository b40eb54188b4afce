import { type Currency, isCurrency, money } from '#shared/money/index.ts';
import { optionKinds } from '#shared/contract/payment-options.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import type { Selectable } from 'kysely';
import { DomainError, NotFound } from '#server/platform/errors/index.ts';
import type { PaymentGateway } from './gateway.ts';
import { type TransferTerms, transferTermsFrom } from './transfer-terms.ts';

/** What the page shows for a payment option. */
export type OptionKind = (typeof optionKinds)[number];

/** A currency an option takes, and from how much to how much, in minor units. */
export type OptionLimit = {
  readonly currency: Currency;
  readonly minMinor: bigint | null;
  readonly maxMinor: bigint | null;
};

/** A way to pay that is offered in a country: the guide's PaymentMethodConfig. */
export type PaymentOption = {
  readonly id: string;
  /** Null is the default set, for countries without rows of their own. */
  readonly country: string | null;
  readonly method: string;
  readonly gateway: string;
  readonly kind: OptionKind;
  readonly displayName: string;
  /** Markdown. */
  readonly instructions: string | null;
  /** Currencies and amounts it is limited to; empty is no limit. */
  readonly limits: readonly OptionLimit[];
  /** Where the money goes; null for what a gateway's own form asks. */
  readonly terms: TransferTerms | null;
  readonly sortOrder: number;
  readonly isEnabled: boolean;
  readonly updatedAt: Date;
};

/** What is to be paid, as far as it is known; an amount without a currency limits nothing. */
export type WantedAmount = { readonly currency?: Currency | undefined; readonly amountMinor?: bigint | undefined };

/** The configured gateways by name, as far as offering what they can do needs them. */
type Gateways = ReadonlyMap<string, Pick<PaymentGateway, 'takes'>>;

/** The method is not offered to this account, or not for this amount. */
export class PaymentMethodUnavailable extends DomainError {
  constructor(method: string, offered: readonly string[]) {
    const list = offered.length === 0 ? 'none is configured' : `offered are: ${offered.join(', ')}`;
    super('payment_method_unavailable', `The payment method “${method}” is not offered for this; ${list}.`);
  }
}

/**
 * The enabled payment options of a country in their order, else the default set: those whose gateway is configured and
 * takes what is to be paid, and whose own limits do.
 */
export async function paymentOptionsFor(
  db: Db,
  country: string,
  gateways: Gateways,
  wanted: WantedAmount = {},
): Promise<PaymentOption[]> {
  const rows = await selectOptions(db)
    .where((where) => where.or([where('country', '=', country), where('country', 'is', null)]))
    .orderBy('sort_order')
    .orderBy('id')
    .limit(200)
    .execute();
  const own = rows.filter((row) => row.country !== null);
  const enabled = (own.length > 0 ? own : rows).filter((row) => row.is_enabled && gateways.has(row.gateway));
  return (await withLimits(db, enabled)).filter(
    (option) => isWithin(option.limits, wanted) && gatewayTakes(gateways, option.gateway, wanted),
  );
}

/** The option of a method among those offered. @throws PaymentMethodUnavailable */
export function offeredOption(options: readonly PaymentOption[], method: string): PaymentOption {
  const option = options.find((candidate) => candidate.method === method);
  if (option !== undefined) return option;
  throw new PaymentMethodUnavailable(
    method,
    options.map((candidate) => candidate.method),
  );
}

/** Every option, by country and order, the default set first. */
export async function allPaymentOptions(db: Db): Promise<PaymentOption[]> {
  const rows = await selectOptions(db)
    .orderBy('country', (order) => order.asc().nullsFirst())
    .orderBy('sort_order')
    .orderBy('id')
    .limit(2_000)
    .execute();
  return await withLimits(db, rows);
}

/** One option, locked until the transaction ends. @throws NotFound */
export async function lockPaymentOption(db: Db, id: string): Promise<PaymentOption> {
  const row = await selectOptions(db).where('id', '=', id).forUpdate().executeTakeFirst();
  const [option] = row === undefined ? [] : await withLimits(db, [row]);
  if (option === undefined) throw new NotFound('payment option');
  return option;
}

/** Whether limits take what is to be paid. Limits without rows take everything. */
function isWithin(limits: readonly OptionLimit[], { currency, amountMinor }: WantedAmount): boolean {
  if (limits.length === 0 || currency === undefined) return true;
  const limit = limits.find((candidate) => candidate.currency === currency);
  if (limit === undefined) return false;
  if (amountMinor === undefined) return true;
  return (
    (limit.minMinor === null || limit.minMinor <= amountMinor) &&
    (limit.maxMinor === null || amountMinor <= limit.maxMinor)
  );
}

function gatewayTakes(gateways: Gateways, name: string, { currency, amountMinor }: WantedAmount): boolean {
  if (currency === undefined || amountMinor === undefined) return true;
  return gateways.get(name)?.takes(money(amountMinor, currency)) === true;
}

const columns = [
  'id',
  'country',
  'method',
  'gateway',
  'kind',
  'display_name',
  'instructions',
  'details',
  'sort_order',
  'is_enabled',
  'updated_at',
] as const;

function selectOptions(db: Db) {
  return db.selectFrom('payment_options').select(columns);
}

type Row = Pick<Selectable<Database['payment_options']>, (typeof columns)[number]>;

async function withLimits(db: Db, rows: readonly Row[]): Promise<PaymentOption[]> {
  if (rows.length === 0) return [];
  const limits = await db
    .selectFrom('payment_option_limits')
    .select(['option_id', 'currency', 'min_minor', 'max_minor'])
    .where(
      'option_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('currency')
    .execute();
  return rows.map((row) => {
    const own = limits.filter((limit) => limit.option_id === row.id);
    return fromRow(
      row,
      own.flatMap(({ currency, min_minor, max_minor }) =>
        isCurrency(currency) ? [{ currency, minMinor: min_minor, maxMinor: max_minor }] : [],
      ),
    );
  });
}

function fromRow(row: Row, limits: readonly OptionLimit[]): PaymentOption {
  return {
    id: row.id,
    country: row.country,
    method: row.method,
    gateway: row.gateway,
    kind: optionKinds.find((kind) => kind === row.kind) ?? 'card',
    displayName: row.display_name,
    instructions: row.instructions,
    limits,
    terms: row.kind === 'transfer' || row.kind === 'wallet' ? transferTermsFrom(row.details) : null,
    sortOrder: row.sort_order,
    isEnabled: row.is_enabled,
    updatedAt: row.updated_at,
  };
}
