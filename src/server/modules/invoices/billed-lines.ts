import type { Db } from '#server/platform/db/index.ts';

/** A line of an issued invoice, by itself. */
export type BilledLine = {
  readonly id: string;
  readonly invoiceId: string;
  readonly invoiceNumber: string | null;
  readonly description: string;
};

/** Lines of the account's invoices by id; those of others are left out. */
export async function billedLines(
  db: Db,
  accountId: string,
  lineIds: readonly string[],
): Promise<Map<string, BilledLine>> {
  if (lineIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('invoice_lines')
    .innerJoin('invoices', 'invoices.id', 'invoice_lines.invoice_id')
    .select(['invoice_lines.id', 'invoice_lines.invoice_id', 'invoices.number', 'invoice_lines.description'])
    .where('invoice_lines.account_id', '=', accountId)
    .where('invoice_lines.id', 'in', lineIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, invoiceId: row.invoice_id, invoiceNumber: row.number, description: row.description },
    ]),
  );
}
