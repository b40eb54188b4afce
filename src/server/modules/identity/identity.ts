import { createEmailVerificationToken } from 'better-auth/api';
import {
  type AuthLibrary,
  type AuthSettings,
  openAuthLibrary,
  resetSeconds,
  verificationSeconds,
} from './auth-library.ts';
import { codeOf, ourErrorOf } from './auth-library-errors.ts';
import { EmailTaken, SignInRefused, TokenInvalid } from './identity-errors.ts';
import type { Client, Cookies, MailedToken, StartedSession, User, UserSession } from './user.ts';

/** The headers a session is found by. */
type CookieHeader = { readonly cookie?: string | undefined };

/** Users, their passwords and their sessions. The sign-in library is known to this module alone. */
export type Identity = {
  /** Makes a user and starts a session. @throws EmailTaken */
  signUp(input: { name: string; email: string; password: string }, client: Client): Promise<StartedSession>;
  /** Starts a session. @throws SignInRefused */
  signIn(input: { email: string; password: string }, client: Client): Promise<StartedSession>;
  /** Ends the session of the cookie, if there is one, and answers the cookies that clear it. */
  signOut(headers: CookieHeader): Promise<Cookies>;
  /** The session of the cookie; null when there is none, or it has ended. */
  sessionOf(headers: CookieHeader): Promise<UserSession | null>;
  /** Lets a session in use live on: at most once a day its end moves to 30 days from now. */
  prolongSession(headers: CookieHeader): Promise<Cookies>;
  /** Chooses the account a session works in. */
  setActiveAccount(sessionId: string, accountId: string): Promise<void>;
  /** A token to set a new password with, for the user's mailbox; null when no user has this e-mail. */
  requestPasswordReset(email: string): Promise<MailedToken | null>;
  /** Sets a new password, ends every session of the user and voids every other reset token. @throws TokenInvalid */
  resetPassword(input: { token: string; password: string }): Promise<User>;
  /** A token that proves the user reads their mailbox; null when the address is verified already. */
  verificationFor(userId: string): Promise<MailedToken | null>;
  /** Takes a token of `verificationFor`; a second time it changes nothing. @throws TokenInvalid */
  verifyEmail(token: string): Promise<void>;
  /** A user by id; null when there is none. */
  userById(id: string): Promise<User | null>;
  /** Users by id. */
  usersById(ids: readonly string[]): Promise<Map<string, User>>;
  /** Makes a user without a session unless one has this e-mail; an existing one stays as it is. */
  ensureUser(input: {
    name: string;
    email: string;
    password: string;
    verified: boolean;
  }): Promise<{ readonly user: User; readonly isNew: boolean }>;
  /** Disconnects. */
  close(): Promise<void>;
};

/** Opens the identity module on its own small pool of connections. */
export function createIdentity(settings: AuthSettings): Identity {
  const library = openAuthLibrary(settings);
  return {
    ...sessions(library),
    ...mailedTokens(library),
    ...users(library),
    close: library.close,
  };
}

type Sessions = Pick<Identity, 'signUp' | 'signIn' | 'signOut' | 'sessionOf' | 'prolongSession' | 'setActiveAccount'>;

