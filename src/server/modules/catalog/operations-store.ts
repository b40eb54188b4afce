import type { Tx } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { CostRule } from './operation-cost.ts';
import { costById, type Operation, operationById } from './operations.ts';

/** Another operation has this code. */
class OperationCodeTaken extends DomainError {
  constructor(code: string) {
    super('operation_code_taken', `An operation with the code “${code}” exists already. Change its cost instead.`);
  }
}

/** The cost would come into force before now, and change what was already charged. */
class CostInThePast extends DomainError {
  constructor(effectiveFrom: Date, now: Date) {
    super(
      'cost_in_the_past',
      `It is ${now.toISOString()}: a cost cannot come into force at ${effectiveFrom.toISOString()}. Leave the instant away for now.`,
    );
  }
}

/** The cost is in force already, or was withdrawn before. */
class CostNotScheduled extends DomainError {
  constructor() {
    super(
      'cost_not_scheduled',
      'Only a cost that waits to come into force can be taken back. Make a new version instead.',
    );
  }
}

/** An operation as it is described. */
export type OperationText = Pick<Operation, 'code' | 'name' | 'description' | 'unit'>;

/** Adds an operation, still without a cost. @throws OperationCodeTaken */
export async function createOperation(tx: Tx, source: Source, id: string, text: OperationText): Promise<void> {
  const now = source.clock.now();
  const inserted = await tx
    .insertInto('operations')
    .values({ id, ...text, is_active: true, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) throw new OperationCodeTaken(text.code);
}

/** Describes an operation anew, or takes it out of use and back. Its code stays. @throws NotFound */
export async function changeOperation(
  tx: Tx,
  source: Source,
  id: string,
  changes: Partial<Pick<Operation, 'name' | 'description' | 'unit' | 'isActive'>>,
): Promise<Operation> {
  const { isActive, ...texts } = changes;
  await tx
    .updateTable('operations')
    .set({ ...texts, ...(isActive === undefined ? {} : { is_active: isActive }), updated_at: source.clock.now() })
    .where('id', '=', id)
    .execute();
  return await operationById(tx, id);
}

/** A cost version to be added. */
export type NewCost = CostRule & {
  readonly id: string;
  readonly operationId: string;
  readonly variant: string;
  /** When it comes into force; null for now. */
  readonly effectiveFrom: Date | null;
  readonly createdBy: string | null;
};

/** Adds the next version of a cost, in force now or later. @throws CostInThePast, NotFound */
export async function addCost(tx: Tx, source: Source, cost: NewCost): Promise<void> {
  // Two changes at once get two numbers: the operation's row is what they wait for.
  await tx.selectFrom('operations').select('id').where('id', '=', cost.operationId).forNoKeyUpdate().execute();
  await operationById(tx, cost.operationId);
  const now = source.clock.now();
  if (cost.effectiveFrom !== null && cost.effectiveFrom < now) throw new CostInThePast(cost.effectiveFrom, now);
  const last = await tx
    .selectFrom('operation_costs')
    .select((of) => of.fn.max('version').as('version'))
    .where('operation_id', '=', cost.operationId)
    .where('variant', '=', cost.variant)
    .executeTakeFirst();
  await tx
    .insertInto('operation_costs')
    .values({
      id: cost.id,
      operation_id: cost.operationId,
      variant: cost.variant,
      version: (last?.version ?? 0) + 1,
      milli_credits_per_unit: cost.milliCreditsPerUnit,
      minimum_credits: cost.minimumCredits,
      rounding: cost.rounding,
      effective_from: cost.effectiveFrom ?? now,
      created_by: cost.createdBy,
      created_at: now,
    })
    .execute();
}

/** Takes back a version that is not in force yet. @throws CostNotScheduled, NotFound */
export async function withdrawCost(tx: Tx, source: Source, id: string, withdrawnBy: string | null): Promise<void> {
  const now = source.clock.now();
  const withdrawn = await tx
    .updateTable('operation_costs')
    .set({ withdrawn_at: now, withdrawn_by: withdrawnBy })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where('effective_from', '>', now)
    .returning('id')
    .executeTakeFirst();
  if (withdrawn !== undefined) return;
  await costById(tx, id);
  throw new CostNotScheduled();
}
