import { accountEndpoints, platformKeyEndpoints } from './account.ts';
import { adminEndpoints } from './admin.ts';
import { adminCreditsEndpoints } from './admin-credits.ts';
import { adminPaymentsEndpoints } from './admin-payments.ts';
import { authEndpoints } from './auth.ts';
import { billingEndpoints } from './billing.ts';
import { creditAlertsEndpoints } from './credit-alerts.ts';
import { creditsEndpoints } from './credits.ts';
import type { Endpoint } from './endpoint.ts';
import { paymentOptionsEndpoints } from './payment-options.ts';
import type { EndpointName } from './routes.ts';
import { savedMethodsEndpoints } from './saved-methods.ts';
import { sandboxEndpoints } from './sandbox.ts';
import { transferEndpoints } from './transfers.ts';
import { usageEndpoints } from './usage.ts';

/** The whole HTTP contract by endpoint name; `routes` has the method and path of each. */
export const contract = {
  ...authEndpoints,
  ...accountEndpoints,
  ...billingEndpoints,
  ...creditsEndpoints,
  ...creditAlertsEndpoints,
  ...usageEndpoints,
  ...platformKeyEndpoints,
  ...adminEndpoints,
  ...adminCreditsEndpoints,
  ...transferEndpoints,
  ...savedMethodsEndpoints,
  ...paymentOptionsEndpoints,
  ...adminPaymentsEndpoints,
  ...sandboxEndpoints,
} satisfies Record<EndpointName, Endpoint>;

/** The type of the whole contract, from which the pages' client takes its types. */
export type Contract = typeof contract;
