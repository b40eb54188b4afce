/** What the address of the purchase page can say. */
export type PurchaseSearch = {
  /** Slug of the package to start with. */
  package?: string | undefined;
  /** The payment to go on with or to show the outcome of (`pay_…`). */
  payment?: string | undefined;
  /** Present when the gateway has sent the payer back here; the gateway's own word for how it went is not believed. */
  redirect_status?: string | undefined;
};

/** Reads the address of the purchase page; whatever else the gateway appended on the way back is left out. */
export function purchaseSearch(search: Record<string, unknown>): PurchaseSearch {
  return {
    package: word(search['package']),
    payment: word(search['payment']),
    redirect_status: word(search['redirect_status']),
  };
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}
