import { isCurrency } from '#shared/money/index.ts';
import { purchaseCredits } from '#server/flows/credits/purchase-credits.ts';
import { route } from '../route.ts';
import { presentPurchase } from './present-billing.ts';
import { wayToPay } from './way-to-pay.ts';

export const purchaseCreditsRoute = route('purchaseCredits', async (app, call) => {
  const { actor, body, idempotencyKey, bodyHash } = call;
  const synced = await purchaseCredits(app, actor, {
    packageId: body.package_id,
    way: wayToPay(body),
    currency: body.currency !== undefined && isCurrency(body.currency) ? body.currency : null,
    expectedTotalMinor: body.expected_total ?? null,
    request: { key: idempotencyKey, bodyHash },
  });
  return presentPurchase(synced, app.gateways.get(synced.payment.gateway)?.publishableKey ?? null, app.clock.now());
});
