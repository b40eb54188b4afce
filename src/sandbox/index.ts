export { sandboxPublishableKey, sandboxSecretKey } from './stripe/api-keys.ts';
export { type StripeSandbox, startStripeSandbox } from './stripe/server.ts';
