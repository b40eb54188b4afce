import { fromKysely, type Job, type JobResult, PgBoss } from 'pg-boss';
import type pg from 'pg';
import type { Tx } from '../db/index.ts';
import { messageOf } from '../errors/index.ts';
import type { Log } from '../log/index.ts';

/** Where pg-boss keeps its tables. */
export const jobsSchema = 'purser_jobs';

/** What runs a job of one queue: parses the payload and calls a flow. It may run more than once for one job. */
export type JobHandler = (payload: unknown) => Promise<void>;

/** The handler of every queue, by name. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** The queue of later work, kept in PostgreSQL. */
export type Jobs = {
  /** Adds a job in the caller's transaction: it exists if and only if its cause is committed. */
  enqueue(tx: Tx, queue: string, payload: object): Promise<void>;
  /** Starts working on every queue, retrying with backoff. */
  work(handlers: JobHandlers): Promise<void>;
  /** Runs every job that is ready, and those they enqueue, until none is left. Returns how many ran. */
  drain(handlers: JobHandlers): Promise<number>;
  /** Lets running jobs finish, at most `timeoutMs`, and disconnects. */
  stop(timeoutMs: number): Promise<void>;
};

/** Connects to the queues, which `installJobs` has made. */
export async function startJobs(connection: pg.PoolConfig, log: Log): Promise<Jobs> {
  const boss = new PgBoss({
    ...connectionOptions(connection),
    max: 4,
    schema: jobsSchema,
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: true,
    superviseIntervalSeconds: 10,
    // A job that died with its process is found by its missing heartbeat and done within half a minute.
    monitorIntervalSeconds: 10,
    reindex: false,
    monitorVacuum: false,
    useListenNotify: true,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ error: messageOf(error) }, 'the job queue met an error'));
  await boss.start();
  const running = new Set<Promise<unknown>>();

  async function run(handlers: JobHandlers, queue: string, job: Job<unknown>): Promise<JobResult> {
    const handler = handlers[queue];
    if (handler === undefined) throw new Error(`No handler for the queue ${queue}.`);
    try {
      await handler(job.data);
      return { id: job.id, status: 'completed' };
    } catch (thrown) {
      log.error(
        { queue, job: job.id, payload: job.data, error: messageOf(thrown), stack: stackOf(thrown) },
        'a job failed',
      );
      return { id: job.id, status: 'failed', output: { message: messageOf(thrown) } };
    }
  }

  async function runBatch(handlers: JobHandlers, queue: string, batch: Job<unknown>[]): Promise<JobResult[]> {
    const work = Promise.all(batch.map((job) => run(handlers, queue, job)));
    running.add(work);
    return await work.finally(() => running.delete(work));
  }

  return {
    async enqueue(tx, queue, payload) {
      await boss.send(queue, payload, { db: fromKysely(tx) });
    },
    async work(handlers) {
      const options = {
        batchSize: 10,
        perJobResults: true,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
        burstWhenBatchFull: true,
      } as const;
      for (const queue of Object.keys(handlers)) {
        await boss.work(queue, options, (batch: Job<unknown>[]) => runBatch(handlers, queue, batch));
      }
    },
    async drain(handlers) {
      let count = 0;
      for (;;) {
        let found = 0;
        for (const queue of Object.keys(handlers)) {
          const batch = await boss.fetch<unknown>(queue, { batchSize: 50 });
          found += batch.length;
          for (const result of await runBatch(handlers, queue, batch)) {
            if (result.status === 'completed') await boss.complete(queue, result.id);
            else await boss.fail(queue, result.id, result.output ?? null);
          }
        }
        count += found;
        if (found === 0 && running.size === 0) return count;
        await Promise.all(running);
      }
    },
    async stop(timeoutMs) {
      await boss.stop({ graceful: true, timeout: timeoutMs });
    },
  };
}

function stackOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.stack : undefined;
}

/** pg-boss takes the same options as the driver, but not its functions. */
export function connectionOptions(config: pg.PoolConfig): Record<string, unknown> {
  const { connectionString, host, port, user, database, options } = config;
  const password = config.password;
  const all = { connectionString, host, port, user, database, password, options, ssl: config.ssl };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
