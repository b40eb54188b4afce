import assert from 'node:assert/strict';
import { inRead } from '#server/platform/db/index.ts';
import type { HasPool } from '#server/platform/db/scope.ts';

/**
 * Everything that has become of an account, without ids, numbers and times: two accounts to which the same has happened
 * are told alike, in whatever order and however often they were told of it.
 */
export async function accountState(app: HasPool, accountId: string) {
  return await inRead(app, { account: accountId }, async (db) => ({
    balance: await db.selectFrom('credit_balances').select(['available', 'held']).execute(),
    lots: await db
      .selectFrom('credit_lots')
      .select(['kind', 'units', 'remaining', 'expires_at', 'source_type'])
      .orderBy('id')
      .execute(),
    ledger: await db
      .selectFrom('ledger_entries')
      .select(['kind', 'debit_account', 'credit_account', 'units', 'available_after', 'held_after'])
      .orderBy('id')
      .execute(),
    entryLots: await db.selectFrom('ledger_entry_lots').select('units').orderBy('entry_id').execute(),
    invoices: (
      await db
        .selectFrom('invoices')
        .select(['status', 'purpose', 'currency', 'total_minor', 'amount_paid_minor', 'void_reason'])
        .select(['last_payment_error', 'announce_at', 'expires_at'])
        .orderBy('id')
        .execute()
    ).map(({ last_payment_error: error, announce_at: announced, expires_at: expires, ...invoice }) => ({
      ...invoice,
      error: codeOf(error),
      waits: announced !== null || expires !== null,
    })),
    lines: await db
      .selectFrom('invoice_lines')
      .select(['description', 'quantity', 'amount_minor', 'credits'])
      .orderBy('id')
      .execute(),
    payments: (
      await db
        .selectFrom('payments')
        .select(['status', 'amount_minor', 'currency', 'attention', 'method_details', 'last_error', 'check_due_at'])
        .orderBy('id')
        .execute()
    ).map(({ last_error: error, check_due_at: due, ...payment }) => ({
      ...payment,
      error: codeOf(error),
      isAskedAbout: due !== null,
    })),
    isCollectable: await db.selectFrom('payment_invoices').select('is_collectable').orderBy('payment_id').execute(),
    allocations: await db.selectFrom('payment_allocations').select('amount_minor').orderBy('payment_id').execute(),
    documents: await db
      .selectFrom('invoice_documents')
      .select('rendition')
      .orderBy('invoice_id')
      .orderBy('rendition')
      .execute(),
    emails: (
      await db
        .selectFrom('email_messages')
        .select(['template', 'recipient', 'status', 'subject', 'attachment_file_ids'])
        .orderBy('template')
        .execute()
    ).map(({ subject, attachment_file_ids: files, ...email }) => ({
      ...email,
      subject: (subject ?? '').replaceAll(/INV-\d{4}-\d{2}-\d{5}/g, 'INV'),
      attachments: files.length,
    })),
  }));
}

function codeOf(error: unknown): string | null {
  return error === null ? null : (error as { code: string }).code;
}

/**
 * Asserts what must hold of the credits of every account at every moment: balance, postings and lots say the same, and
 * nothing is negative. Looks with the app's own eyes, in system scope.
 */
export async function assertLedgerBalances(app: HasPool): Promise<void> {
  // All accounts at once.
  const accounts = await inRead(app, 'system', async (db) =>
    db
      .selectFrom('credit_balances')
      .select(['account_id', 'available', 'held'])
      .select((select) => [
        select
          .selectFrom('ledger_postings')
          .select(({ fn }) => fn.coalesce(fn.sum<string>('units'), select.val('0')).as('units'))
          .whereRef('ledger_postings.account_id', '=', 'credit_balances.account_id')
          .where('ledger_account', '=', 'available')
          .as('posted_available'),
        select
          .selectFrom('ledger_postings')
          .select(({ fn }) => fn.coalesce(fn.sum<string>('units'), select.val('0')).as('units'))
          .whereRef('ledger_postings.account_id', '=', 'credit_balances.account_id')
          .as('posted_in_all'),
        select
          .selectFrom('credit_lots')
          .select(({ fn }) => fn.coalesce(fn.sum<string>('remaining'), select.val('0')).as('units'))
          .whereRef('credit_lots.account_id', '=', 'credit_balances.account_id')
          .as('remaining'),
        select
          .selectFrom('ledger_entry_lots')
          .select(({ fn }) => fn.coalesce(fn.sum<string>('units'), select.val('0')).as('units'))
          .whereRef('ledger_entry_lots.account_id', '=', 'credit_balances.account_id')
          .as('moved'),
      ])
      .execute(),
  );
  assert.ok(accounts.length > 0);
  for (const account of accounts) {
    assert.ok(account.available >= 0n && account.held >= 0n);
    assert.equal(String(account.posted_available), String(account.available), 'the balance is the sum of postings');
    assert.equal(String(account.remaining), String(account.available + account.held), 'the lots hold the balance');
    assert.equal(String(account.moved), String(account.remaining), 'what lots hold was moved into them');
    assert.equal(String(account.posted_in_all), '0', 'debits equal credits');
  }
}
