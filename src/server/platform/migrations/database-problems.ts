import pg from 'pg';
import { errorCode, StartupProblem } from '#server/platform/config/index.ts';

/** PostgreSQL cannot be reached, or refuses the sign-in. */
class DatabaseUnreachable extends StartupProblem {
  override readonly name = 'DatabaseUnreachable';
}

/** PostgreSQL answers but is not one Purser can use. */
export class DatabaseUnsuitable extends StartupProblem {
  override readonly name = 'DatabaseUnsuitable';
}

/** The database lacks something that only an administrator may set up. */
export class DatabaseNeedsAdministrator extends StartupProblem {
  override readonly name = 'DatabaseNeedsAdministrator';
  /** The statements that are needed, in order. */
  readonly statements: readonly string[];

  constructor(user: string, statements: readonly string[], options?: ErrorOptions) {
    super(
      `The user “${user}” of DATABASE_URL may not set up this database. Let an administrator run in it: ` +
        statements.map((statement) => `${statement};`).join(' '),
      options,
    );
    this.statements = statements;
  }
}

/**
 * Says what a failed connection to DATABASE_URL means, without the password; null for what is no matter of connecting.
 */
export function explainConnectionError(databaseUrl: string, error: unknown): StartupProblem | null {
  const url = new URL(databaseUrl);
  const place = url.searchParams.get('host') ?? (url.host || 'this machine');
  const user = url.searchParams.get('user') ?? decodeURIComponent(url.username);
  const code = errorCode(error);
  const unreachable = (sentence: string): StartupProblem => new DatabaseUnreachable(sentence, { cause: error });

  if (error instanceof pg.DatabaseError) {
    if (code === '28P01' || code === '28000') {
      return unreachable(`PostgreSQL at ${place} refuses the user “${user}” of DATABASE_URL: ${error.message}.`);
    }
    if (code === '3D000')
      return unreachable(`PostgreSQL at ${place} has no such database: ${error.message} (DATABASE_URL).`);
    if (code === '53300') return unreachable(`PostgreSQL at ${place} takes no more connections (DATABASE_URL).`);
    if (code === '57P03')
      return unreachable(`PostgreSQL at ${place} is starting up or shutting down; try again in a moment.`);
    if (code === '08P01' && error.message.includes('startup parameter')) {
      return new DatabaseUnsuitable(
        `What answers at ${place} refuses start-up options, as a connection pooler does. ` +
          'Let DATABASE_URL name PostgreSQL itself, or let the pooler pass “options” on.',
        { cause: error },
      );
    }
    return null;
  }
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOENT: 'there is no such socket',
    ENOTFOUND: 'the host is unknown',
    EAI_AGAIN: 'the host is unknown',
    ETIMEDOUT: 'it does not answer',
    EHOSTUNREACH: 'the host cannot be reached',
    ENETUNREACH: 'the host cannot be reached',
    ECONNRESET: 'it closes the connection',
    EACCES: 'this user may not open the socket',
  };
  const reason = code === null ? undefined : reasons[code];
  if (reason !== undefined) return unreachable(`No PostgreSQL can be reached at ${place} (DATABASE_URL): ${reason}.`);
  // What is left has no code: a time-out, a refused TLS handshake, a connection closed during sign-in.
  const message = error instanceof Error ? error.message : String(error);
  return unreachable(`No connection to PostgreSQL at ${place} (DATABASE_URL): ${message}.`);
}
