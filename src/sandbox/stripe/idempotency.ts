import { createHash } from 'node:crypto';
import { StripeError } from './errors.ts';
import type { FormObject } from './form-decoding.ts';
import type { StoredReply, StripeReader } from './objects.ts';

const keyMax = 255;
const lifetimeMs = 24 * 3_600_000;

/**
 * Checks an idempotency key before a POST is carried out. Returns the stored reply when the request has been carried out
 * before. Throws Stripe's 400 for a key too long or used with other parameters, and its 409 while the first is under way.
 */
export function replayOf(
  reader: StripeReader,
  underWay: ReadonlySet<string>,
  key: string,
  fingerprint: string,
): StoredReply | undefined {
  if (key.length > keyMax) {
    throw idempotencyError(400, `Idempotency keys may have at most ${keyMax} characters.`);
  }
  if (underWay.has(key)) {
    throw new StripeError(
      409,
      {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key: ${key}`,
      },
      { beforeExecution: true },
    );
  }
  const stored = reader.get('idempotency', key);
  if (!stored || isExpired(stored)) return undefined;
  if (stored.fingerprint !== fingerprint) {
    const message = 'Keys for idempotent requests can only be used with the same parameters they were first used with.';
    throw idempotencyError(400, `${message} Try using a key other than '${key}'.`);
  }
  return stored;
}

function idempotencyError(status: number, message: string): StripeError {
  return new StripeError(status, { type: 'idempotency_error', message }, { beforeExecution: true });
}

/** Whether a stored reply is old enough to be forgotten, as Stripe forgets after a day. */
export function isExpired(stored: StoredReply): boolean {
  return Date.now() - stored.storedAt > lifetimeMs;
}

/** What makes two requests the same: method, path and parameters in any order. */
export function fingerprintOf(method: string, path: string, form: FormObject): string {
  return createHash('sha256')
    .update(`${method} ${path} ${canonical(form)}`)
    .digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
