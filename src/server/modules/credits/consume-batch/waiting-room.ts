/** What waits in the room: work of one account. */
export type Waiting = { readonly accountId: string };

/** The size of a batch: in all, and of one account while others wait. */
export type BatchLimits = { readonly batchMax: number; readonly accountShareMax: number };

/** Requests waiting for the next batch, in a line for each account. */
export type WaitingRoom<Item extends Waiting> = {
  readonly size: () => number;
  /** How many wait of one account. */
  readonly sizeOf: (accountId: string) => number;
  add(item: Item): void;
  /**
   * Takes the next batch: from each account in turn, those longest waiting first, up to its share; what room is left
   * then goes to whoever has more. Accounts for which `isBusy` are passed over, since they could only wait for their
   * own earlier batch.
   */
  take(limits: BatchLimits, isBusy: (accountId: string) => boolean): Item[];
};

/** An empty room. */
export function createWaitingRoom<Item extends Waiting>(): WaitingRoom<Item> {
  const lines = new Map<string, Item[]>();
  let size = 0;

  /** Takes up to `most` of an account; what is left goes to the end of the room. */
  function takeFrom(accountId: string, line: Item[], most: number): Item[] {
    const taken = line.splice(0, most);
    size -= taken.length;
    lines.delete(accountId);
    if (line.length > 0) lines.set(accountId, line);
    return taken;
  }

  return {
    size: () => size,
    sizeOf: (accountId) => lines.get(accountId)?.length ?? 0,
    add(item) {
      const line = lines.get(item.accountId);
      if (line === undefined) lines.set(item.accountId, [item]);
      else line.push(item);
      size += 1;
    },
    take({ batchMax, accountShareMax }, isBusy) {
      const batch: Item[] = [];
      for (const most of [accountShareMax, batchMax]) {
        for (const [accountId, line] of Array.from(lines)) {
          const room = Math.min(most, batchMax - batch.length);
          if (room === 0) return batch;
          if (!isBusy(accountId)) batch.push(...takeFrom(accountId, line, room));
        }
      }
      return batch;
    },
  };
}
