import { type DestinationStream, type Logger, pino } from 'pino';

/** The log: JSON lines, never with a secret, a card or a key in them. */
export type Log = Logger;

/** What must not appear in a line, wherever it stands. */
const secrets = ['authorization', 'cookie', 'password', 'secret', 'token', 'client_secret', 'clientSecret', 'key'];

/** A log that writes lines of at least `level` (`fatal` to `trace`, or `silent`) to standard output or `destination`. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
