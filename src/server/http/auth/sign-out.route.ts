import { route } from '../route.ts';
import { setCookies } from './session-answer.ts';

export const signOutRoute = route('signOut', async (app, { request, reply }) => {
  setCookies(reply, await app.identity.signOut(request.headers));
  return undefined;
});
