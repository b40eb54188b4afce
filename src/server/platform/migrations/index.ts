export { connectionsByLogin } from './database-connections.ts';
export type { DatabaseConnections } from './database-connections.ts';
export { DatabaseNeedsAdministrator, DatabaseUnreachable, DatabaseUnsuitable } from './database-problems.ts';
export { migrate, pendingMigrations } from './migrate.ts';
export type { MigrateOptions } from './migrate.ts';
export { MigrationFailed } from './migration-failed.ts';
export { prepareDatabase } from './prepare-database.ts';
