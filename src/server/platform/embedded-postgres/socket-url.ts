/**
 * The address of a database behind a socket, in the form PostgreSQL's own programs and every Node driver understand.
 * Port and TLS are named so that PGPORT and PGSSLMODE of the environment do not reach in.
 */
export function socketUrl(socketDirectory: string, database: string, role: string): string {
  const host = encodeURIComponent(socketDirectory);
  return `postgresql:///${encodeURIComponent(database)}?host=${host}&port=5432&user=${encodeURIComponent(role)}&sslmode=disable`;
}
