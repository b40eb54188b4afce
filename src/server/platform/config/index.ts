export { ensureDataDirectory } from './data-directory.ts';
export { envExample } from './env-example.ts';
export { errorCode } from './error-code.ts';
export { loadConfig } from './load-config.ts';
export type { Config, Environment, PayPalKeys, StripeKeys } from './load-config.ts';
export { loadSecret } from './load-secret.ts';
export { readEnvironment } from './read-environment.ts';
export { StartupProblem } from './startup-problem.ts';
