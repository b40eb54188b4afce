export type { Database } from './database.ts';
export { type InstallationMode, installationOf, markInstallation, markSamples } from './installation.ts';
export { type Pool, openPool } from './pool.ts';
export { type Db, inRead, inTransaction, type Scope, type Tx } from './scope.ts';
export { isStalePlan } from './stale-plan.ts';
