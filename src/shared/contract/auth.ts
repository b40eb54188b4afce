import { z } from 'zod';
import { accountActions, platformActions, roles, staffRoles } from './access.ts';
import { countryCode, emailAddress, idOf, lineOfText, linkToken, localeTag, timeZoneName } from './codecs.ts';
import { endpoint } from './endpoint.ts';

/** 10 to 128 characters; length is what makes a password strong (NIST SP 800-63B). */
const password = z.string().min(10, 'must be at least 10 characters').max(128, 'must be at most 128 characters');

const AccountOfUser = z
  .object({
    id: idOf('acc', 'The account'),
    name: z.string(),
    slug: z.string(),
    status: z.enum(['active', 'suspended', 'closed']),
    role: z.enum(roles),
    currency: z.string(),
    country: z.string(),
    locale: z.string(),
    time_zone: z.string(),
  })
  .meta({ id: 'AccountOfUser' });

const Session = z
  .object({
    user: z
      .object({
        id: idOf('usr', 'The user'),
        name: z.string(),
        email: z.string(),
        email_verified: z.boolean(),
        staff_role: z.enum(staffRoles).nullable(),
      })
      .nullable()
      .meta({ description: 'Null when nobody is signed in' }),
    account: AccountOfUser.nullable().meta({ description: 'The account the session works in' }),
    accounts: z.array(AccountOfUser),
    permissions: z.array(z.enum([...accountActions, ...platformActions])).meta({
      description: 'What the user may do in the account, and as staff',
    }),
    sandbox: z.boolean().meta({ description: 'Whether no real money moves here' }),
    seller_name: z.string(),
  })
  .meta({ id: 'Session' });

export const authEndpoints = {
  signUp: endpoint({
    summary: 'Sign up',
    description: 'Makes a user and an account the user owns, sends a verification e-mail and starts a session.',
    tag: 'auth',
    access: 'public',
    status: 201,
    body: z.object({
      name: lineOfText(120),
      email: emailAddress,
      password,
      account_name: lineOfText(120),
      country: countryCode,
      time_zone: timeZoneName.optional(),
      locale: localeTag.optional(),
    }),
    response: Session,
    problems: ['email_taken', 'rate_limited'],
  }),
  signIn: endpoint({
    summary: 'Sign in',
    tag: 'auth',
    access: 'public',
    body: z.object({ email: emailAddress, password: z.string().min(1).max(128) }),
    response: Session,
    problems: ['sign_in_refused', 'rate_limited'],
  }),
  signOut: endpoint({ summary: 'Sign out', tag: 'auth', access: 'public', status: 204 }),
  getSession: endpoint({
    summary: 'Who is signed in',
    tag: 'auth',
    access: 'public',
    response: Session,
  }),
  switchAccount: endpoint({
    summary: 'Work in another of your accounts',
    tag: 'auth',
    access: 'signed_in',
    body: z.object({ account_id: idOf('acc', 'The account to work in') }),
    response: Session,
  }),
  requestPasswordReset: endpoint({
    summary: 'Ask for a link to set a new password',
    description: 'Answers alike whether or not a user has this e-mail.',
    tag: 'auth',
    access: 'public',
    status: 202,
    body: z.object({ email: emailAddress }),
    problems: ['rate_limited'],
  }),
  resetPassword: endpoint({
    summary: 'Set a new password with the token of the link',
    description: 'Ends every session of the user.',
    tag: 'auth',
    access: 'public',
    status: 204,
    body: z.object({ token: linkToken(500), password }),
    problems: ['token_invalid', 'rate_limited'],
  }),
  sendVerificationEmail: endpoint({
    summary: 'Send the verification e-mail again',
    tag: 'auth',
    access: 'signed_in',
    status: 202,
    problems: ['rate_limited'],
  }),
  verifyEmail: endpoint({
    summary: 'Verify an e-mail address with the token of the link',
    tag: 'auth',
    access: 'public',
    status: 204,
    body: z.object({ token: linkToken(2_000) }),
    problems: ['token_invalid'],
  }),
};
