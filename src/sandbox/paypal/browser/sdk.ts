import { newButtons } from './buttons.ts';
import { sdkScript } from './checkout-client.ts';

/** The ways to pay that PayPal's script knows; only the first exists here. */
const fundingSources = { PAYPAL: 'paypal', VENMO: 'venmo', PAYLATER: 'paylater', CREDIT: 'credit', CARD: 'card' };

/** Sets `window.paypal`, or another name that the page asked for, as PayPal's script does before `load` fires. */
function install(): void {
  const name = sdkScript?.dataset['namespace'] ?? 'paypal';
  const sdk = {
    version: '5.0.0-sandbox',
    Buttons: newButtons,
    FUNDING: fundingSources,
    getFundingSources: () => [fundingSources.PAYPAL],
    isFundingEligible: (source: string) => source === fundingSources.PAYPAL,
  };
  Object.assign(window, { [name]: sdk });
}

install();
