/** The words of the alerts on credits and of the auto top-up, in English. */
export const alertsTexts = {
  title: 'Alerts',
  detail: (recipient: string) => `E-mails about your credits go to ${recipient}.`,
  threshold: 'Low-balance alert',
  thresholdHint: 'In credits. Leave it empty for no alert.',
  thresholdNeeded: 'Enter a whole number of credits, or leave it empty.',
  thresholdOff: 'You are not told when your balance runs low.',
  thresholdOn: (threshold: string) =>
    `You are told when fewer than ${threshold} credits can be spent: once, until your balance has reached ${threshold} again.`,
  thresholdBelow: (available: string) =>
    `Your balance is below that already (${available}), so you are told the next time it falls below.`,
  included: 'Included credits',
  includedHint: (milestones: string) => `Tell me when ${milestones} of them are used, each once per period.`,
  includedUse: (spent: string, included: string) => `${spent} of ${included} used`,
  save: 'Save alerts',
  saved: 'The alerts are saved.',
  lastAlert: 'Last alert',
  lastLow: (available: string, threshold: string) => `Your balance fell to ${available}, below ${threshold}.`,
  lastIncluded: (percent: string) => `${percent} of your included credits were used.`,
  neverAlerted: 'None so far',
  topUp: 'Auto top-up',
  topUpDetail: 'Buys credits by your saved payment method when your balance runs low.',
  saveMethodFirst: 'It charges a saved card or PayPal. Save one to switch it on.',
  saveMethod: 'Add payment method',
  topUpOn: 'On',
  topUpOff: 'Off',
  package: 'Credit package',
  packageChoice: (name: string, credits: string, price: string) => `${name}: ${credits} credits for ${price}`,
  packageNeeded: 'Choose a package.',
  topUpThreshold: 'When fewer credits are left than',
  topUpThresholdNeeded: 'Enter a whole number of credits.',
  cap: (currency: string) => `At most in a month (${currency})`,
  capNeeded: 'Enter an amount.',
  capTooSmall: (price: string) => `The package alone costs ${price}.`,
  topUpSentence: (threshold: string, method: string, price: string, credits: string, cap: string) =>
    `When fewer than ${threshold} credits can be spent, ${method} is charged ${price} for ${credits} credits, at most ${cap} in a calendar month.`,
  topUpNow: (available: string, price: string) =>
    `Your balance is below that already (${available}): ${price} is charged as soon as you switch it on.`,
  topUpNowRepeated: (available: string, price: string, threshold: string) =>
    `Your balance is below that already (${available}): ${price} is charged as soon as you switch it on, and again until your balance reaches ${threshold} or the limit of the month is reached.`,
  topUpIncomplete: 'Choose a package, a balance and a monthly limit to see what will happen.',
  noMethod: 'There is no saved payment method to charge any more, so nothing is bought.',
  spent: 'Charged this month',
  lastTopUp: 'Last top-up',
  lastTopUpStates: { under_way: 'under way', succeeded: 'paid', failed: 'failed' },
  neverToppedUp: 'None so far',
  resumes: (date: string) => `The monthly limit is reached. Top-ups go on from ${date}.`,
  offReasons: {
    failures: 'It was switched off, because top-ups failed several times in a row.',
    saved_method_missing: 'It was switched off, because there is no saved payment method to charge.',
    package_unavailable: 'It was switched off, because the package is no longer sold in your currency.',
  },
  switchOn: 'Switch on auto top-up',
  switchOff: 'Switch off',
  saveTopUp: 'Save auto top-up',
  switchedOn: 'The auto top-up is on.',
  switchedOff: 'The auto top-up is off. Nothing more is charged by itself.',
};

/** The words of the alerts and of the auto top-up in one language. */
export type AlertsTexts = typeof alertsTexts;
