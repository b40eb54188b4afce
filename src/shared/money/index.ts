export { type CostRule, creditsFor } from './credit-cost.ts';
export { type Credits, credits, formatCredits } from './credits.ts';
export { type Currency, currencies, currencyExponent, isCurrency } from './currencies.ts';
export {
  addMoney,
  allocate,
  basisPointsOf,
  CurrencyMismatch,
  decimalText,
  formatMoney,
  type Money,
  money,
} from './money.ts';
