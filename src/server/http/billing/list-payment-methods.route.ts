import { isCurrency } from '#shared/money/index.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { type OptionLimit, paymentOptionsFor } from '#server/modules/payments/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';

export const listPaymentMethodsRoute = route('listPaymentMethods', async (app, { actor, query }) => {
  const accountId = accountIdOf(actor);
  const { currency, amount } = query;
  return await inRead(app, { account: accountId }, async (db) => {
    const account = await accountById(db, accountId);
    const country = query.country ?? account.country;
    const options = await paymentOptionsFor(db, country, app.gateways, {
      // What is to be paid is in the currency of the account unless it says otherwise.
      currency: currency !== undefined && isCurrency(currency) ? currency : account.currency,
      amountMinor: amount,
    });
    return {
      country,
      data: options.map((option) => ({
        id: option.id,
        method: option.method,
        gateway: option.gateway,
        display_name: option.displayName,
        instructions: option.instructions,
        kind: option.kind,
        limits: option.limits.map(presentLimit),
        publishable_key: app.gateways.get(option.gateway)?.publishableKey ?? null,
        sort_order: option.sortOrder,
      })),
    };
  });
});

/** A currency an option takes, with the least and the most. */
export function presentLimit({ currency, minMinor, maxMinor }: OptionLimit) {
  return { currency, min: minMinor, max: maxMinor };
}
