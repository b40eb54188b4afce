import type { LedgerActor } from '#server/modules/credits/index.ts';
import { type Actor, Unauthenticated } from '#server/modules/team/index.ts';

/** An actor as the ledger names them. @throws Unauthenticated for nobody in particular */
export function ledgerActorOf(actor: Actor): LedgerActor {
  if (actor.type === 'anonymous') throw new Unauthenticated();
  return { type: actor.type, id: actor.id };
}
