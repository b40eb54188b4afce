import type { PoolConfig } from 'pg';

/** How to connect in each of Purser's roles: the app runs as `purser_app`, migrations as `purser_owner`. */
export type DatabaseConnections = {
  /** Bound by row security; may read and write rows, nothing else. */
  app: PoolConfig;
  /** Owns the schemas. */
  owner: PoolConfig;
};

/**
 * The connections to a database whose roles can sign in themselves, as on the embedded server.
 *
 * @param url the address for a role, as `EmbeddedPostgres.url` gives it.
 */
export function connectionsByLogin(url: (role: 'purser_app' | 'purser_owner') => string): DatabaseConnections {
  return { app: { connectionString: url('purser_app') }, owner: { connectionString: url('purser_owner') } };
}

/**
 * The connections to a database that is reached with one address (DATABASE_URL): every connection signs in as that user
 * and becomes the role before its first query. `reset role` does not lead back, since the role is the session's default.
 */
export function connectionsByRole(databaseUrl: string): DatabaseConnections {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options');
  // pg lets what the address says win, so that options of the operator are taken out and put in front of ours.
  url.searchParams.delete('options');
  const connectionString = url.href;
  const inRole = (role: string): PoolConfig => ({
    connectionString,
    options: [options, `-c role=${role}`].filter(Boolean).join(' '),
  });
  return { app: inRole('purser_app'), owner: inRole('purser_owner') };
}
