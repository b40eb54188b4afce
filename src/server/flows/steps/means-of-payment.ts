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

/**
 * What a new payment says about its method: by which gateway it goes, which saved method it charges, and whether what
 * the payer gives is kept for later. Its payer is present.
 *
 * @throws SavedMethodUnknown when the account has not saved the method, or not for this payment option
 */
export async function meansOfPayment(
  app: App,
  db: Db,
  accountId: string,
  option: Pick<PaymentOption, 'method' | 'gateway'>,
  way: WayToPay,
): Promise<Pick<NewPayment, 'method' | 'gateway' | 'savedMethodId' | 'keepsMethod'>> {
  const { method, gateway } = option;
  if (way.savedMethodId === null) {
    const canKeep = app.gateways.get(gateway)?.methods != null;
    return { method, gateway, keepsMethod: canKeep && way.keepsMethod === true };
  }
  const saved = (await savedMethodsOf(db, accountId)).find((candidate) => candidate.id === way.savedMethodId);
  const fits = saved !== undefined && saved.gateway === gateway && saved.method === method;
  if (!fits || !isChargeable(saved, app.gateways)) throw new SavedMethodUnknown();
  return { method, gateway, savedMethodId: saved.id };
}
