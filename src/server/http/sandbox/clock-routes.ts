import { clockStepSecondsMax } from '#shared/contract/sandbox.ts';
import { moveClock } from '#server/flows/sandbox/move-clock.ts';
import type { App } from '#server/flows/app.ts';
import { ValidationFailed } from '../problem.ts';
import { route, type Route } from '../route.ts';

const getSandboxClockRoute = route('getSandboxClock', async (app) => await Promise.resolve(presentClock(app)));

const moveSandboxClockRoute = route('moveSandboxClock', async (app, { body }) => {
  const now = app.clock.now();
  const target =
    'advance_to' in body ? withinReach(body.advance_to, now) : new Date(now.getTime() + body.advance_seconds * 1_000);
  await moveClock(app, target);
  return presentClock(app);
});

/** Everything due on the way happens while the caller waits, so that a journey has an end. @throws ValidationFailed */
function withinReach(target: Date, now: Date): Date {
  const latest = new Date(now.getTime() + clockStepSecondsMax * 1_000);
  if (target.getTime() <= latest.getTime()) return target;
  const message = `must be at most two years ahead, now ${latest.toISOString()}; go further in several steps`;
  throw new ValidationFailed([{ pointer: '/body/advance_to', message }]);
}

/** The time machine. */
export const clockRoutes: readonly Route[] = [getSandboxClockRoute, moveSandboxClockRoute];

function presentClock(app: App) {
  return {
    now: app.clock.now(),
    offset_seconds: Math.round(app.clock.offsetMs() / 1_000),
    wall: app.clock.wall(),
  };
}
