export { AlreadyRunning, claimDataDirectory } from './claim-data-directory.ts';
export type { DataDirectoryClaim } from './claim-data-directory.ts';
export { EmbeddedPostgresFailed } from './embedded-postgres-failed.ts';
export { processIdentity } from './process-identity.ts';
export { startEmbeddedPostgres } from './start-embedded-postgres.ts';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './start-embedded-postgres.ts';
