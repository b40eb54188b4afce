import { signUp } from '#server/flows/account/sign-up.ts';
import { route } from '../route.ts';
import { clientOf, sessionAnswer, setCookies } from './session-answer.ts';

export const signUpRoute = route('signUp', async (app, { body, request, reply }) => {
  const started = await signUp(app, {
    name: body.name,
    email: body.email,
    password: body.password,
    accountName: body.account_name,
    country: body.country,
    timeZone: body.time_zone,
    locale: body.locale,
    client: clientOf(request),
    requestId: request.id,
  });
  setCookies(reply, started.cookies);
  return await sessionAnswer(app, { user: started.user, activeAccountId: null });
});
