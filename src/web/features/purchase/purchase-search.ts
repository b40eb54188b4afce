import { invoicesAtOnceMax } from '#web/lib/invoice-state.ts';

/** What the address of the purchase page can say. */
export type PurchaseSearch = {
  /** Slug of the package to start with. */
  package?: string | undefined;
  /** The invoices to pay (`inv_…`), with commas between them. */
  invoices?: string | undefined;
  /** The payment to go on with or to show the outcome of (`pay_…`). */
  payment?: string | undefined;
  /** Present when the gateway has sent the payer back here; the gateway's own word for how it went is not believed. */
  redirect_status?: string | undefined;
};

/** Reads the address of the purchase page; whatever else the gateway appended on the way back is left out. */
export function purchaseSearch(search: Record<string, unknown>): PurchaseSearch {
  return {
    package: word(search['package']),
    invoices: listOfIds(search['invoices']),
    payment: word(search['payment']),
    redirect_status: word(search['redirect_status']),
  };
}

/** The invoices the address names, each once. */
export function invoiceIdsOf(invoices: string | undefined): string[] {
  return invoices === undefined || invoices === '' ? [] : [...new Set(invoices.split(','))].slice(0, invoicesAtOnceMax);
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}

function listOfIds(value: unknown): string | undefined {
  return typeof value === 'string' && /^\w{1,64}(,\w{1,64})*$/.test(value) ? value : undefined;
}
