/** The words of the page Plans & Billing, in English. */
export const billingTexts = {
  title: 'Plans & Billing',
  tabs: { credits: 'Credits', history: 'Billing history' },
  balance: 'Credits available',
  creditsUnit: 'credits',
  held: (credits: string) => `${credits} more are held for operations under way.`,
  asOf: 'As of',
  none: 'You have no credits yet. Buy a package to get started.',
  purchase: 'Purchase credits',
};

/** The words of Plans & Billing in one language. */
export type BillingTexts = typeof billingTexts;
