import type { StateTable } from '#shared/state/index.ts';

/**
 * What a dispute may become. A bank may ask for more before it decides; what it has decided stays, and an answer that is
 * older than what we know finds no way here.
 */
export const disputeStates = {
  needs_response: ['under_review', 'won', 'lost'],
  under_review: ['needs_response', 'won', 'lost'],
  won: [],
  lost: [],
} as const satisfies StateTable<'needs_response' | 'under_review' | 'won' | 'lost'>;

export type DisputeStatus = keyof typeof disputeStates;

/** Whether the bank has not decided yet. */
export function isOpenDispute(status: DisputeStatus): boolean {
  return status === 'needs_response' || status === 'under_review';
}
