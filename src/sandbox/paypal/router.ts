import type { Route } from './call.ts';
import { captureRoutes } from './captures.ts';
import { disputeRoutes } from './disputes.ts';
import { notificationRoutes } from './notifications.ts';
import { orderRoutes } from './orders.ts';
import { paymentTokenRoutes } from './payment-tokens.ts';
import { setupTokenRoutes } from './setup-tokens.ts';

/** Every address of the API. */
export const routes: Route[] = [
  ...captureRoutes,
  ...disputeRoutes,
  ...notificationRoutes,
  ...orderRoutes,
  ...paymentTokenRoutes,
  ...setupTokenRoutes,
];
