import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Secret } from './secret.ts';
import { StartupProblem } from './startup-problem.ts';
import { describeVariable, variables } from './variables.ts';

/** What Purser was told by its environment, checked once at the start. */
export type Config = Readonly<{
  /** 0 takes a free port. */
  port: number;
  host: string;
  /** Scheme and host without a slash at the end; null means http://localhost and the port that is listened on. */
  publicUrl: string | null;
  /** Whose X-Forwarded-For is believed: addresses, CIDR ranges, or `loopback`. */
  trustedProxies: readonly string[];
  /** Null means the embedded PostgreSQL. */
  databaseUrl: Secret | null;
  /** An absolute path. */
  dataDirectory: string;
  /** What PURSER_SECRET says; use `loadSecret` for the secret to work with. */
  secret: Secret | null;
  role: 'all' | 'web' | 'worker';
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Null means that e-mails stay in the mailbox. */
  smtpUrl: Secret | null;
  mailFrom: string;
  stripe: StripeKeys | null;
  /** Whether webhooks of Stripe are taken in; else payments are followed by asking alone. */
  stripeWebhooks: boolean;
  paypal: PayPalKeys | null;
  sandboxStripePort: number;
  sandboxPaypalPort: number;
  /** True when no gateway has keys: simulators stand in for them and the clock can be moved. */
  sandbox: boolean;
  /** What happens to the unspent credits of a payment while its payer disputes it. */
  disputeCredits: 'freeze' | 'keep';
  /** The step at which the process kills itself; only in the sandbox. */
  failpoint: string | null;
}>;

/** The keys of a Stripe account, all of one mode. */
export type StripeKeys = Readonly<{
  mode: 'test' | 'live';
  publicKey: string;
  secretKey: Secret;
  webhookSecret: Secret;
}>;

/** The keys of a PayPal app. */
export type PayPalKeys = Readonly<{
  mode: 'sandbox' | 'live';
  clientId: string;
  clientSecret: Secret;
  /** Null takes no webhooks in; payments are followed by asking. */
  webhookId: string | null;
  webhookVerification: 'certificate' | 'api';
  /** Null believes the account the app belongs to. */
  merchantId: string | null;
}>;

/** The environment as a process is given it. */
export type Environment = Readonly<Record<string, string | undefined>>;

const environmentSchema = z.object(variables);
type Values = z.infer<typeof environmentSchema>;

/**
 * Reads the configuration. Variables that are empty count as absent, as in a file of `NAME=` lines.
 *
 * @param options.inContainer decides the default of HOST; found out when not given.
 * @throws ConfigurationInvalid with every problem at once.
 */
export function loadConfig(environment: Environment, options: { inContainer?: boolean } = {}): Config {
  const given = givenTexts(environment);
  const parsed = environmentSchema.safeParse(given);
  const problems = [...(parsed.success ? [] : describeIssues(parsed.error, given)), ...findContradictions(given)];
  if (!parsed.success || problems.length > 0) throw new ConfigurationInvalid(problems);
  return Object.freeze(toConfig(parsed.data, options.inContainer ?? runsInContainer(environment)));
}

