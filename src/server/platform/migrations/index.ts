export { connectionsByLogin } from './database-connections.ts';
export type { DatabaseConnections } from './database-connections.ts';
export { migrate } from './migrate.ts';
export { prepareDatabase } from './prepare-database.ts';
