import {
  isChargeable,
  type NewPayment,
  type PaymentOption,
  SavedMethodUnknown,
  savedMethodsOf,
  type WayToPay,
} from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** Which saved method a new payment charges, or whether the method its payer gives is kept for later. */
export type MeansOfPayment = Pick<NewPayment, 'savedMethodId' | 'keepsMethod'>;

/**
 * Finds the means of a new payment by an option that is offered. Its payer is present.
 *
 * @throws SavedMethodUnknown when the account has not saved the method, or not for this payment option
 */
export async function meansOfPayment(
  app: App,
  db: Db,
  accountId: string,
  option: Pick<PaymentOption, 'method' | 'gateway'>,
  way: WayToPay,
): Promise<MeansOfPayment> {
  if (way.savedMethodId === null) {
    const canKeep = app.gateways.get(option.gateway)?.methods != null;
    return { keepsMethod: canKeep && way.keepsMethod === true };
  }
  const saved = (await savedMethodsOf(db, accountId)).find((candidate) => candidate.id === way.savedMethodId);
  const fits = saved !== undefined && saved.gateway === option.gateway && saved.method === option.method;
  if (!fits || !isChargeable(saved, app.gateways)) throw new SavedMethodUnknown();
  return { savedMethodId: saved.id };
}
