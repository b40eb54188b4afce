export { insertSite, isSiteInUse, type Site } from './sites.ts';
export {
  type Account,
  CurrencyNotOffered,
  ExternalIdTaken,
} from './account.ts';
export {
  accountById,
  accountsByIds,
  accountsNamed,
  findAccountByExternalId,
  type NamedAccount,
} from './accounts-queries.ts';
export {
  type BillingAddress,
  fixCurrency,
  flagAccount,
  insertAccount,
  type NewAccount,
  liftAccountFlag,
} from './accounts-store.ts';
export { hashOfApiKey, isApiKey, newApiKey } from './api-key-format.ts';
export {
  accountApiKey,
  accountApiKeys,
  type ApiKey,
  ApiKeyInvalid,
  findApiKey,
  insertApiKey,
  type KnownApiKey,
  noteKeyUse,
  platformApiKey,
  platformApiKeys,
  revokeKey,
} from './api-keys.ts';
export { currencyForCountry } from './country-currency.ts';
export { createRecentAnswers, type RecentAnswers } from './recent-answers.ts';
