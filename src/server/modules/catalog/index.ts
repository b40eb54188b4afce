export { createCreditPackage, type NewCreditPackage } from './catalog-store.ts';
export {
  type CreditPackage,
  creditPackageForSale,
  creditPackagesOnSale,
  currenciesOnSale,
  referencePriceMinor,
} from './credit-packages.ts';
