import { PgBoss } from 'pg-boss';
import type pg from 'pg';
import { connectionOptions, jobsSchema } from './jobs.ts';

/** Retries run over about a day; what still fails stays in the queue's failed jobs for staff to see. */
const queueOptions = {
  retryLimit: 16,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 21_600,
  expireInSeconds: 300,
  heartbeatSeconds: 10,
  notify: true,
} as const;

/**
 * Makes or upgrades the job library's tables and the named queues. Runs as the owner, with the migrations; the app
 * itself may only use them.
 */
export async function installJobs(owner: pg.PoolConfig, queues: readonly string[]): Promise<void> {
  const boss = new PgBoss({
    ...connectionOptions(owner),
    max: 1,
    schema: jobsSchema,
    createSchema: false,
    supervise: false,
    schedule: false,
    openTelemetry: { enabled: false },
  });
  // Whatever breaks is reported by the call it breaks.
  boss.on('error', () => undefined);
  await boss.start();
  try {
    const known = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const queue of queues) {
      if (known.has(queue)) await boss.updateQueue(queue, queueOptions);
      else await boss.createQueue(queue, queueOptions);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}
