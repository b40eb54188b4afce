import { useRef, useState } from 'react';
import { type ApiResult, api } from '#web/lib/api.ts';
import { newIdempotencyKey } from '#web/lib/idempotency-key.ts';
import type { SavedMethod } from '#web/lib/saved-method-words.ts';

/** The saving of a method as the server tells it. */
export type MethodSetup = ApiResult<'addPaymentMethod'>;

/** Why a method was not saved: the gateway's or the bank's word, or a request that failed. */
export type SetupTrouble =
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unsure' }
  | { readonly kind: 'request'; readonly error: unknown };

/**
 * One attempt at a time to save a method: started at the server, gone on with at the gateway, confirmed at the server. A
 * second attempt after a refused card goes on with the same setup.
 */
export function useMethodSetup(method: string, onSaved: (saved: SavedMethod | null) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<SetupTrouble | null>(null);
  const running = useRef(false);
  const key = useRef(newIdempotencyKey());

  /** Runs one attempt unless one is running: state arrives a render too late to stop a double click. */
  async function once(attempt: () => Promise<SetupTrouble | null>): Promise<void> {
    if (running.current) return;
    running.current = true;
    setTrouble(null);
    setBusy(true);
    try {
      setTrouble(await attempt());
    } catch (error) {
      setTrouble({ kind: 'request', error });
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  async function start(): Promise<MethodSetup> {
    const body = { method };
    const setup = await api('addPaymentMethod', { body, idempotencyKey: key.current });
    if (setup.status !== 'failed') return setup;
    // Nothing comes of one that has ended, such as the one of a page that was open for days: this is another one.
    key.current = newIdempotencyKey();
    return await api('addPaymentMethod', { body, idempotencyKey: key.current });
  }

  /** Asks the server how a setup ended, and takes it over. */
  async function settle(setupId: string): Promise<SetupTrouble | null> {
    const setup = await api('confirmMethodSetup', { params: { id: setupId } });
    const refused = refusalOf(setup);
    if (setup.status !== 'open') key.current = newIdempotencyKey();
    if (refused === null) await onSaved(setup.saved_method);
    return refused;
  }

  return { busy, trouble, once, start, settle, say: setTrouble };
}

/** Why a setup has not saved a method; null when it has. */
export function refusalOf(setup: MethodSetup): SetupTrouble | null {
  if (setup.status === 'succeeded') return null;
  if (setup.last_error !== null) return { kind: 'refused', ...setup.last_error };
  return setup.status === 'open' ? { kind: 'unsure' } : { kind: 'refused', code: '', message: '' };
}
