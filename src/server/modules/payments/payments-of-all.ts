import { readTransferReference } from '#shared/ids/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import type { Payment } from './payment.ts';
import type { PaymentStatus } from './payment-states.ts';
import { paymentsById } from './payments-queries.ts';
import { transactionKeyOf } from './transfer-terms.ts';

/** Which payments of every account a list shows. */
export type PaymentsFilter = {
  readonly status?: PaymentStatus | undefined;
  readonly method?: string | undefined;
  readonly accountId?: string | undefined;
  /** Whether somebody has to look at them. */
  readonly attention?: boolean | undefined;
  /** A part of an account's name, an invoice number, a reference or a transaction id. */
  readonly search?: string | undefined;
  /** Newest first, or those first that have been in their state longest. */
  readonly sort: 'newest' | 'waiting';
  readonly limit: number;
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
};

/**
 * A page of payments with the instant each is sorted by, one row more than `limit` when there are more. Reads in system
 * scope.
 */
export async function listPaymentsOfAll(
  db: Db,
  filter: PaymentsFilter,
): Promise<{ readonly payment: Payment; readonly position: Date }[]> {
  const isNewest = filter.sort === 'newest';
  const column = isNewest ? 'created_at' : 'status_changed_at';
  const direction = isNewest ? 'desc' : 'asc';
  let query = db.selectFrom('payments').select(['id', `${column} as position`]);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.method !== undefined) query = query.where('method', '=', filter.method);
  if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId);
  if (filter.attention !== undefined) query = query.where('attention', filter.attention ? 'is not' : 'is', null);
  if (filter.search !== undefined && filter.search !== '') {
    query = query.where('id', 'in', paymentsMatching(db, filter.search));
  }
  if (filter.after !== undefined) {
    const { at, id } = filter.after;
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple(column, 'id'), isNewest ? '<' : '>', tuple(at, id)));
  }
  const rows = await query
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(filter.limit + 1)
    .execute();
  const payments = await paymentsById(
    db,
    rows.map((row) => row.id),
  );
  return rows.flatMap(({ id, position }) => {
    const payment = payments.get(id);
    return payment === undefined ? [] : [{ payment, position }];
  });
}

/** Ids of payments in whose surroundings a text is found. */
function paymentsMatching(db: Db, search: string) {
  const like = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const key = transactionKeyOf(search);
  const reference = readTransferReference(search);
  return db
    .selectFrom('accounts')
    .innerJoin('payments', 'payments.account_id', 'accounts.id')
    .select('payments.id')
    .where('accounts.name', 'ilike', like)
    .union(
      db
        .selectFrom('payment_invoices')
        .innerJoin('invoices', 'invoices.id', 'payment_invoices.invoice_id')
        .select('payment_invoices.payment_id as id')
        .where('invoices.number', 'ilike', like),
    )
    .union(
      db
        .selectFrom('payments')
        .select('id')
        .where((where) =>
          where.or([
            where('gateway_reference', 'ilike', like),
            ...(reference === null ? [] : [where('gateway_reference', '=', reference)]),
          ]),
        ),
    )
    .union(
      db
        .selectFrom('transfer_declarations')
        .select('payment_id as id')
        .where('transaction_key', 'like', `%${key ?? '-'}%`),
    );
}
