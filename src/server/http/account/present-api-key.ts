import type { ApiKey } from '#server/modules/accounts/index.ts';

/** An API key as it is listed. */
export function presentApiKey<Scope extends string>(key: ApiKey<Scope>) {
  return {
    id: key.id,
    name: key.name,
    hint: key.hint,
    scopes: key.scopes,
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt,
    revoked_at: key.revokedAt,
  };
}
