import { createAccountRoute } from './create-account.route.ts';
import { createAccountApiKeyRoute } from './create-account-api-key.route.ts';
import { creditAlertsRoutes } from './credit-alerts-routes.ts';
import { getAccountSettingsRoute } from './get-account-settings.route.ts';
import { getUsageAnalyticsRoute } from './get-usage-analytics.route.ts';
import { listAccountApiKeysRoute } from './list-account-api-keys.route.ts';
import { revokeAccountApiKeyRoute } from './revoke-account-api-key.route.ts';

/** The endpoints of an account, its keys and its usage. */
export const accountRoutes = [
  createAccountRoute,
  getAccountSettingsRoute,
  listAccountApiKeysRoute,
  createAccountApiKeyRoute,
  revokeAccountApiKeyRoute,
  getUsageAnalyticsRoute,
  ...creditAlertsRoutes,
] as const;
