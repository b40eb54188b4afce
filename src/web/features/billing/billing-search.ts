/** The tabs of Plans & Billing; the first one is shown unless the address names another. */
export const billingTabs = ['credits', 'history', 'methods'] as const;

/** A tab of Plans & Billing. */
export type BillingTab = (typeof billingTabs)[number];

/** Reads the tab from the address. */
export function billingTabOf(search: Record<string, unknown>): BillingTab {
  return billingTabs.find((tab) => tab === search['tab']) ?? 'credits';
}
