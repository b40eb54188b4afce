import type { DB } from './schema.generated.ts';

/** The tables of schema `purser`, as types generated from the migrated database. */
export type Database = DB;
