import { invalid, unprocessable } from './errors.ts';
import type { Members } from './members.ts';
import { amountOf, minorOf } from './money.ts';
import type { Amount, PurchaseUnit } from './objects.ts';

const unitsMax = 10;
const itemsMax = 100;
const categories = ['DIGITAL_GOODS', 'PHYSICAL_GOODS', 'DONATION'] as const;
const added = ['item_total', 'tax_total', 'shipping', 'handling', 'insurance'] as const;
const taken = ['shipping_discount', 'discount'] as const;

/** Reads what is to be paid: one currency, amounts that add up, names that differ. @throws PayPalError */
export function readUnits(body: Members): PurchaseUnit[] {
  const listed = body.list('purchase_units', 1, unitsMax);
  if (listed === undefined) throw invalid('MISSING_REQUIRED_PARAMETER', '/purchase_units');
  const units = listed.map((members) => readUnit(members, listed.length));
  if (new Set(units.map((unit) => unit.amount.currency_code)).size > 1) {
    throw unprocessable('MULTI_CURRENCY_ORDER', '/purchase_units');
  }
  if (new Set(units.map((unit) => unit.reference_id)).size < units.length) {
    throw unprocessable('DUPLICATE_REFERENCE_ID', '/purchase_units');
  }
  return units;
}

function readUnit(members: Members, count: number): PurchaseUnit {
  const referenceId = members.text('reference_id', 256);
  if (referenceId === undefined && count > 1) {
    throw unprocessable('REFERENCE_ID_REQUIRED', `${members.pointer}/reference_id`);
  }
  const amount = readUnitAmount(members.requiredObject('amount'));
  const items = members.list('items', 0, itemsMax);
  if (items !== undefined && items.length > 0) checkItems(items, amount, members.pointer);
  const description = members.text('description', 127);
  const customId = members.text('custom_id', 127);
  const invoiceId = members.text('invoice_id', 127);
  const descriptor = members.text('soft_descriptor', 22);
  return {
    reference_id: referenceId ?? 'default',
    amount,
    ...(description === undefined ? {} : { description }),
    ...(customId === undefined ? {} : { custom_id: customId }),
    ...(invoiceId === undefined ? {} : { invoice_id: invoiceId }),
    ...(descriptor === undefined ? {} : { soft_descriptor: descriptor }),
    ...(items === undefined ? {} : { items: items.map(itemOf) }),
  };
}

/** Reads an amount whose breakdown, if there is one, adds up to it. @throws PayPalError */
function readUnitAmount(members: Members): PurchaseUnit['amount'] {
  const amount = members.asPositiveAmount();
  const parts = members.object('breakdown');
  if (parts === undefined) return amount;
  const breakdown: Record<string, Amount> = {};
  let sum = 0n;
  for (const name of [...added, ...taken]) {
    const part = parts.object(name)?.asAmount();
    if (part === undefined) continue;
    if (minorOf(part) < 0n) throw unprocessable('CANNOT_BE_NEGATIVE', `${parts.pointer}/${name}/value`, part.value);
    checkCurrency(part, amount, `${parts.pointer}/${name}`);
    breakdown[name] = part;
    sum += taken.some((candidate) => candidate === name) ? -minorOf(part) : minorOf(part);
  }
  if (sum !== minorOf(amount)) throw unprocessable('AMOUNT_MISMATCH', `${members.pointer}/value`, amount.value);
  return { ...amount, breakdown };
}

function checkCurrency(part: Amount, whole: Amount, pointer: string): void {
  if (part.currency_code === whole.currency_code) return;
  throw unprocessable('MULTI_CURRENCY_ORDER', `${pointer}/currency_code`, part.currency_code);
}

function checkItems(items: readonly Members[], amount: PurchaseUnit['amount'], pointer: string): void {
  const total = amount.breakdown?.['item_total'];
  if (total === undefined) throw unprocessable('ITEM_TOTAL_REQUIRED', `${pointer}/amount/breakdown/item_total`);
  let sum = 0n;
  let tax = 0n;
  for (const item of items) {
    const price = item.requiredObject('unit_amount').asAmount();
    checkCurrency(price, amount, `${item.pointer}/unit_amount`);
    const quantity = BigInt(quantityOf(item));
    const itemTax = item.object('tax')?.asAmount();
    sum += minorOf(price) * quantity;
    if (itemTax) tax += minorOf(itemTax) * quantity;
  }
  if (sum !== minorOf(total)) {
    throw unprocessable('ITEM_TOTAL_MISMATCH', `${pointer}/amount/breakdown/item_total/value`, total.value);
  }
  const taxTotal = amount.breakdown?.['tax_total'] ?? amountOf(0n, amount.currency_code);
  if (tax !== 0n && tax !== minorOf(taxTotal)) {
    throw unprocessable('TAX_TOTAL_MISMATCH', `${pointer}/amount/breakdown/tax_total/value`, taxTotal.value);
  }
}

function quantityOf(item: Members): string {
  const quantity = item.requiredText('quantity', 10);
  if (!/^[1-9]\d{0,9}$/.test(quantity)) throw invalid('INVALID_PARAMETER_SYNTAX', `${item.pointer}/quantity`, quantity);
  return quantity;
}

function itemOf(item: Members): object {
  const category = item.choice('category', categories);
  const [description, sku, tax] = [item.text('description', 2_048), item.text('sku', 127), item.object('tax')];
  return {
    name: item.requiredText('name', 127),
    unit_amount: item.requiredObject('unit_amount').asAmount(),
    ...(tax === undefined ? {} : { tax: tax.asAmount() }),
    quantity: quantityOf(item),
    ...(description === undefined ? {} : { description }),
    ...(sku === undefined ? {} : { sku }),
    ...(category === undefined ? {} : { category }),
  };
}
