import type { Route } from '../route.ts';
import { consumeCreditsRoute } from './consume-credits.route.ts';
import { explainCreditEntryRoute } from './explain-credit-entry.route.ts';
import { getCreditBalanceRoute } from './get-credit-balance.route.ts';
import { getCreditStatementRoute } from './get-credit-statement.route.ts';
import { holdRoutes } from './hold-routes.ts';
import { listOperationsRoute } from './list-operations.route.ts';
import { recordUsageEventsRoute } from './record-usage-events.route.ts';

/** What products and customers do with credits. */
export const creditsRoutes: readonly Route[] = [
  consumeCreditsRoute,
  ...holdRoutes,
  recordUsageEventsRoute,
  getCreditBalanceRoute,
  getCreditStatementRoute,
  explainCreditEntryRoute,
  listOperationsRoute,
];
