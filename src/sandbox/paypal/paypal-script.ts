import { browserScript } from '../serving/browser-script.ts';

/** What the approval window is made of, in the order in which the parts need each other. */
const approvalWindow = ['../../browser/modal.ts', 'checkout-client.ts', 'paypal-styles.ts', 'approval-window.ts'];

/** The stand-in for PayPal's JavaScript SDK as one classic script. */
export function payPalScript(): string {
  return scriptOf([...approvalWindow, 'buttons.ts', 'sdk.ts']);
}

/** The script of PayPal's own page. */
export function hostedPageScript(): string {
  return scriptOf([...approvalWindow, 'hosted-page.ts']);
}

function scriptOf(parts: readonly string[]): string {
  return browserScript(parts.map((part) => new URL(`./browser/${part}`, import.meta.url)));
}
