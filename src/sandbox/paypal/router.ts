import type { Route } from './call.ts';
import { captureRoutes } from './captures.ts';
import { orderRoutes } from './orders.ts';

/** Every address of the API. */
export const routes: Route[] = [...captureRoutes, ...orderRoutes];
