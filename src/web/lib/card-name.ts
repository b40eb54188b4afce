const brands: ReadonlyMap<string, string> = new Map([
  ['visa', 'Visa'],
  ['mastercard', 'Mastercard'],
  ['amex', 'American Express'],
  ['discover', 'Discover'],
  ['diners', 'Diners Club'],
  ['jcb', 'JCB'],
  ['unionpay', 'UnionPay'],
]);

/** The name of a card's brand as its holder knows it, from the gateway's word for it. */
export function cardName(brand: string): string {
  return brands.get(brand) ?? brand.charAt(0).toUpperCase() + brand.slice(1);
}
