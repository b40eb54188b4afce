export { claimDataDirectory } from './claim-data-directory.ts';
export type { DataDirectoryClaim } from './claim-data-directory.ts';
export { processIdentity } from './process-identity.ts';
export { startEmbeddedPostgres } from './start-embedded-postgres.ts';
export type { EmbeddedPostgres } from './start-embedded-postgres.ts';
