import { sendVerificationEmail } from '#server/flows/account/send-verification-email.ts';
import { route } from '../route.ts';

export const sendVerificationEmailRoute = route('sendVerificationEmail', async (app, { actor }) => {
  await sendVerificationEmail(app, actor);
  return undefined;
});
