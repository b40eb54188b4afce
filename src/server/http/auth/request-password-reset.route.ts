import { requestPasswordReset } from '#server/flows/account/request-password-reset.ts';
import { route } from '../route.ts';

export const requestPasswordResetRoute = route('requestPasswordReset', async (app, { body }) => {
  await requestPasswordReset(app, body.email);
  return undefined;
});
