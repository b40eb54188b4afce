import { useRef } from 'react';

/**
 * A function that gives the Idempotency-Key of a request body: the same key as long as the body is the same, a new one
 * when it changes, so that a second click or a retry never does a thing twice.
 */
export function useIdempotencyKey(): (body: unknown) => string {
  const last = useRef({ body: '', key: '' });
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current.key === '' || last.current.body !== text) last.current = { body: text, key: newIdempotencyKey() };
    return last.current.key;
  };
}

/** A key nobody has used. `crypto.randomUUID` exists only on https and localhost, and an install may be on neither. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
