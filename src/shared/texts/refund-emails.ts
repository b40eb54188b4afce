/** The words of the e-mails about refunds and disputes, in English. */
export const refundEmailTexts = {
  issued: {
    subject: (amount: string, seller: string) => `${amount} from ${seller} is on its way back to you`,
    preheader: (method: string) => `It goes back to where it came from: ${method}.`,
    headline: 'Your money is on its way back',
    intro: (method: string) =>
      `We have given your money back to where it came from: ${method}. Banks take up to ten working days to show it.`,
    withNotes: 'The credit note is attached.',
    amountNote: (date: string) => `given back on ${date}`,
    reason: 'Reason',
    creditNote: 'Credit note',
    corrects: (number: string, invoice: string) => `${number}, for invoice ${invoice}`,
    takenBack: 'Credits taken back',
    balance: 'Credits available now',
    button: 'View your invoices',
  },
  disputed: {
    subject: (amount: string, account: string) => `${account} disputes a payment of ${amount}`,
    preheader: (date: string) => `The bank takes an answer until ${date}.`,
    preheaderNoDay: 'Answer it in the dashboard of the gateway.',
    headline: 'A payment is disputed',
    intro: (account: string) =>
      `${account} asked the bank for the money back. Look at the payment, and answer in the dashboard of the gateway.`,
    frozen: (credits: string) =>
      `${credits} unspent credits of that purchase cannot be spent until the bank has decided.`,
    noneFrozen: 'No credits of that purchase were left to freeze.',
    amountNote: 'disputed',
    account: 'Account',
    reason: 'Reason',
    answerBy: 'Answer by',
    reference: 'At the gateway',
    button: 'Open the payment',
    whySent: (seller: string) => `You receive this message because your address is that of ${seller} at Purser.`,
  },
};
