/** The words of the page Plans & Billing, in English. */
export const billingTexts = {
  title: 'Plans & Billing',
  tabs: { credits: 'Credits', history: 'Billing history', methods: 'Payment methods' },
  purchase: 'Purchase credits',
};

/** The words of Plans & Billing in one language. */
export type BillingTexts = typeof billingTexts;
