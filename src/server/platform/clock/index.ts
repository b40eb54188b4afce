export { type Clock, createClock } from './clock.ts';
export { readClockOffset, writeClockOffset } from './stored-clock.ts';
