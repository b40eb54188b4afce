import { route } from '../route.ts';

export const verifyEmailRoute = route('verifyEmail', async (app, { body }) => {
  await app.identity.verifyEmail(body.token);
  return undefined;
});