/** The environment cannot be used; the message lists every reason, one a line. */
export class ConfigurationInvalid extends StartupProblem {
  override readonly name = 'ConfigurationInvalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

type VariableName = keyof typeof variables;
type GivenTexts = Partial<Record<VariableName, string>>;

function givenTexts(environment: Environment): GivenTexts {
  const given: GivenTexts = {};
  for (const name of variableNames) {
    const text = environment[name]?.trim();
    if (text !== undefined && text !== '') given[name] = text;
  }
  return given;
}

const variableNames = environmentSchema.keyof().options;

function describeIssues(error: z.ZodError, given: GivenTexts): string[] {
  const described = new Map<VariableName, string>();
  for (const issue of error.issues) {
    const name = variableNames.find((candidate) => candidate === issue.path[0]);
    // One sentence about a variable is enough, even when several rules find it wrong.
    if (name === undefined || described.has(name)) continue;
    const shown = describeVariable(name).secret === true ? '' : `; it is “${given[name] ?? ''}”`;
    described.set(name, `${name} must be ${issue.message}${shown}.`);
  }
  return [...described.values()];
}

/** Rules about several variables. They look at the raw texts, so that they are told beside the other problems. */
function findContradictions(given: GivenTexts): string[] {
  const problems: string[] = [];
  if (given.DATABASE_URL !== undefined && given.PURSER_SECRET === undefined) {
    problems.push(
      'PURSER_SECRET must be set (32 characters or more) when DATABASE_URL is, so that all processes share one secret.',
    );
  }
  if (given.SMTP_URL !== undefined && given.MAIL_FROM === undefined) {
    problems.push('MAIL_FROM must be set when SMTP_URL is: mail servers refuse an unknown sender.');
  }
  problems.push(...findStripeContradictions(given), ...findPayPalContradictions(given), ...findMixedModes(given));
  for (const [gateway, names] of [['Stripe', stripeNames] as const, ['PayPal', payPalNames] as const]) {
    if (given.PURSER_FAILPOINT === undefined || !names.some((name) => given[name] !== undefined)) continue;
    problems.push(`PURSER_FAILPOINT is for the sandbox only; take it or the keys of ${gateway} away.`);
  }
  return problems;
}

const stripeNames = ['STRIPE_PUBLIC_KEY', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'] as const;

function findStripeContradictions(given: GivenTexts): string[] {
  const missing = stripeNames.filter((name) => given[name] === undefined);
  const problems: string[] = [];
  if (missing.length === 1 || missing.length === 2) {
    problems.push(
      `The three keys of Stripe go together; ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    );
  }
  const publicMode = modeOf(given.STRIPE_PUBLIC_KEY);
  const secretMode = modeOf(given.STRIPE_SECRET_KEY);
  if (publicMode !== null && secretMode !== null && publicMode !== secretMode) {
    problems.push(
      `STRIPE_PUBLIC_KEY is a ${publicMode} key and STRIPE_SECRET_KEY a ${secretMode} key; take both from the same mode of Stripe’s dashboard.`,
    );
  }
  return problems;
}

const payPalNames = ['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET', 'PAYPAL_MODE'] as const;

function findPayPalContradictions(given: GivenTexts): string[] {
  const missing = payPalNames.filter((name) => given[name] === undefined);
  const problems: string[] = [];
  if (missing.length === 1 || missing.length === 2) {
    problems.push(
      `PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET and PAYPAL_MODE go together; ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    );
  }
  if (given.PAYPAL_MODE === 'live' && given.PAYPAL_WEBHOOK_ID === undefined) {
    problems.push(
      'PAYPAL_WEBHOOK_ID must be set when PAYPAL_MODE is live: without webhooks a payment whose payer has gone away is noticed late, and a refund or dispute never.',
    );
  }
  if (missing.length === payPalNames.length) {
    const alone = (['PAYPAL_WEBHOOK_ID', 'PAYPAL_MERCHANT_ID'] as const).filter((name) => given[name] !== undefined);
    problems.push(
      ...alone.map((name) => `${name} says nothing without PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET and PAYPAL_MODE.`),
    );
  }
  return problems;
}

/** Play money and real money never meet in one database. */
function findMixedModes(given: GivenTexts): string[] {
  const stripe = modeOf(given.STRIPE_SECRET_KEY);
  const paypal = given.PAYPAL_MODE;
  if (stripe === null || (paypal !== 'sandbox' && paypal !== 'live')) return [];
  if ((stripe === 'live') === (paypal === 'live')) return [];
  return [
    `PAYPAL_MODE is ${paypal} and the keys of Stripe are of ${stripe} mode; take both from where money is real, or both from where it is not.`,
  ];
}

function modeOf(stripeKey: string | undefined): 'test' | 'live' | null {
  const mode = /^[psr]k_(test|live)_/.exec(stripeKey ?? '')?.[1];
  return mode === 'test' || mode === 'live' ? mode : null;
}

function toConfig(values: Values, inContainer: boolean): Config {
  const stripe = toStripeKeys(values);
  const paypal = toPayPalKeys(values);
  return {
    port: values.PORT,
    host: values.HOST ?? (inContainer ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: values.PUBLIC_URL === undefined ? null : new URL(values.PUBLIC_URL).origin,
    trustedProxies: values.PURSER_TRUSTED_PROXIES,
    databaseUrl: toSecret(values.DATABASE_URL),
    dataDirectory: path.resolve(values.PURSER_DATA_DIR),
    secret: toSecret(values.PURSER_SECRET),
    role: values.PURSER_ROLE,
    // A first try at home is read by a person, who wants to see the address and not every request.
    logLevel: values.LOG_LEVEL ?? (values.DATABASE_URL === undefined ? 'warn' : 'info'),
    smtpUrl: toSecret(values.SMTP_URL),
    mailFrom: values.MAIL_FROM ?? 'Purser <billing@localhost>',
    stripe,
    stripeWebhooks: values.PURSER_STRIPE_WEBHOOKS === 'on',
    paypal,
    sandboxStripePort: values.SANDBOX_STRIPE_PORT,
    sandboxPaypalPort: values.SANDBOX_PAYPAL_PORT,
    disputeCredits: values.DISPUTE_CREDITS,
    sandbox: stripe === null && paypal === null,
    failpoint: values.PURSER_FAILPOINT ?? null,
  };
}

function toStripeKeys(values: Values): StripeKeys | null {
  const { STRIPE_PUBLIC_KEY: publicKey, STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = values;
  const mode = modeOf(secretKey);
  if (publicKey === undefined || secretKey === undefined || webhookSecret === undefined || mode === null) return null;
  return Object.freeze({ mode, publicKey, secretKey: new Secret(secretKey), webhookSecret: new Secret(webhookSecret) });
}

function toPayPalKeys(values: Values): PayPalKeys | null {
  const { PAYPAL_CLIENT_ID: clientId, PAYPAL_CLIENT_SECRET: clientSecret, PAYPAL_MODE: mode } = values;
  if (clientId === undefined || clientSecret === undefined || mode === undefined) return null;
  return Object.freeze({
    mode,
    clientId,
    clientSecret: new Secret(clientSecret),
    webhookId: values.PAYPAL_WEBHOOK_ID ?? null,
    webhookVerification: values.PAYPAL_WEBHOOK_VERIFICATION,
    merchantId: values.PAYPAL_MERCHANT_ID ?? null,
  });
}

function toSecret(text: string | undefined): Secret | null {
  return text === undefined ? null : new Secret(text);
}

/** Inside a container 127.0.0.1 reaches nobody outside it, so that listening there would be of no use. */
function runsInContainer(environment: Environment): boolean {
  return (
    environment['container'] !== undefined ||
    environment['KUBERNETES_SERVICE_HOST'] !== undefined ||
    existsSync('/.dockerenv') ||
    existsSync('/run/.containerenv')
  );
}
