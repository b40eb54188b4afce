import { createPlatformApiKeyRoute } from './create-platform-api-key.route.ts';
import { listPlatformApiKeysRoute } from './list-platform-api-keys.route.ts';
import { revokePlatformApiKeyRoute } from './revoke-platform-api-key.route.ts';

/** The endpoints of the platform's own keys. */
export const platformKeyRoutes = [
  listPlatformApiKeysRoute,
  createPlatformApiKeyRoute,
  revokePlatformApiKeyRoute,
] as const;
