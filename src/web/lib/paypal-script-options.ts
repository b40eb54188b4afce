import type { ReactPayPalScriptOptions } from '@paypal/react-paypal-js';

/** Where the sandbox's stand-in for PayPal's script is found, at our own origin. */
const standInUrl = '/sandbox/paypal/sdk/js';

/**
 * What PayPal's script is started with. With real keys it comes from PayPal; the sandbox's own stand-in is an address of
 * this app. Cards are paid by the card form, so that PayPal offers none of its own.
 */
export function paypalScriptOptions({
  clientId,
  currency,
  language,
  sandbox,
}: {
  clientId: string;
  currency: string;
  language: string;
  sandbox: boolean;
}): ReactPayPalScriptOptions {
  return {
    clientId,
    currency,
    intent: 'capture',
    components: 'buttons',
    commit: true,
    disableFunding: 'card',
    ...(language === 'en' ? { locale: 'en_US' } : {}),
    ...(sandbox ? { sdkBaseUrl: standInUrl } : {}),
  };
}
