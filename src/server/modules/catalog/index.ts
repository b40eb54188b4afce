export { createCreditPackage, type NewCreditPackage } from './catalog-store.ts';
export {
  type CreditPackage,
  creditPackageForSale,
  creditPackagesOnSale,
  currenciesOnSale,
  referencePriceMinor,
} from './credit-packages.ts';
export {
  type CostRule,
  calculationOf,
  type CostStatus,
  costInForce,
  costStatus,
  creditsFor,
  type OperationCost,
} from './operation-cost.ts';
export {
  allOperations,
  costById,
  costHistory,
  currentCosts,
  type Operation,
  OperationInactive,
  operationByCode,
  operationById,
  operationsByIds,
  OperationUnknown,
  OperationUnpriced,
  type Price,
  priceOf,
} from './operations.ts';
export {
  addCost,
  changeOperation,
  createOperation,
  type NewCost,
  type OperationText,
  withdrawCost,
} from './operations-store.ts';
