import type { Selectable } from 'kysely';
import type { Database, Db, Tx } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import { nextCheckAt } from './payment.ts';

/** The saving of a method, from the first click to the gateway's word. */
export type MethodSetup = {
  readonly id: string;
  readonly accountId: string;
  readonly gateway: string;
  readonly method: string;
  readonly status: 'open' | 'succeeded' | 'failed';
  /** Its name at the gateway; null until the gateway has answered. */
  readonly gatewayReference: string | null;
  /** What was saved by it. */
  readonly savedMethodId: string | null;
  readonly lastError: SetupError | null;
  readonly checks: number;
  readonly createdAt: Date;
};

/** Why the last attempt to save a method failed. */
export type SetupError = { readonly code: string; readonly message: string };

/** What a setup's row learns when the gateway has answered. */
export type SetupAnswer = Pick<MethodSetup, 'status' | 'gatewayReference' | 'savedMethodId' | 'lastError' | 'checks'>;

/** How long a setup that nobody finished is asked about, in milliseconds. */
const setupPatienceMs = 24 * 60 * 60_000;

/** Whether nobody will finish a setup any more. */
export function isSetupAbandoned(setup: Pick<MethodSetup, 'createdAt'>, now: Date): boolean {
  return now.getTime() - setup.createdAt.getTime() >= setupPatienceMs;
}

/** Writes a setup down before its gateway is asked. */
export async function insertMethodSetup(
  tx: Tx,
  source: Source,
  setup: Pick<MethodSetup, 'id' | 'accountId' | 'gateway' | 'method'> & { readonly createdBy: string | null },
): Promise<void> {
  const now = source.clock.now();
  await tx
    .insertInto('method_setups')
    .values({
      id: setup.id,
      account_id: setup.accountId,
      gateway: setup.gateway,
      method: setup.method,
      status: 'open',
      created_by: setup.createdBy,
      created_at: now,
      check_due_at: nextCheckAt(now, 0),
      checks: 0,
    })
    .execute();
}

/** One setup of the account. @throws NotFound */
export async function methodSetupById(db: Db, accountId: string, id: string): Promise<MethodSetup> {
  const row = await setups(db).where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('setup of a payment method');
  return fromRow(row);
}

/** One setup, locked until the transaction ends. @throws NotFound */
export async function lockMethodSetup(tx: Tx, id: string): Promise<MethodSetup> {
  const row = await setups(tx).where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  if (row === undefined) throw new NotFound('setup of a payment method');
  return fromRow(row);
}

/** A setup by its name at the gateway or, before that is known, by the id we gave the gateway. */
export async function methodSetupByReference(
  db: Db,
  gateway: string,
  reference: string,
  setupId: string | null,
): Promise<MethodSetup | null> {
  const row = await setups(db)
    .where('gateway', '=', gateway)
    .where((where) =>
      setupId === null
        ? where('gateway_reference', '=', reference)
        : where.or([
            where('gateway_reference', '=', reference),
            where.and([where('id', '=', setupId), where('gateway_reference', 'is', null)]),
          ]),
    )
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Writes down what the gateway said about a locked setup, and when it is asked next. */
export async function noteSetupAnswer(tx: Tx, source: Source, setup: MethodSetup, answer: SetupAnswer): Promise<void> {
  const now = source.clock.now();
  const isOpen = answer.status === 'open';
  await tx
    .updateTable('method_setups')
    .set({
      status: answer.status,
      gateway_reference: answer.gatewayReference ?? setup.gatewayReference,
      saved_method_id: answer.savedMethodId,
      last_error: answer.lastError === null ? null : JSON.stringify(answer.lastError),
      ended_at: isOpen ? null : now,
      checks: answer.checks,
      check_due_at: isOpen ? nextCheckAt(now, answer.checks) : null,
    })
    .where('id', '=', setup.id)
    .execute();
}

/** Puts the next question about a setup off. */
export async function postponeSetupCheck(tx: Tx, source: Source, setup: MethodSetup): Promise<void> {
  await tx
    .updateTable('method_setups')
    .set({ checks: setup.checks + 1, check_due_at: nextCheckAt(source.clock.now(), setup.checks + 1) })
    .where('id', '=', setup.id)
    .where('check_due_at', 'is not', null)
    .execute();
}

/** Setups to be asked about at `now`, longest due first, at most `limit`. */
export async function setupsDueForCheck(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ id: string; accountId: string }[]> {
  const rows = await db
    .selectFrom('method_setups')
    .select(['id', 'account_id'])
    .where('check_due_at', '<=', now)
    .orderBy('check_due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, accountId: row.account_id }));
}

/** When the next setup after `after` is asked about; null when none is. */
export async function nextSetupCheck(db: Db, after: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('method_setups')
    .select('check_due_at')
    .where('check_due_at', '>', after)
    .orderBy('check_due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.check_due_at ?? null;
}

const columns = [
  'id',
  'account_id',
  'gateway',
  'method',
  'status',
  'gateway_reference',
  'saved_method_id',
  'last_error',
  'checks',
  'created_at',
] as const;

function setups(db: Db) {
  return db.selectFrom('method_setups').select(columns);
}

const statuses = ['open', 'succeeded', 'failed'] as const;

function fromRow(row: Pick<Selectable<Database['method_setups']>, (typeof columns)[number]>): MethodSetup {
  const status = statuses.find((known) => known === row.status);
  if (status === undefined) throw new Error(`The setup ${row.id} has a status we do not know.`);
  return {
    id: row.id,
    accountId: row.account_id,
    gateway: row.gateway,
    method: row.method,
    status,
    gatewayReference: row.gateway_reference,
    savedMethodId: row.saved_method_id,
    lastError: row.last_error as SetupError | null,
    checks: row.checks,
    createdAt: row.created_at,
  };
}
