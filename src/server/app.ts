import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from './flows/app.ts';
import { createManualGateway } from './gateways/manual/index.ts';
import { createPayPalGateway, type PayPalConnection } from './gateways/paypal/index.ts';
import { createStripeGateway, type StripeConnection } from './gateways/stripe/index.ts';
import { jobHandlers } from './jobs/job-handlers.ts';
import { nextDueAfter, runDue } from './jobs/schedule.ts';
import { createMailboxMailer } from './mailers/mailbox/index.ts';
import { createSmtpMailer } from './mailers/smtp/index.ts';
import { consumeConnections, createConsumeBatch } from './modules/credits/index.ts';
import { createIdentity } from './modules/identity/index.ts';
import type { PaymentGateway } from './modules/payments/index.ts';
import { type Clock, createClock, readClockOffset } from './platform/clock/index.ts';
import type { Config } from './platform/config/index.ts';
import { inRead, openPool } from './platform/db/index.ts';
import { createIds } from './platform/ids/index.ts';
import { startJobs } from './platform/jobs/index.ts';
import type { Log } from './platform/log/index.ts';
import type { DatabaseConnections } from './platform/migrations/index.ts';

export type { PayPalConnection } from './gateways/paypal/index.ts';
export type { StripeConnection } from './gateways/stripe/index.ts';

/** What the app is composed from. */
export type AppParts = {
  readonly config: Config;
  readonly log: Log;
  readonly connections: DatabaseConnections;
  /** Signs cookies and tokens. */
  readonly secret: string;
  /** Where people reach this installation; asked for late, because a free port is known only after listening. */
  readonly publicUrl: () => string;
  /** How to reach Stripe or its simulator; null offers no card payments. */
  readonly stripe: StripeConnection | null;
  /** How to reach PayPal or its simulator; null offers no payments by PayPal. */
  readonly paypal: PayPalConnection | null;
  /** The clock to go by; the installation's own when left away. */
  readonly clock?: Clock;
  readonly tellClock?: (offsetMs: number) => Promise<void>;
};

/** The app, and what keeps it going. */
export type RunningApp = {
  readonly app: App;
  /** Starts working on jobs, and on what falls due by the clock once a second. */
  startWorking(): Promise<void>;
  /** Lets running work end, at most ten seconds, and disconnects. */
  close(): Promise<void>;
};

/** Connections the app itself holds at most; the sign-in library and the job queue have four each. */
const connectionsMax = 16;

/** How long spending may take before its caller is told to ask again, in milliseconds: in the database, and over all. */
const consumeLimits = { statement_timeout: 10_000, query_timeout: 15_000 };

/** How often the worker looks for what is due, in milliseconds of wall time. */
const tickMs = 1_000;

/** How often what is due is looked for at one instant; each round does at least one thing. */
const roundsMax = 1_000;

/** How long running jobs may take to end when the app closes. */
const jobsEndMs = 10_000;

/** The composition root: from configuration and connections to the app every flow runs with. */
export async function createApp(parts: AppParts): Promise<RunningApp> {
  const { config, log } = parts;
  const pool = openPool(parts.connections.app, connectionsMax);
  // The clock is the installation's, not an account's.
  const clock = parts.clock ?? createClock(await inRead({ pool }, 'system', readClockOffset));
  const ids = createIds(clock);
  // The hot path has connections for itself, so that it waits for nothing else.
  const consumePool = openPool({ ...parts.connections.app, ...consumeLimits }, consumeConnections);
  const identity = createIdentity({
    connection: parts.connections.app,
    secret: parts.secret,
    publicUrl: parts.publicUrl(),
    ids,
    clock,
    log,
  });
  const jobs = await startJobs(parts.connections.app, log);
  const stopping = new AbortController();
  const app: App = {
    config,
    clock,
    ids,
    log,
    pool,
    jobs,
    identity,
    consumeBatch: createConsumeBatch(consumePool, { clock, ids }, log),
    mailer: config.smtpUrl === null ? createMailboxMailer() : createSmtpMailer(config.smtpUrl.reveal()),
    gateways: gatewaysOf(parts, clock),
    publicUrl: parts.publicUrl,
    timetable: {
      nextDueAfter: (after) => nextDueAfter(app, after),
      runDue: async () => {
        for (let round = 0; round < roundsMax && !stopping.signal.aborted; round += 1) {
          await jobs.drain(handlers);
          if ((await runDue(app)) === 0) return;
        }
      },
    },
    stopping: stopping.signal,
    tellClock: parts.tellClock ?? (() => Promise.resolve()),
    failpoint: failpointOf(config.failpoint),
  };
  const handlers = jobHandlers(app);
  let ticking: NodeJS.Timeout | undefined;
  let isLooking: Promise<void> | undefined;
  return {
    app,
    async startWorking() {
      await jobs.work(handlers);
      ticking = setInterval(() => {
        // A look that takes longer than a tick is not joined by a second one.
        isLooking ??= tick(app).finally(() => {
          isLooking = undefined;
        });
      }, tickMs);
    },
    async close() {
      clearInterval(ticking);
      stopping.abort();
      await Promise.race([isLooking, delay(jobsEndMs, undefined, { ref: false })]);
      await jobs.stop(jobsEndMs);
      await identity.close();
      await consumePool.close();
      await pool.close();
    },
  };
}

/** The secret the Stripe simulator signs webhooks with: made from the app's own, so that it survives restarts. */
export function sandboxWebhookSecret(secret: string): string {
  return `whsec_${createHmac('sha256', secret).update('stripe sandbox webhooks').digest('hex').slice(0, 32)}`;
}

function gatewaysOf({ stripe, paypal }: AppParts, clock: Clock): ReadonlyMap<string, PaymentGateway> {
  const gateways = [
    ...(stripe === null ? [] : [createStripeGateway(stripe)]),
    ...(paypal === null ? [] : [createPayPalGateway(paypal)]),
    createManualGateway({ now: clock.now }),
  ];
  return new Map(gateways.map((gateway) => [gateway.name, gateway]));
}

/** One look at the clock and the timetable; what fails is told and tried again at the next. */
async function tick(app: App): Promise<void> {
  try {
    // Another process of this installation may have moved the clock.
    if (app.config.sandbox) app.clock.adoptOffset(await inRead(app, 'system', readClockOffset));
    await runDue(app);
  } catch (thrown) {
    app.log.warn({ err: thrown }, 'the timetable could not be looked at');
  }
}

/** Kills the process at the named step, as a power cut would: for the tests of recovery, in sandbox mode alone. */
function failpointOf(wanted: string | null): (name: string) => void {
  return (name) => {
    if (name === wanted) process.kill(process.pid, 'SIGKILL');
  };
}
