import { switchAccount } from '#server/flows/account/switch-account.ts';
import { Unauthenticated } from '#server/modules/team/index.ts';
import { route } from '../route.ts';
import { sessionAnswer } from './session-answer.ts';

export const switchAccountRoute = route('switchAccount', async (app, { body, request }) => {
  const session = await app.identity.sessionOf(request.headers);
  if (session === null) throw new Unauthenticated();
  return await sessionAnswer(app, await switchAccount(app, session, body.account_id));
});
