import type { Currency } from '#shared/money/index.ts';

/** Top-ups that may fail one after the other before the auto top-up is switched off. */
export const topUpFailuresMax = 3;

/** Why an auto top-up was switched off by us. */
export type TopUpOffReason = 'failures' | 'saved_method_missing' | 'package_unavailable';

/** What an account wants to be bought when its balance runs low. */
export type AutoTopUpSettings = {
  readonly isOn: boolean;
  readonly creditPackageId: string;
  /** Bought when less than this can be spent. Whole credits. */
  readonly thresholdCredits: bigint;
  /** What top-ups may cost in a month of the account's calendar, in minor units of `currency`. */
  readonly monthlyCapMinor: bigint;
  readonly currency: Currency;
};

/** The settings, and how they have fared. */
export type AutoTopUp = AutoTopUpSettings & {
  /** Top-ups that failed one after the other. */
  readonly failures: number;
  readonly offReason: TopUpOffReason | null;
  /** When the cap of the month no longer holds it up. */
  readonly resumesAt: Date | null;
  readonly updatedAt: Date;
};

/** Everything a top-up is decided from. */
export type TopUpSituation = {
  readonly autoTopUp: AutoTopUp | null;
  readonly account: { readonly status: 'active' | 'suspended' | 'closed'; readonly currency: Currency };
  /** What can be spent. Whole credits. */
  readonly available: bigint;
  readonly hasSavedMethod: boolean;
  /** What the package costs now, in minor units; null when it is not for sale in the account's currency. */
  readonly totalMinor: bigint | null;
  /** What the top-ups of this month cost that have succeeded, in minor units. */
  readonly spentMinor: bigint;
  /** Whether an earlier one is not settled, or still waits for its payer to finish it. */
  readonly isUnderWay: boolean;
};

/** What to do: charge; leave it; wait for the next month; or switch it off, because it cannot work any more. */
export type TopUpDecision =
  | { readonly kind: 'charge'; readonly totalMinor: bigint }
  | { readonly kind: 'leave'; readonly why: 'off' | 'account_not_active' | 'balance_suffices' | 'under_way' }
  | { readonly kind: 'wait_for_month' }
  | { readonly kind: 'switch_off'; readonly why: Exclude<TopUpOffReason, 'failures'> };

/** Decides whether to top up now. Pure; asked again under a lock whenever something may have changed. */
export function decideTopUp(situation: TopUpSituation): TopUpDecision {
  const { autoTopUp, account, totalMinor } = situation;
  if (autoTopUp === null || !autoTopUp.isOn) return { kind: 'leave', why: 'off' };
  if (account.status !== 'active') return { kind: 'leave', why: 'account_not_active' };
  if (situation.available >= autoTopUp.thresholdCredits) return { kind: 'leave', why: 'balance_suffices' };
  if (situation.isUnderWay) return { kind: 'leave', why: 'under_way' };
  if (!situation.hasSavedMethod) return { kind: 'switch_off', why: 'saved_method_missing' };
  // A cap in another currency than the account is billed in by now promises nothing.
  if (totalMinor === null || autoTopUp.currency !== account.currency) {
    return { kind: 'switch_off', why: 'package_unavailable' };
  }
  if (situation.spentMinor + totalMinor > autoTopUp.monthlyCapMinor) return { kind: 'wait_for_month' };
  return { kind: 'charge', totalMinor };
}
