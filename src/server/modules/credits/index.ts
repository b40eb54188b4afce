export type { CreditBalance, Grant, LotKind } from './credit-lots.ts';
export { creditBalanceOf } from './credits-queries.ts';
export { grantCredits, openCreditBalance } from './credits-store.ts';
