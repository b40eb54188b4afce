export { createIdentity, type Identity } from './identity.ts';
export { EmailTaken, SignInRefused, TokenInvalid } from './identity-errors.ts';
export { makeStaff, staffRoleOf } from './staff.ts';
export type { Client, Cookies, MailedToken, StartedSession, UserSession } from './user.ts';
