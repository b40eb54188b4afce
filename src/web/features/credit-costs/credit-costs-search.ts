import { publicIdOf } from '#web/lib/search-values.ts';

/** What the address of the staff's credit page says: its tab, and the account whose credits are adjusted. */
export type CreditCostsSearch = {
  tab?: 'adjust';
  /** An id of an account (`acc_…`), or `ext:` and its id in the product. */
  account?: string;
};

/** Reads the address of the staff's credit page. */
export function creditCostsSearch(search: Record<string, unknown>): CreditCostsSearch {
  if (search['tab'] !== 'adjust') return {};
  const given = search['account'];
  const account = publicIdOf('acc', given) ?? (typeof given === 'string' && given.startsWith('ext:') ? given : null);
  return { tab: 'adjust', ...(account === null ? {} : { account: account.slice(0, 260) }) };
}

/** What somebody typed to name an account, as the API takes it; null for nothing. */
export function accountNamed(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  return publicIdOf('acc', text) ?? (text.startsWith('ext:') ? text : `ext:${text}`);
}
