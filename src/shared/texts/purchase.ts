/** The words of the page that sells credit packages, in English. */
export const purchaseTexts = {
  title: 'Purchase credits',
  lead: 'Choose a package and pay. The credits are yours as soon as the payment succeeds.',
  stepPackage: 'Package',
  stepMethod: 'Payment method',
  stepCard: 'Card details',
  featured: 'Featured',
  credits: (credits: string) => `${credits} credits`,
  save: (percent: string) => `Save ${percent}`,
  insteadOf: (amount: string) => `instead of ${amount}`,
  perThousand: (amount: string) => `${amount} per 1,000 credits`,
  perThousandAbout: (amount: string) => `about ${amount} per 1,000 credits`,
  select: 'Select',
  selected: 'Selected',
  noPackagesTitle: 'No package is on sale',
  noPackages: 'There is no credit package in the currency of this account yet. Ask the seller to add one.',
  noMethodsTitle: 'No payment method is available',
  noMethods: (country: string) =>
    `The seller has not set up a payment method for accounts in ${country} yet. Ask them to add one.`,
  cardHint: 'Visa, Mastercard and other cards. Your bank may ask you to confirm.',
  notAllowedTitle: 'Your role cannot buy credits',
  notAllowed: 'Ask the owner or a billing manager of this account to buy credits.',
  suspendedTitle: 'This account is suspended',
  suspended: 'Nothing can be bought while the account is suspended. Contact the seller.',

  summaryTitle: 'What you pay',
  summary: (amount: string, credits: string) => `You pay ${amount} now. ${credits} credits are added at once.`,
  package: 'Package',
  invoice: 'Invoice',
  creditsLabel: 'Credits',
  total: 'Total',
  balanceNow: 'Balance now',
  balanceAfter: 'Balance after',
  pay: (amount: string) => `Pay ${amount}`,
  payingShort: 'Paying…',
  paying: 'Paying. Please keep this page open.',
  safeToRepeat: 'Your card details go straight to the payment gateway. They never reach our server.',

  openPaymentTitle: (number: string) => `Invoice ${number} is waiting for its payment`,
  openPayment: (amount: string) =>
    `${amount} is still open. Pay it with a card below; no second invoice is made. Unpaid, it is voided by itself.`,
  chooseOther: 'Choose another package',
  unfinishedTitle: 'You have an unfinished payment',
  unfinished: (number: string, amount: string) => `Invoice ${number} over ${amount} has not been paid yet.`,
  finishPayment: 'Finish payment',

  loadingCardForm: 'Loading the card form',
  cardFormFailedTitle: 'The card form could not be loaded',
  cardFormFailed: 'The script of the payment gateway did not arrive. Check your connection or script blocker.',
  tryAgain: 'Try again',

  notPaidTitle: 'The payment did not go through',
  nothingCharged: 'You have not been charged.',
  declines: {
    card_declined: 'Your bank declined this card. Use another card, or ask your bank why.',
    insufficient_funds: 'The card does not have enough funds. Use another card, or add funds and try again.',
    authentication_failed: 'Your bank could not confirm that it is you. Try again, or use another card.',
    expired_card: 'The card has expired. Use another card.',
    incorrect_cvc: 'The security code is not right. Check it and try again.',
    incorrect_number: 'The card number is not right. Check it and try again.',
    processing_error: 'The bank could not process the card just now. Try again in a moment, or use another card.',
  },
  cardUnreachable: 'The payment gateway could not be reached from your browser. Check your connection and try again.',

  bankTitle: 'Your bank wants you to confirm this payment',
  bank: (amount: string) => `The payment of ${amount} waits for your confirmation. Nothing has been charged yet.`,
  bankConfirm: 'Confirm with your bank',
  bankOtherCard: 'Use another card',

  waitingTitle: 'Your payment is being processed',
  waiting: 'This usually takes a few seconds. The page updates by itself; there is nothing to do.',
  waitingLong:
    'This takes longer than usual. You can leave: the credits are added and an e-mail is sent when the payment arrives.',
  unsureTitle: 'We are asking the gateway for the outcome',
  unsure: 'The answer has not arrived yet. Do not pay again: this page shows the true state as soon as it is known.',
  checkNow: 'Check now',

  endedTitle: 'This payment has ended without money',
  ended: 'Nothing was charged and no credits were added. Start again whenever you like.',
  startAgain: 'Start again',
  missingTitle: 'There is no such payment',
  missing: 'The link may belong to another account. Your invoices show every payment of this one.',
  toInvoices: 'Go to invoices',

  paidTitle: 'Payment received',
  paidCredits: (credits: string) => `${credits} credits have been added.`,
  paidInvoice: 'Invoice',
  paidAmount: 'Paid',
  newBalance: 'New balance',
  downloadPdf: 'Download PDF',
  receiptSent: 'The invoice is also on its way by e-mail.',
  done: 'Done',
  toastTitle: 'Credits added',
  toast: (credits: string) => `${credits} credits are in your balance.`,

  leave: 'If you leave now, the payment may still go through. You will find its true state under Invoices.',

  /** What to do about a refused or failed request, by problem code. */
  problems: {
    package_unknown: 'This package does not exist any more. Choose another one.',
    package_inactive: 'This package is no longer sold. Choose another one.',
    package_price_missing: 'This package has no price in your currency. Choose another one.',
    price_changed:
      'The price of this package has just changed. Nothing was charged; check the new price and pay again.',
    currency_mismatch: 'The prices on this page were in another currency than your account. They have been refreshed.',
    payment_method_unavailable: 'This payment method is not offered to your account any more. Choose another one.',
    account_suspended: 'The account is suspended, so nothing can be bought. Contact the seller.',
    idempotency_key_reused: 'This form had been used for another purchase. Nothing was charged; please click again.',
    invoice_not_payable: 'There is nothing to pay on this invoice any more.',
    gateway_unavailable: 'The payment gateway does not answer just now. Try again in a moment: you pay only once.',
    rate_limited: 'Too many tries in a short time. Wait a minute and try again.',
  },
  unreachable: 'Our server could not be reached. Check your connection and try again: you pay only once.',
  problemTitle: 'The purchase could not be started',
};

/** The words of the purchase page in one language. */
export type PurchaseTexts = typeof purchaseTexts;
