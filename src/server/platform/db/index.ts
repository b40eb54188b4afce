export type { Database } from './database.ts';
export { type Pool, openPool } from './pool.ts';
export { type Db, inRead, inTransaction, type Scope, type Tx } from './scope.ts';
