import { createAccountRoute } from './create-account.route.ts';
import { createAccountApiKeyRoute } from './create-account-api-key.route.ts';
import { getAccountSettingsRoute } from './get-account-settings.route.ts';
import { listAccountApiKeysRoute } from './list-account-api-keys.route.ts';
import { revokeAccountApiKeyRoute } from './revoke-account-api-key.route.ts';

/** The endpoints of an account and its keys. */
export const accountRoutes = [
  createAccountRoute,
  getAccountSettingsRoute,
  listAccountApiKeysRoute,
  createAccountApiKeyRoute,
  revokeAccountApiKeyRoute,
] as const;
