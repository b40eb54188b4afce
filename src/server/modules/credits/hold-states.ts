import type { holdStatuses } from '#shared/contract/metering.ts';
import type { StateTable } from '#shared/state/index.ts';

/** What a hold may become. It ends once: spent, given back, or run out of time. */
export const holdStates = {
  open: ['captured', 'released', 'expired'],
  captured: [],
  released: [],
  expired: [],
} as const satisfies StateTable<(typeof holdStatuses)[number]>;

export type HoldStatus = keyof typeof holdStates;
