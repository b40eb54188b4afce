import type { Log } from '#server/platform/log/index.ts';
import type { Clock } from '#server/platform/clock/index.ts';
import type { Config } from '#server/platform/config/index.ts';
import type { Pool } from '#server/platform/db/index.ts';
import type { Ids } from '#server/platform/ids/index.ts';
import type { Jobs } from '#server/platform/jobs/index.ts';
import type { ConsumeBatch } from '#server/modules/credits/index.ts';
import type { Identity } from '#server/modules/identity/index.ts';
import type { Mailer } from '#server/modules/notifications/index.ts';
import type { PaymentGateway } from '#server/modules/payments/index.ts';

/** What falls due by the clock, and its jobs. */
export type Timetable = {
  /** The next instant after `after` at which something falls due; null when nothing will. */
  nextDueAfter(after: Date): Promise<Date | null>;
  /** Does everything that is due now, and every job that is ready. */
  runDue(): Promise<void>;
};

/** What every flow runs with; `app.ts` at the root composes it. */
export type App = {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly pool: Pool;
  readonly jobs: Jobs;
  readonly identity: Identity;
  /** Where every spending of credits goes through. */
  readonly consumeBatch: ConsumeBatch;
  readonly mailer: Mailer;
  /** The configured gateways by name: `stripe`. */
  readonly gateways: ReadonlyMap<string, PaymentGateway>;
  /** Where people reach this installation: scheme and host without a slash at the end. */
  readonly publicUrl: () => string;
  readonly timetable: Timetable;
  /** Set when the app is told to stop: long work ends at its next step. */
  readonly stopping: AbortSignal;
  /** Tells the simulators how far the clock is ahead of wall time, in milliseconds. */
  readonly tellClock: (offsetMs: number) => Promise<void>;
  /** Stops the process where a test wants it killed; does nothing otherwise. */
  readonly failpoint: (name: string) => void;
};
