import { afterAttempt, type Delivery, type OutgoingRequest } from './delivery.ts';
import { postMessage } from './post-message.ts';

const inFlightMax = 8;
const timerMax = 2 ** 31 - 1;

export type DeliveryQueue = {
  /** Looks again at what is due; to be called after every change of the deliveries. */
  wake(): void;
  /** Stops sending. What was under way is cut off and stays pending. */
  close(): Promise<void>;
};

/**
 * Sends deliveries when they are due and remembers what came of them. It keeps no state of its own: the deliveries live
 * where `pending` reads and `save` writes them, so that a restart goes on where a crash stopped. `compose` makes the
 * request of one attempt, or nothing when the address is gone, which ends the delivery as failed.
 */
export function startDeliveryQueue(options: {
  pending: () => Delivery[];
  save: (delivery: Delivery) => Promise<void>;
  compose: (delivery: Delivery) => OutgoingRequest | undefined;
  retryDelays: () => readonly number[];
  timeoutMs: number;
  log: (line: string) => void;
}): DeliveryQueue {
  const inFlight = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    clearTimeout(timer);
    timer = undefined;
    if (stopping.signal.aborted) return;
    const waiting = options
      .pending()
      .filter((delivery) => !inFlight.has(delivery.id))
      .toSorted((left, right) => (left.next_attempt_at ?? 0) - (right.next_attempt_at ?? 0));
    for (const delivery of waiting) {
      if (inFlight.size >= inFlightMax) return;
      const wait = (delivery.next_attempt_at ?? 0) - Date.now();
      if (wait > 0) {
        timer = setTimeout(wake, Math.min(wait, timerMax));
        return;
      }
      inFlight.set(delivery.id, attempt(delivery));
    }
  }

  async function attempt(delivery: Delivery): Promise<void> {
    // The map entry has to exist before anything below can finish.
    await Promise.resolve();
    try {
      const outcome = await send(delivery);
      if (!stopping.signal.aborted) await options.save(outcome);
    } catch (error) {
      options.log(`A delivery could not be recorded: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      inFlight.delete(delivery.id);
      wake();
    }
  }

  async function send(delivery: Delivery): Promise<Delivery> {
    const outgoing = options.compose(delivery);
    if (!outgoing) return { ...delivery, status: 'failed', next_attempt_at: null };
    const result = await postMessage(outgoing, { timeoutMs: options.timeoutMs, signal: stopping.signal });
    return afterAttempt(delivery, result, options.retryDelays());
  }

  return {
    wake,
    async close() {
      stopping.abort();
      clearTimeout(timer);
      await Promise.all(inFlight.values());
    },
  };
}
