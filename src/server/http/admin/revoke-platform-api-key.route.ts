import { revokeApiKey } from '#server/flows/account/revoke-api-key.ts';
import { route } from '../route.ts';

export const revokePlatformApiKeyRoute = route('revokePlatformApiKey', async (app, { actor, params, request }) => {
  await revokeApiKey(app, actor, { of: 'platform', id: params.id, requestId: request.id });
  return undefined;
});
