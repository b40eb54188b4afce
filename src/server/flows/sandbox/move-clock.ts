import { writeClockOffset } from '#server/platform/clock/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';

/** The clock was asked to go back. */
class ClockBackwards extends DomainError {
  constructor(target: Date, now: Date) {
    super(
      'clock_backwards',
      `It is ${now.toISOString()} already; ${target.toISOString()} is past. Choose a later time.`,
    );
  }
}

/** At most this many stops on one journey; a year of a busy sandbox has fewer. */
const stopsMax = 10_000;

/**
 * Moves the clock of the whole system forward, from one due instant to the next, so that everything that falls due on
 * the way happens at its time and in its order, with its jobs done before the clock goes on.
 *
 * @param setNow how the clock is set; by default for every process of the installation and its simulators
 * @throws ClockBackwards
 */
export async function moveClock(
  app: App,
  target: Date,
  setNow: (instant: Date) => Promise<void> = (instant) => setInstallationClock(app, instant),
): Promise<void> {
  if (target.getTime() < app.clock.now().getTime()) throw new ClockBackwards(target, app.clock.now());
  await app.timetable.runDue();
  for (let stop = 0; stop < stopsMax; stop += 1) {
    const due = await app.timetable.nextDueAfter(app.clock.now());
    const next = due !== null && due.getTime() < target.getTime() ? due : target;
    await setNow(next);
    await app.timetable.runDue();
    if (next === target || app.stopping.aborted) return;
  }
  throw new Error('The clock stopped more often on its way than it may.');
}

async function setInstallationClock(app: App, instant: Date): Promise<void> {
  const offsetMs = Math.max(app.clock.offsetMs(), instant.getTime() - app.clock.wall().getTime());
  await inTransaction(app, 'system', (tx) => writeClockOffset(tx, offsetMs));
  app.clock.adoptOffset(offsetMs);
  await app.tellClock(offsetMs);
}