function sessions({ auth, db }: AuthLibrary): Sessions {
  async function started(token: string | null, user: User, headers: Headers): Promise<StartedSession> {
    const row = await db.selectFrom('session').select('id').where('token', '=', token).executeTakeFirstOrThrow();
    return { sessionId: row.id, user: toUser(user), cookies: headers.getSetCookie() };
  }

  async function readSession(headers: CookieHeader, disableRefresh: boolean) {
    if (headers.cookie === undefined) return null;
    try {
      const query = { disableRefresh };
      return await auth.api.getSession({
        headers: new Headers({ cookie: headers.cookie }),
        query,
        returnHeaders: true,
      });
    } catch (thrown) {
      throw ourErrorOf(thrown);
    }
  }

  return {
    async signUp(body, client) {
      try {
        const answer = await auth.api.signUpEmail({ body, headers: headersOf(client), returnHeaders: true });
        return await started(answer.response.token, answer.response.user, answer.headers);
      } catch (thrown) {
        const code = codeOf(thrown);
        if (code === 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL') throw new EmailTaken();
        // Two sign-ups at once: the later one fails at the unique index, which the library does not tell apart.
        if (code === 'FAILED_TO_CREATE_USER' && (await findByEmail(db, body.email)) !== null) throw new EmailTaken();
        throw ourErrorOf(thrown);
      }
    },
    async signIn(body, client) {
      try {
        const answer = await auth.api.signInEmail({ body, headers: headersOf(client), returnHeaders: true });
        return await started(answer.response.token, answer.response.user, answer.headers);
      } catch (thrown) {
        if (codeOf(thrown) === 'INVALID_EMAIL_OR_PASSWORD') throw new SignInRefused();
        throw ourErrorOf(thrown);
      }
    },
    async signOut(headers) {
      const answer = await auth.api.signOut({
        headers: new Headers({ cookie: headers.cookie ?? '' }),
        returnHeaders: true,
      });
      return answer.headers.getSetCookie();
    },
    async sessionOf(headers) {
      const found = (await readSession(headers, true))?.response ?? null;
      if (found === null) return null;
      return {
        sessionId: found.session.id,
        user: toUser(found.user),
        activeAccountId: found.session.activeAccountId ?? null,
      };
    },
    async prolongSession(headers) {
      return (await readSession(headers, false))?.headers.getSetCookie() ?? [];
    },
    async setActiveAccount(sessionId, accountId) {
      await db.updateTable('session').set({ activeAccountId: accountId }).where('id', '=', sessionId).execute();
    },
  };
}

type MailedTokens = Pick<Identity, 'requestPasswordReset' | 'resetPassword' | 'verificationFor' | 'verifyEmail'>;

function mailedTokens({ auth, db, resetTokens }: AuthLibrary): MailedTokens {
  return {
    async requestPasswordReset(email) {
      const asked: { token: string | null } = { token: null };
      await resetTokens.run(asked, () => auth.api.requestPasswordReset({ body: { email } }));
      const user = await findByEmail(db, email);
      if (user === null || asked.token === null) return null;
      return { user, token: asked.token, lifetimeMs: resetSeconds * 1_000 };
    },
    async resetPassword({ token, password }) {
      // The library keeps a reset token under this name and the user's id as its value.
      const granted = await db
        .selectFrom('verification')
        .select('value')
        .where('identifier', '=', `reset-password:${token}`)
        .executeTakeFirst();
      const user = granted === undefined ? null : await findById(db, granted.value);
      if (user === null) throw new TokenInvalid();
      try {
        await auth.api.resetPassword({ body: { token, newPassword: password } });
      } catch (thrown) {
        if (codeOf(thrown) === 'INVALID_TOKEN') throw new TokenInvalid();
        throw ourErrorOf(thrown);
      }
      await db
        .deleteFrom('verification')
        .where('value', '=', user.id)
        .where('identifier', 'like', 'reset-password:%')
        .execute();
      return user;
    },
    async verificationFor(userId) {
      const user = await findById(db, userId);
      if (user === null || user.emailVerified) return null;
      const { secret } = await auth.$context;
      const bound = { userId };
      const token = await createEmailVerificationToken(secret, user.email, undefined, verificationSeconds, bound);
      return { user, token, lifetimeMs: verificationSeconds * 1_000 };
    },
    async verifyEmail(token) {
      try {
        await auth.api.verifyEmail({ query: { token } });
      } catch (thrown) {
        const code = codeOf(thrown);
        if (code === 'INVALID_TOKEN' || code === 'TOKEN_EXPIRED' || code === 'USER_NOT_FOUND') throw new TokenInvalid();
        throw ourErrorOf(thrown);
      }
    },
  };
}

type Users = Pick<Identity, 'userById' | 'usersById' | 'ensureUser'>;

function users({ auth, db }: AuthLibrary): Users {
  return {
    userById: (id) => findById(db, id),
    async usersById(ids) {
      if (ids.length === 0) return new Map();
      const rows = await db.selectFrom('user').select(userColumns).where('id', 'in', ids).execute();
      return new Map(rows.map((row) => [row.id, row]));
    },
    async ensureUser({ name, email, password, verified }) {
      const { internalAdapter, password: passwords } = await auth.$context;
      const known = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
      const user =
        known?.user ??
        (await internalAdapter.createUser({ name, email, emailVerified: verified }, { method: 'email-password' }));
      if (known === null || known.accounts.length === 0) {
        const hash = await passwords.hash(password);
        await internalAdapter.linkAccount({
          userId: user.id,
          providerId: 'credential',
          accountId: user.id,
          password: hash,
        });
      }
      return { user: toUser(user), isNew: known === null };
    },
  };
}

const userColumns = ['id', 'name', 'email', 'emailVerified'] as const;

async function findById(db: AuthLibrary['db'], id: string): Promise<User | null> {
  return (await db.selectFrom('user').select(userColumns).where('id', '=', id).executeTakeFirst()) ?? null;
}

async function findByEmail(db: AuthLibrary['db'], email: string): Promise<User | null> {
  const query = db.selectFrom('user').select(userColumns).where('email', '=', email.toLowerCase());
  return (await query.executeTakeFirst()) ?? null;
}

function toUser({ id, name, email, emailVerified }: User): User {
  return { id, name, email, emailVerified };
}

function headersOf({ ip, userAgent }: Client): Headers {
  const headers = new Headers({ 'x-client-ip': ip });
  if (userAgent !== undefined) headers.set('user-agent', userAgent);
  return headers;
}
