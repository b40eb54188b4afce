import { type Selectable, sql } from 'kysely';
import type { CostRounding } from '#shared/contract/metering.ts';
import type { Database, Db } from '#server/platform/db/index.ts';
import { DomainError, NotFound } from '#server/platform/errors/index.ts';
import { creditsFor, type OperationCost } from './operation-cost.ts';

/** Something a product does that spends credits. */
export type Operation = {
  readonly id: string;
  /** Unique and never changed: `content.generate`. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  /** What is counted: `word`, `image`, `request`. */
  readonly unit: string;
  readonly isActive: boolean;
};

/** No operation has this code. */
export class OperationUnknown extends DomainError {
  constructor(code: string) {
    super('operation_unknown', `There is no operation “${code}”. List them at /v1/credits/operations/.`);
  }
}

/** The operation has been taken out of use. */
export class OperationInactive extends DomainError {
  constructor(code: string) {
    super(
      'operation_inactive',
      `The operation “${code}” is not in use. List those that are at /v1/credits/operations/.`,
    );
  }
}

/** The operation exists and costs nothing yet, not even zero. */
export class OperationUnpriced extends DomainError {
  constructor(code: string) {
    super('operation_unpriced', `The operation “${code}” has no cost that is in force. Ask the staff for one.`);
  }
}

const operationsMax = 1_000;

const operationColumns = ['id', 'code', 'name', 'description', 'unit', 'is_active'] as const;
const costColumns = [
  'id',
  'operation_id',
  'variant',
  'version',
  'milli_credits_per_unit',
  'minimum_credits',
  'rounding',
  'effective_from',
  'created_by',
  'created_at',
  'withdrawn_at',
] as const;

/** Every operation, by code. */
export async function allOperations(db: Db): Promise<Operation[]> {
  const rows = await db
    .selectFrom('operations')
    .select(operationColumns)
    .orderBy('code')
    .limit(operationsMax)
    .execute();
  return rows.map(operationFrom);
}

/** One operation. @throws NotFound */
export async function operationById(db: Db, id: string): Promise<Operation> {
  const row = await db.selectFrom('operations').select(operationColumns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('operation');
  return operationFrom(row);
}

/** The operation with a code; null when there is none. */
export async function operationByCode(db: Db, code: string): Promise<Operation | null> {
  const row = await db.selectFrom('operations').select(operationColumns).where('code', '=', code).executeTakeFirst();
  return row === undefined ? null : operationFrom(row);
}

/** Operations by id. */
export async function operationsByIds(db: Db, ids: readonly string[]): Promise<Map<string, Operation>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('operations')
    .select(operationColumns)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, operationFrom(row)]));
}

/** The versions that are in force at `now` or will be, of every operation, oldest first. */
export async function currentCosts(db: Db, now: Date): Promise<OperationCost[]> {
  const rows = await db
    .selectFrom('operation_costs')
    .select(costColumns)
    .where('withdrawn_at', 'is', null)
    .where((where) =>
      where.or([
        where('effective_from', '>', now),
        where('id', 'in', (of) =>
          of
            .selectFrom('operation_costs as cost')
            .distinctOn(['operation_id', 'variant'])
            .select('id')
            .where('withdrawn_at', 'is', null)
            .where('effective_from', '<=', now)
            .orderBy('operation_id')
            .orderBy('variant')
            .orderBy('effective_from', 'desc')
            .orderBy('version', 'desc'),
        ),
      ]),
    )
    .orderBy('operation_id')
    .orderBy('variant')
    .orderBy('effective_from')
    .orderBy('version')
    .execute();
  return rows.map(costFrom);
}

/** Every version of an operation's costs, newest first. */
export async function costHistory(db: Db, operationId: string): Promise<OperationCost[]> {
  const rows = await db
    .selectFrom('operation_costs')
    .select(costColumns)
    .where('operation_id', '=', operationId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(operationsMax)
    .execute();
  return rows.map(costFrom);
}

/** One cost version. @throws NotFound */
export async function costById(db: Db, id: string): Promise<OperationCost> {
  const row = await db.selectFrom('operation_costs').select(costColumns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('cost version');
  return costFrom(row);
}

/** What a quantity of an operation costs at an instant. */
export type Price = { readonly operationId: string; readonly costId: string; readonly units: bigint };

/**
 * Prices a quantity with the version in force: the variant's own, else that of every variant.
 *
 * @throws OperationUnknown, OperationInactive, OperationUnpriced
 */
export async function priceOf(
  db: Db,
  wanted: { readonly operation: string; readonly variant: string; readonly quantity: bigint },
  at: Date,
): Promise<Price> {
  const operation = await db
    .selectFrom('operations')
    .select(operationColumns)
    .where('code', '=', wanted.operation)
    .executeTakeFirst();
  if (operation === undefined) throw new OperationUnknown(wanted.operation);
  if (!operation.is_active) throw new OperationInactive(wanted.operation);
  const found = await sql<CostRow>`
    select ${sql.join(costColumns.map((column) => sql.ref(column)))} from purser.cost_in_force(${operation.id}, ${wanted.variant}, ${at})`.execute(
    db,
  );
  const row = found.rows[0];
  if (row === undefined) throw new OperationUnpriced(wanted.operation);
  return { operationId: operation.id, costId: row.id, units: creditsFor(wanted.quantity, costFrom(row)) };
}

type OperationRow = Pick<Selectable<Database['operations']>, (typeof operationColumns)[number]>;
type CostRow = Pick<Selectable<Database['operation_costs']>, (typeof costColumns)[number]>;

function operationFrom(row: OperationRow): Operation {
  const { id, code, name, description, unit } = row;
  return { id, code, name, description, unit, isActive: row.is_active };
}

function costFrom(row: CostRow): OperationCost {
  return {
    id: row.id,
    operationId: row.operation_id,
    variant: row.variant,
    version: row.version,
    milliCreditsPerUnit: row.milli_credits_per_unit,
    minimumCredits: row.minimum_credits,
    rounding: row.rounding as CostRounding,
    effectiveFrom: row.effective_from,
    createdBy: row.created_by,
    createdAt: row.created_at,
    withdrawnAt: row.withdrawn_at,
  };
}
