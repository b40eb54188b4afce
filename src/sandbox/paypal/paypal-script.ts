import { browserScript } from '../serving/browser-script.ts';

/** The parts of the stand-in for PayPal's script, in the order in which they need each other. */
const parts = [
  '../../browser/modal.ts',
  'checkout-client.ts',
  'paypal-styles.ts',
  'approval-window.ts',
  'buttons.ts',
  'sdk.ts',
];

/** The stand-in for PayPal's JavaScript SDK as one classic script. */
export function payPalScript(): string {
  return browserScript(parts.map((part) => new URL(`./browser/${part}`, import.meta.url)));
}
