import type { Route } from './call.ts';
import { chargeRoutes } from './charges.ts';
import { confirmationTokenRoutes } from './confirmation-tokens.ts';
import { customerRoutes } from './customers.ts';
import { eventRoutes } from './events.ts';
import { paymentIntentRoutes } from './payment-intents.ts';
import { paymentMethodRoutes } from './payment-methods.ts';
import { priceRoutes } from './prices.ts';
import { productRoutes } from './products.ts';
import { refundRoutes } from './refunds.ts';
import { setupIntentRoutes } from './setup-intents.ts';
import { webhookEndpointRoutes } from './webhook-endpoints.ts';

const routes: Route[] = [
  ...chargeRoutes,
  ...confirmationTokenRoutes,
  ...customerRoutes,
  ...eventRoutes,
  ...paymentIntentRoutes,
  ...paymentMethodRoutes,
  ...priceRoutes,
  ...productRoutes,
  ...refundRoutes,
  ...setupIntentRoutes,
  ...webhookEndpointRoutes,
];

export type FoundRoute = { route: Route; path: Record<string, string> };

/** The route of a method and a path, with the `:name` parts of the path; undefined when there is none. */
export function findRoute(method: string, pathname: string): FoundRoute | undefined {
  for (const route of routes) {
    const path = route.method === method ? matchPath(route.path, pathname) : undefined;
    if (path) return { route, path };
  }
  return undefined;
}

function matchPath(pattern: string, pathname: string): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const actual = pathname.split('/');
  if (expected.length !== actual.length) return undefined;
  const names: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = actual[index] ?? '';
    if (part.startsWith(':')) {
      if (!/^[\w-]{1,200}$/.test(value)) return undefined;
      names[part.slice(1)] = value;
    } else if (part !== value) {
      return undefined;
    }
  }
  return names;
}
