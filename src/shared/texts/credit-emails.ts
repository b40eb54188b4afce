/** The words of the e-mails about credits, in English. */
export const creditEmailTexts = {
  availableNow: 'Credits available now',
  buy: 'Buy credits',
  low: {
    subject: (seller: string) => `Your credits at ${seller} are running low`,
    preheader: (threshold: string) => `Less than ${threshold} credits are left.`,
    headline: 'Your credits are running low',
    intro: (threshold: string, fellTo: string) =>
      `Your balance fell below the ${threshold} credits you asked to be told at: ${fellTo} were left.`,
    next: 'When they are used up, requests that cost credits are refused until you buy more.',
    threshold: 'Your threshold',
    whySent: (seller: string) =>
      `You receive this message because the account set a low-balance alert at ${seller}. Change it under Plans & Billing.`,
  },
  includedUsed: {
    subject: (percent: string, seller: string) => `${percent} of your included credits at ${seller} are used`,
    preheader: (spent: string, included: string) => `${spent} of ${included} credits.`,
    headline: (percent: string) => `${percent} of your included credits are used`,
    intro: (spent: string, included: string) =>
      `You have used ${spent} of the ${included} credits your plan includes in this period.`,
    usedUp: 'From now on your other credits are used, if you have any.',
    used: 'Used',
    included: 'Included',
    whySent: (seller: string) =>
      `You receive this message because your plan at ${seller} includes credits. Change it under Plans & Billing.`,
  },
  topUpFailed: {
    subject: (seller: string) => `Your auto top-up at ${seller} did not go through`,
    preheader: 'Nothing was charged and no credits were added.',
    headline: 'Your auto top-up did not go through',
    intro: 'Your balance ran low and we tried to top it up. Nothing was charged and no credits were added.',
    finish: 'You can finish this payment yourself within a day, with the same card or another one.',
    notAgain: 'We do not try this top-up again by ourselves.',
    switchedOff:
      'The auto top-up is switched off now. Switch it on again under Plans & Billing when this is put right.',
    reason: 'Reason',
    reasons: {
      authentication_required: 'Your bank wants you to confirm the payment yourself.',
      saved_method_missing: 'There is no saved payment method that can be charged.',
      package_unavailable: 'The chosen credit package is no longer sold in your currency.',
    },
    otherReason: 'The payment was not completed.',
    finishButton: 'Finish the payment',
    whySent: (seller: string) => `You receive this message because the account set up an auto top-up at ${seller}.`,
  },
  capReached: {
    subject: (seller: string) => `Your auto top-up at ${seller} has reached its cap for this month`,
    preheader: (cap: string) => `Another top-up would cost more than ${cap} in this month.`,
    headline: 'Your auto top-up has reached its cap',
    intro: (cap: string) =>
      `Your balance ran low, and another top-up would exceed the ${cap} you allow in a month, so nothing was charged.`,
    next: (date: string) => `We top up again from ${date}. Until then you can buy credits or raise the cap.`,
    cap: 'Cap of a month',
  },
};
