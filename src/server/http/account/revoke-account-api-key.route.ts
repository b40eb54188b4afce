import { revokeApiKey } from '#server/flows/account/revoke-api-key.ts';
import { route } from '../route.ts';

export const revokeAccountApiKeyRoute = route('revokeAccountApiKey', async (app, { actor, params, request }) => {
  await revokeApiKey(app, actor, { of: 'account', id: params.id, requestId: request.id });
  return undefined;
});
