/** The overview, in English. */
export const dashboardTexts = {
  title: 'Dashboard',
  purchaseCredits: 'Purchase credits',
  creditsAvailable: 'Credits available',
  creditsHeld: (units: string) => `${units} more are held for work in progress.`,
  creditsNone: 'You have no credits yet. Purchase a package to begin.',
  creditsReady: 'Ready to use.',
  lasts: (days: string, isOne: boolean) =>
    isOne ? 'They last about one day at the current pace.' : `They last about ${days} days at the current pace.`,
  lastsShort: 'They last less than a day at the current pace.',
  lastsLong: 'They last more than a year at the current pace.',
  lastInvoice: 'Last invoice',
  lastInvoiceNone: 'No invoice yet. The first one appears with your first purchase.',
  viewInvoice: 'View invoice',
  allInvoices: 'All invoices',
  downloadPdf: 'Download PDF',
  openTitle: (number: string, amount: string) => `Invoice ${number} is open: ${amount}`,
  openDue: (date: string) => `Due ${date}.`,
  overdueTitle: (number: string, amount: string) => `Invoice ${number} is overdue: ${amount}`,
  overdueSince: (date: string) => `It was due ${date}.`,
  transferDetail: 'It waits for your transfer. Tell us once you have sent the money.',
  underWayTitle: (number: string, amount: string) => `The payment of invoice ${number} is being checked: ${amount}`,
  underWayDetail: 'There is nothing to do. An e-mail tells you the result.',
  recentInvoices: 'Recent invoices',
  paidOn: (date: string) => `Paid ${date}`,
  dueOn: (date: string) => `Due ${date}`,
};

/** The words of this area in one language. */
export type DashboardTexts = typeof dashboardTexts;
