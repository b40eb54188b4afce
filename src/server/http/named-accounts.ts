import type { App } from '#server/flows/app.ts';
import { accountsNamed, createRecentAnswers, type NamedAccount } from '#server/modules/accounts/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { externalId } from '#shared/contract/codecs.ts';
import { uuidOfPublicId } from '#shared/ids/index.ts';

/** The accounts that platform keys name, by `acc_…` or `ext:` and the id the product has given them. */
export type NamedAccounts = {
  /** The account as it was at most five seconds ago. @throws NotFound */
  find(name: string): Promise<NamedAccount>;
};

/** How many accounts are asked for in one query. */
const askedMax = 500;

type Waiting = { readonly name: string; resolve(account: NamedAccount | null): void; reject(reason: unknown): void };

/**
 * Looks accounts up for a product that works in many of them at once: those that are asked for while a query is under
 * way are found together by the next one. Alone, a request waits for nobody.
 */
export function createNamedAccounts(app: App): NamedAccounts {
  const recent = createRecentAnswers<NamedAccount>(app.clock);
  const waiting: Waiting[] = [];
  let isAsking = false;

  async function ask(): Promise<void> {
    isAsking = true;
    while (waiting.length > 0) {
      const asked = waiting.splice(0, askedMax);
      try {
        const found = await lookUp(app, new Set(asked.map((one) => one.name)));
        for (const one of asked) one.resolve(found.get(one.name) ?? null);
      } catch (thrown) {
        for (const one of asked) one.reject(thrown);
      }
    }
    isAsking = false;
  }

  return {
    find: async (name) =>
      await recent.find(name, async () => {
        const account = await new Promise<NamedAccount | null>((resolve, reject) => {
          waiting.push({ name, resolve, reject });
          if (!isAsking) void ask();
        });
        // Not remembered: the account may be made a moment later.
        if (account === null) throw new NotFound('account');
        return account;
      }),
  };
}

async function lookUp(app: App, names: ReadonlySet<string>): Promise<ReadonlyMap<string, NamedAccount>> {
  const asked = [...names].map((name) => ({ name, id: uuidOfPublicId('acc', name), external: externalIdIn(name) }));
  const ids = asked.flatMap(({ id }) => id ?? []);
  const externalIds = asked.flatMap(({ external }) => external ?? []);
  // System scope: a platform key may work in every account.
  const accounts = await inRead(app, 'system', (db) => accountsNamed(db, ids, externalIds));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const byExternalId = new Map(accounts.map((account) => [account.externalId, account]));
  const found = new Map<string, NamedAccount>();
  for (const { name, id, external } of asked) {
    const account = id === null ? external && byExternalId.get(external) : byId.get(id);
    if (account) found.set(name, { id: account.id, status: account.status });
  }
  return found;
}

function externalIdIn(name: string): string | null {
  if (!name.startsWith('ext:')) return null;
  const given = externalId.safeParse(name.slice('ext:'.length));
  return given.success ? given.data : null;
}
