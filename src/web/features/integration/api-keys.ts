import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountAction, PlatformAction } from '#shared/contract/access.ts';
import { accountKeyScopes, platformKeyScopes } from '#shared/contract/access.ts';
import { api } from '#web/lib/api.ts';
import { endpointQuery } from '#web/lib/query.ts';

/** What any key may be allowed. */
export type KeyScope = (typeof platformKeyScopes)[number];

/** A key of an account or of the platform, as it is listed. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly KeyScope[];
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
};

/** A key that was just made. The secret is null when the answer is a repetition of an earlier one. */
export type NewApiKey = ApiKey & { readonly secret: string | null };

/** What a new key is made from. */
export type KeyDraft = { name: string; scopes: KeyScope[] };

/** The keys of one kind, and what can be done with them. */
export type ApiKeys = {
  readonly query: UseQueryResult<{ data: readonly ApiKey[] }>;
  readonly scopes: readonly KeyScope[];
  readonly manage: AccountAction | PlatformAction;
  create(draft: KeyDraft, idempotencyKey: string): Promise<NewApiKey>;
  revoke(id: string): Promise<void>;
};

/** The keys of the account the session works in. */
export function useAccountApiKeys(): ApiKeys {
  const queryClient = useQueryClient();
  const reread = () => queryClient.invalidateQueries({ queryKey: ['listAccountApiKeys'] });
  return {
    query: useQuery(endpointQuery('listAccountApiKeys')),
    scopes: accountKeyScopes,
    manage: 'api_keys.manage',
    create: async ({ name, scopes }, idempotencyKey) => {
      const body = { name, scopes: accountKeyScopes.filter((scope) => scopes.includes(scope)) };
      const made = await api('createAccountApiKey', { body, idempotencyKey });
      await reread();
      return made;
    },
    revoke: async (id) => {
      await api('revokeAccountApiKey', { params: { id } });
      await reread();
    },
  };
}

/** The keys of the platform, with which the product itself acts for its customers. */
export function usePlatformApiKeys(): ApiKeys {
  const queryClient = useQueryClient();
  const reread = () => queryClient.invalidateQueries({ queryKey: ['listPlatformApiKeys'] });
  return {
    query: useQuery(endpointQuery('listPlatformApiKeys')),
    scopes: platformKeyScopes,
    manage: 'platform_keys.manage',
    create: async (body, idempotencyKey) => {
      const made = await api('createPlatformApiKey', { body, idempotencyKey });
      await reread();
      return made;
    },
    revoke: async (id) => {
      await api('revokePlatformApiKey', { params: { id } });
      await reread();
    },
  };
}
