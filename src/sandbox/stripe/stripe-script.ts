import { browserScript } from '../serving/browser-script.ts';

/** The parts of the stand-in for Stripe.js, in the order in which they need each other. */
const parts = [
  '../../browser/modal.ts',
  'appearance.ts',
  'card-rules.ts',
  'test-cards.ts',
  'api-client.ts',
  'card-form.ts',
  'challenge-dialog.ts',
  'payment-element.ts',
  'elements-group.ts',
  'stripe.ts',
];

/** The stand-in for Stripe.js as one classic script. */
export function stripeScript(): string {
  return browserScript(parts.map((part) => new URL(`./browser/${part}`, import.meta.url)));
}
