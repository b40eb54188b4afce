import type { Stripe } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';

/**
 * Starts Stripe.js for a publishable key. With real keys the script comes from Stripe; in the sandbox the app's own
 * stand-in is loaded first, after which Stripe's loader finds `window.Stripe` in place and uses it.
 * @throws when the script does not arrive; a later call tries again.
 */
export function stripeScript(publishableKey: string, sandbox: boolean): Promise<Stripe> {
  const started = startedByKey.get(publishableKey);
  if (started) return started;
  const starting = start(publishableKey, sandbox);
  startedByKey.set(publishableKey, starting);
  starting.catch(() => startedByKey.delete(publishableKey));
  return starting;
}

const startedByKey = new Map<string, Promise<Stripe>>();

const standInUrl = '/sandbox/stripe/stripe.js';

async function start(publishableKey: string, sandbox: boolean): Promise<Stripe> {
  if (sandbox && !('Stripe' in window)) await loadScript(standInUrl);
  const stripe = await loadStripe(publishableKey);
  if (stripe === null) throw new Error('Stripe.js did not start.');
  return stripe;
}

/** A classic script element: the module loader would not put `Stripe` on the window before Stripe's own loader looks. */
function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error(`The script ${url} did not load.`));
    });
    document.head.append(script);
  });
}
