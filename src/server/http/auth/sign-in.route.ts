import { route } from '../route.ts';
import { clientOf, sessionAnswer, setCookies } from './session-answer.ts';

export const signInRoute = route('signIn', async (app, { body, request, reply }) => {
  const started = await app.identity.signIn(body, clientOf(request));
  setCookies(reply, started.cookies);
  return await sessionAnswer(app, { user: started.user, activeAccountId: null });
});
