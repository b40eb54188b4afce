import type Stripe from 'stripe';
import { GatewayPaymentMissing, GatewayRefused, type MethodKeeper } from '#server/modules/payments/gateway.ts';
import { keptMethodOf, setupIdKey, toGatewaySetup } from './stripe-methods.ts';

/** Turns the SDK's errors into ours. */
type Asking = <Answer>(call: () => Promise<Answer>) => Promise<Answer>;

/** How Stripe keeps cards for later: by SetupIntents, for charges without their holder. */
export function stripeKeeper(stripe: Stripe, asking: Asking): MethodKeeper {
  return {
    async startSetup(request) {
      const intent = await asking(() =>
        stripe.setupIntents.create(
          {
            customer: request.customerReference,
            usage: 'off_session',
            automatic_payment_methods: { enabled: true },
            metadata: { [setupIdKey]: request.setupId },
            expand: ['payment_method'],
          },
          { idempotencyKey: `setup-${request.setupId}-${request.customerReference}` },
        ),
      );
      return toGatewaySetup(intent);
    },
    async retrieveSetup(reference) {
      return toGatewaySetup(
        await asking(() => stripe.setupIntents.retrieve(reference, { expand: ['payment_method'] })),
      );
    },
    async retrieveMethod(reference) {
      try {
        return keptMethodOf(await asking(() => stripe.paymentMethods.retrieve(reference)));
      } catch (thrown) {
        if (thrown instanceof GatewayPaymentMissing) return null;
        throw thrown;
      }
    },
    async forgetMethod(reference) {
      try {
        await asking(() => stripe.paymentMethods.detach(reference));
      } catch (thrown) {
        // What belongs to nobody, or is gone, is forgotten already: Stripe refuses to detach it again.
        if (!(thrown instanceof GatewayRefused) || (await this.retrieveMethod(reference)) !== null) throw thrown;
      }
    },
  };
}
