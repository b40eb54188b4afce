import { accountById } from '#server/modules/accounts/index.ts';
import { paymentOptionsFor } from '#server/modules/payments/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';

export const listPaymentMethodsRoute = route('listPaymentMethods', async (app, { actor, query }) => {
  const accountId = accountIdOf(actor);
  return await inRead(app, { account: accountId }, async (db) => {
    const country = query.country ?? (await accountById(db, accountId)).country;
    const options = await paymentOptionsFor(db, country, new Set(app.gateways.keys()));
    return {
      country,
      data: options.map((option) => ({
        id: option.id,
        method: option.method,
        gateway: option.gateway,
        display_name: option.displayName,
        instructions: option.instructions,
        kind: 'card' as const,
        limits: [],
        publishable_key: app.gateways.get(option.gateway)?.publishableKey ?? null,
        sort_order: option.sortOrder,
      })),
    };
  });
});
