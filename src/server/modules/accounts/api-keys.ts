import {
  type AccountKeyScope,
  accountKeyScopes,
  type PlatformKeyScope,
  platformKeyScopes,
} from '#shared/contract/access.ts';
import type { Db, Tx } from '#server/platform/db/index.ts';
import { DomainError, NotFound } from '#server/platform/errors/index.ts';
import { type AccountStatus, accountStatuses } from './account.ts';
import { hashOfApiKey, hintOfApiKey } from './api-key-format.ts';

/** An API key as it is listed: the key itself is not kept. */
export type ApiKey<Scope extends string> = {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly scopes: Scope[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};

/** Whose key it is: one account's, or the platform's (null). */
export type KeyOwner = string | null;

/** A key about to be stored. */
export type NewApiKey = {
  readonly id: string;
  readonly accountId: KeyOwner;
  readonly name: string;
  /** The key itself, of which only the hash and a hint are kept. */
  readonly key: string;
  readonly scopes: readonly string[];
  readonly createdBy: string | null;
  readonly now: Date;
};

/** The key of a request is none of ours, or was revoked. */
export class ApiKeyInvalid extends DomainError {
  constructor() {
    super('api_key_invalid', 'This API key is unknown or revoked. Send a key that is listed as active.');
  }
}

const listedMax = 200;

/** The keys of an account, newest first, revoked ones included. */
export async function accountApiKeys(db: Db, accountId: string): Promise<ApiKey<AccountKeyScope>[]> {
  return (await listKeys(db, accountId)).map((row) => fromRow(row, accountKeyScopes));
}

/** The keys of the platform, newest first, revoked ones included. Reads in system scope. */
export async function platformApiKeys(db: Db): Promise<ApiKey<PlatformKeyScope>[]> {
  return (await listKeys(db, null)).map((row) => fromRow(row, platformKeyScopes));
}

/** One key of an account. @throws NotFound */
export async function accountApiKey(db: Db, accountId: string, id: string): Promise<ApiKey<AccountKeyScope>> {
  return fromRow(await keyRow(db, accountId, id), accountKeyScopes);
}

/** One key of the platform. Reads in system scope. @throws NotFound */
export async function platformApiKey(db: Db, id: string): Promise<ApiKey<PlatformKeyScope>> {
  return fromRow(await keyRow(db, null, id), platformKeyScopes);
}

/** Stores a new key by its hash. */
export async function insertApiKey(tx: Tx, key: NewApiKey): Promise<void> {
  await tx
    .insertInto('api_keys')
    .values({
      id: key.id,
      account_id: key.accountId,
      name: key.name,
      hint: hintOfApiKey(key.key),
      key_hash: hashOfApiKey(key.key),
      scopes: [...key.scopes],
      created_by: key.createdBy,
      created_at: key.now,
    })
    .execute();
}

/** Revokes a key for good. Answers whether it was in force until now. @throws NotFound */
export async function revokeKey(tx: Tx, owner: KeyOwner, id: string, now: Date): Promise<boolean> {
  const row = await keyRow(tx, owner, id);
  if (row.revoked_at !== null) return false;
  const revoked = await tx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return revoked !== undefined;
}

/** A key in force, as a request is judged by it. */
export type KnownApiKey = {
  readonly id: string;
  readonly scopes: readonly string[];
  /** The account of an account's key; null for a key of the platform. */
  readonly account: { readonly id: string; readonly status: AccountStatus } | null;
  readonly lastUsedAt: Date | null;
};

/** Finds the key in force with this hash; null when there is none. Reads in system scope: the key names the account. */
export async function findApiKey(db: Db, keyHash: Buffer): Promise<KnownApiKey | null> {
  const row = await db
    .selectFrom('api_keys')
    .leftJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select(['api_keys.id', 'api_keys.account_id', 'scopes', 'last_used_at', 'accounts.status'])
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const status = accountStatuses.find((known) => known === row.status);
  const account = row.account_id === null || status === undefined ? null : { id: row.account_id, status };
  return { id: row.id, scopes: row.scopes, account, lastUsedAt: row.last_used_at };
}

/** Notes when a key was used last; a later note of another process is kept. */
export async function noteKeyUse(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<', now)]))
    .execute();
}

const keyColumns = ['id', 'name', 'hint', 'scopes', 'created_at', 'last_used_at', 'revoked_at'] as const;

type KeyRow = {
  id: string;
  name: string;
  hint: string;
  scopes: string[];
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
};

async function listKeys(db: Db, owner: KeyOwner): Promise<KeyRow[]> {
  return await db
    .selectFrom('api_keys')
    .select(keyColumns)
    .where('account_id', owner === null ? 'is' : '=', owner)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(listedMax)
    .execute();
}

async function keyRow(db: Db, owner: KeyOwner, id: string): Promise<KeyRow> {
  const row = await db
    .selectFrom('api_keys')
    .select(keyColumns)
    .where('account_id', owner === null ? 'is' : '=', owner)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('API key');
  return row;
}

function fromRow<Scope extends string>(row: KeyRow, known: readonly Scope[]): ApiKey<Scope> {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: known.filter((scope) => row.scopes.includes(scope)),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
