import { type PaymentOption, paymentOptionsFor } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** The payment options of a country whose methods can be saved: those of gateways that keep methods. */
export async function savableOptions(app: App, db: Db, country: string): Promise<PaymentOption[]> {
  const options = await paymentOptionsFor(db, country, app.gateways);
  return options.filter((option) => app.gateways.get(option.gateway)?.methods != null);
}
