import { defaultRetryDelays, type Delivery } from '../deliveries/delivery.ts';
import type { Reader } from '../journal/object-store.ts';
import type { Fault } from './faults.ts';

export type Settings = {
  /** Milliseconds that the sandbox clock is ahead of wall time; negative when behind. */
  clockOffsetMs: number;
  /** Waits before the second, third, … attempt of a webhook. */
  retryDelaysMs: number[];
};

/** What every simulator keeps besides the objects of its gateway. */
export type SimulatorKinds = { delivery: Delivery; fault: Fault; settings: Settings };

/** The settings in force. */
export function settingsOf(reader: Reader<SimulatorKinds>): Settings {
  return reader.get('settings', 'settings') ?? { clockOffsetMs: 0, retryDelaysMs: defaultRetryDelays };
}

/** The instant by the sandbox clock, in milliseconds. */
export function sandboxTime(reader: Reader<SimulatorKinds>): number {
  return Date.now() + settingsOf(reader).clockOffsetMs;
}
