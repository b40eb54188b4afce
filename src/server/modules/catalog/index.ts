export { createCreditPackage, type NewCreditPackage } from './catalog-store.ts';
export {
  type CreditPackage,
  creditPackageForSale,
  creditPackagesOnSale,
  currenciesOnSale,
  PackageInactive,
  PackagePriceMissing,
  PackageUnknown,
  referencePriceMinor,
} from './credit-packages.ts';
