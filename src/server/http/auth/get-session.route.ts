import { route } from '../route.ts';
import { sessionAnswer, setCookies } from './session-answer.ts';

/** The pages ask this first, whenever they are opened, which is what keeps a session in use alive. */
export const getSessionRoute = route('getSession', async (app, { actor, request, reply }) => {
  if (actor.type !== 'user') return await sessionAnswer(app, null);
  setCookies(reply, await app.identity.prolongSession(request.headers));
  return await sessionAnswer(app, await app.identity.sessionOf(request.headers));
});
