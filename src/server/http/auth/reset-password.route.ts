import { resetPassword } from '#server/flows/account/reset-password.ts';
import { route } from '../route.ts';

export const resetPasswordRoute = route('resetPassword', async (app, { body, request }) => {
  await resetPassword(app, { token: body.token, password: body.password, requestId: request.id });
  return undefined;
});
