import { type Consumed, refusalOf, type OperationUse } from '#server/modules/credits/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import type { App } from '../app.ts';
import { ledgerActorOf } from '../steps/ledger-actor.ts';

/**
 * Spends credits for one use, at most once for each key of the account. The transaction is the batch's, which the use
 * shares with whatever else arrives at that moment.
 *
 * @throws the problems the contract names for `consumeCredits`
 */
export async function consumeCredits(
  app: App,
  actor: Actor,
  use: OperationUse,
  requestId: string | undefined,
): Promise<Consumed> {
  authorize(actor, 'credits.consume');
  const accountId = accountIdOf(actor);
  const outcome = await app.consumeBatch.consume({ ...use, accountId, actor: ledgerActorOf(actor), requestId });
  if (outcome.status === 'consumed') return outcome.consumed;
  throw refusalOf(outcome, use.operation);
}
