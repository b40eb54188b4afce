/** How much is measured, and how long. */
export type BenchSize = {
  /** How often each pair of designs is measured, one after the other; the medians count. */
  readonly rounds: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly accounts: number;
  /** Of the books whose reading is compared. */
  readonly entries: { readonly small: number; readonly large: number };
  readonly readAccounts: number;
  readonly eventsInRequest: number;
  /** How many uses are consumed while the memory is watched. */
  readonly memoryConsumes: number;
};

/** `full` is what the targets are about; `quick` tells the direction in minutes; `tiny` only that all of it runs. */
export const benchSizes = {
  full: {
    rounds: 3,
    warmUpSeconds: 3,
    seconds: 10,
    connections: 64,
    accounts: 10_000,
    entries: { small: 100_000, large: 10_000_000 },
    readAccounts: 100,
    eventsInRequest: 1_000,
    memoryConsumes: 1_000_000,
  },
  quick: {
    rounds: 2,
    warmUpSeconds: 2,
    seconds: 4,
    connections: 64,
    accounts: 10_000,
    entries: { small: 20_000, large: 1_000_000 },
    readAccounts: 20,
    eventsInRequest: 1_000,
    memoryConsumes: 50_000,
  },
  tiny: {
    rounds: 1,
    warmUpSeconds: 0.05,
    seconds: 0.15,
    connections: 8,
    accounts: 20,
    entries: { small: 100, large: 1_000 },
    readAccounts: 5,
    eventsInRequest: 20,
    memoryConsumes: 200,
  },
} as const satisfies Record<string, BenchSize>;
