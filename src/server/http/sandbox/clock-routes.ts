import { moveClock } from '#server/flows/sandbox/move-clock.ts';
import type { App } from '#server/flows/app.ts';
import { route, type Route } from '../route.ts';

const getSandboxClockRoute = route('getSandboxClock', async (app) => await Promise.resolve(presentClock(app)));

const moveSandboxClockRoute = route('moveSandboxClock', async (app, { body }) => {
  const target =
    'advance_to' in body ? body.advance_to : new Date(app.clock.now().getTime() + body.advance_seconds * 1_000);
  await moveClock(app, target);
  return presentClock(app);
});

/** The time machine. */
export const clockRoutes: readonly Route[] = [getSandboxClockRoute, moveSandboxClockRoute];

function presentClock(app: App) {
  return {
    now: app.clock.now(),
    offset_seconds: Math.round(app.clock.offsetMs() / 1_000),
    wall: app.clock.wall(),
  };
}
