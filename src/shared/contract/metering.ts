/** Why a lot of credits exists: a plan's share, a purchase, a gift, or a correction by staff. */
export const lotKinds = ['plan', 'purchased', 'bonus', 'adjustment'] as const;
export type LotKind = (typeof lotKinds)[number];

/** What a ledger entry does. */
export const entryKinds = [
  'grant',
  'consumption',
  'hold',
  'capture',
  'release',
  'expiry',
  'adjustment',
  /** A refund takes back what is left of the very lot that was bought; it comes back when the refund fails. */
  'clawback',
  'reinstatement',
  /** What a disputed payment bought cannot be spent until the dispute is decided. */
  'freeze',
  'unfreeze',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** The states of a hold. */
export const holdStatuses = ['open', 'captured', 'released', 'expired'] as const;

/** How the cost of a whole quantity becomes whole credits. */
export const costRoundings = ['up', 'half_up', 'down'] as const;
export type CostRounding = (typeof costRoundings)[number];

/** A range of days that usage is asked for: from when on, and how long at most (two years, one of them a leap year). */
export const usageRange = { earliest: '2000-01-01', daysMax: 731 } as const;
