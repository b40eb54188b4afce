import { AsyncLocalStorage } from 'node:async_hooks';
import { betterAuth } from 'better-auth';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Clock } from '#server/platform/clock/index.ts';
import type { Ids } from '#server/platform/ids/index.ts';
import type { Log } from '#server/platform/log/index.ts';

/** What the sign-in library is set up with. */
export type AuthSettings = {
  /** Connects as `purser_app`. */
  readonly connection: pg.PoolConfig;
  /** Signs cookies and verification tokens. */
  readonly secret: string;
  /** Scheme and host of the pages; https makes the cookie a secure one. */
  readonly publicUrl: string;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Log;
};

/** The columns of the library's tables that we read ourselves. */
export type AuthTables = {
  user: { id: string; name: string; email: string; emailVerified: boolean };
  session: { id: string; token: string; userId: string; activeAccountId: string | null };
  verification: { id: string; identifier: string; value: string };
};

const secondsPerDay = 86_400;

/** How long a session lives without being used, in seconds of wall time. */
const sessionSeconds = 30 * secondsPerDay;

/** How long the link to verify an e-mail address works, in seconds of wall time. */
export const verificationSeconds = secondsPerDay;

/** How long the link to set a new password works, in seconds of wall time. */
export const resetSeconds = 3_600;

/** Sets up the sign-in library on a small pool of its own. */
export function openAuthLibrary(settings: AuthSettings) {
  const pool = new pg.Pool({ ...settings.connection, max: 4, application_name: 'purser sign-in' });
  // An idle connection that breaks is replaced at the next query, which reports what is wrong.
  pool.on('error', () => undefined);
  // One that breaks while it is used is reported by its query; without a listener the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<AuthTables>({ dialect: new PostgresDialect({ pool }) });
  const resetTokens = new AsyncLocalStorage<{ token: string | null }>();
  const auth = betterAuth({
    baseURL: settings.publicUrl,
    basePath: '/v1/auth',
    secret: settings.secret,
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, message) => {
        settings.log.error({ library: 'better-auth' }, message);
      },
    },
    database: { db: kysely, type: 'postgres', schemaName: 'purser_auth', transaction: true },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: resetSeconds,
      revokeSessionsOnPasswordReset: true,
      // The library hands the token only to this function; the call that asked for it takes it from there.
      sendResetPassword: async ({ token }) => {
        const asked = resetTokens.getStore();
        if (asked !== undefined) asked.token = token;
      },
    },
    session: {
      expiresIn: sessionSeconds,
      updateAge: secondsPerDay,
      additionalFields: { activeAccountId: { type: 'string', required: false, input: false } },
    },
    rateLimit: { enabled: false },
    // A user belongs to the business and is dated by its clock; sessions and tokens go by wall time.
    databaseHooks: {
      user: {
        create: {
          before: async (user) => {
            const now = settings.clock.now();
            return { data: { ...user, createdAt: now, updatedAt: now } };
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'purser',
      // The name of the cookie stays the same everywhere; only the attribute depends on the scheme.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: settings.publicUrl.startsWith('https:'), httpOnly: true, sameSite: 'lax' },
      database: { generateId: () => settings.ids.next() },
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
    },
  });
  return { auth, db: kysely.withSchema('purser_auth'), resetTokens, close: () => kysely.destroy() };
}

/** The sign-in library, set up. */
export type AuthLibrary = ReturnType<typeof openAuthLibrary>;
