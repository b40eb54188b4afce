export { sandboxPublishableKey, sandboxSecretKey } from './stripe/api-keys.ts';
export { type StripeSandbox, startStripeSandbox } from './stripe/server.ts';
export { approveAsBuyer } from './paypal/act-as-buyer.ts';
export { sandboxClientId, sandboxClientSecret, sandboxWebhookId } from './paypal/credentials.ts';
export { type PayPalSandbox, startPayPalSandbox } from './paypal/server.ts';
