import { isIP } from 'node:net';
import { z } from 'zod';

/** What a person is told about a variable besides its name. */
export type VariableDescription = {
  /** One or two sentences for .env.example. */
  about: string;
  /** What .env.example shows behind the name: the default, or something that could stand there. */
  example: string;
  /** The value must not appear in messages. */
  secret?: true;
};

const descriptions = z.registry<VariableDescription>();

/** The description of a variable of the environment. */
export function describeVariable(name: keyof typeof variables): VariableDescription {
  const description = descriptions.get(variables[name]);
  if (description === undefined) throw new Error(`${name} has no description.`);
  return description;
}

/** A whole number; the messages of all schemas continue “NAME must be …”. */
function port(fallback: number) {
  const message = 'a whole number between 0 and 65535';
  return z
    .string()
    .regex(/^\d{1,5}$/, message)
    .transform(Number)
    .refine((number) => number <= 65_535, message)
    .default(fallback);
}

function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const last = words.at(-1);
  return z.enum(words, { error: `${words.slice(0, -1).join(', ')} or ${last}` });
}

function url(schemes: readonly string[], message: string) {
  return z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), message);
}

function key(pattern: RegExp, message: string) {
  return z.string().regex(pattern, message);
}

/** An address, or a range such as 10.0.0.0/8 that is less than everybody. */
function isProxyRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

/** The variables of the environment, in the order of .env.example. Values are texts; empty ones were removed before. */
export const variables = {
  PORT: port(3000).register(descriptions, {
    about: 'The port of the web application and the API; 0 takes a free one.',
    example: '3000',
  }),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'a host name or an IP address')
    .optional()
    .register(descriptions, {
      about:
        'The address to listen on. Without it only this machine is served (127.0.0.1); in a container everybody is (0.0.0.0).',
      example: '127.0.0.1',
    }),
  PUBLIC_URL: url(['http:', 'https:'], 'an address like https://billing.example.com')
    .refine(
      (text) => /^https?:\/\/[^/?#@]+\/?$/.test(text),
      'an address like https://billing.example.com, without a path',
    )
    .optional()
    .register(descriptions, {
      about: 'How people reach Purser, for links in e-mails and for cookies. Without it http://localhost and the port.',
      example: 'https://billing.example.com',
    }),
  PURSER_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (parts) => parts.every((part) => part === 'loopback' || isProxyRange(part)),
      'addresses or ranges, such as 10.0.0.0/8, separated by commas',
    )
    .default(['loopback'])
    .register(descriptions, {
      about:
        'The proxies that may say by X-Forwarded-For whose request they pass on, as addresses or ranges separated by commas. Without it those on this machine (loopback); any other proxy counts as one client for the rate limits.',
      example: 'loopback, 10.0.0.0/8',
    }),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'an address like postgresql://user:password@host:5432/database')
    .optional()
    .register(descriptions, {
      about:
        'A PostgreSQL (15 or newer) of your own. Without it Purser runs one itself and keeps its data in PURSER_DATA_DIR.',
      example: 'postgresql://purser:password@db.example.com:5432/purser',
      secret: true,
    }),
  PURSER_DATA_DIR: z.string().default('./data').register(descriptions, {
    about: 'The folder of the embedded database, the secret and the sandbox.',
    example: './data',
  }),
  PURSER_SECRET: z
    .string()
    .refine((text) => text.length >= 32, 'at least 32 characters long')
    .optional()
    .register(descriptions, {
      about:
        'Signs sessions and links. Made once in the data folder; must be given (32 characters or more) with DATABASE_URL.',
      // Too short on purpose: a placeholder must not become anybody's secret.
      example: 'output-of-openssl-rand-hex-32',
      secret: true,
    }),
  PURSER_ROLE: oneOf(['all', 'web', 'worker']).default('all').register(descriptions, {
    about: 'What this process does: all, only the web side (web), or only the jobs (worker).',
    example: 'all',
  }),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional().register(descriptions, {
    about:
      'The least important lines of the log to write: fatal, error, warn, info, debug, trace, or silent. The default is info with DATABASE_URL, and warn with the embedded database.',
    example: 'info',
  }),
  SMTP_URL: url(['smtp:', 'smtps:'], 'an address like smtps://user:password@mail.example.com:465')
    .optional()
    .register(descriptions, {
      about: 'The mail server. Without it e-mails are only kept in the mailbox page.',
      example: 'smtps://user:password@mail.example.com:465',
      secret: true,
    }),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      'an e-mail address, or a name and an address in <>',
    )
    .optional()
    .register(descriptions, {
      about: 'The sender of e-mails; must be given with SMTP_URL.',
      example: 'Purser <billing@example.com>',
    }),
  STRIPE_PUBLIC_KEY: key(/^pk_(test|live)_\w+$/, 'a publishable key of Stripe (pk_test_… or pk_live_…)')
    .optional()
    .register(descriptions, {
      about:
        'The three keys of Stripe go together; all of test mode or all of live mode. Without them the sandbox stands in for Stripe.',
      example: 'pk_test_',
      // A secret key pasted into the wrong place must not be shown either.
      secret: true,
    }),
  STRIPE_SECRET_KEY: key(
    /^[sr]k_(test|live)_\w+$/,
    'a secret key of Stripe (sk_test_… or sk_live_…, or a restricted rk_ key)',
  )
    .optional()
    .register(descriptions, { about: 'The secret or a restricted key.', example: 'sk_test_', secret: true }),
  STRIPE_WEBHOOK_SECRET: key(/^whsec_\S+$/, 'the signing secret of a webhook endpoint (whsec_…)')
    .optional()
    .register(descriptions, {
      about: 'The signing secret of the webhook endpoint, from the dashboard.',
      example: 'whsec_',
      secret: true,
    }),
  PURSER_STRIPE_WEBHOOKS: oneOf(['on', 'off']).default('on').register(descriptions, {
    about: 'Whether webhooks of Stripe are taken in (on). With off, payments are followed by asking Stripe alone.',
    example: 'on',
  }),
  PAYPAL_CLIENT_ID: key(/^[\w-]{20,}$/, 'a client id of PayPal, as its developer dashboard shows it')
    .optional()
    .register(descriptions, {
      about:
        'The client id, the secret and the mode of an app in PayPal’s developer dashboard go together. Without them PayPal is not offered, or the sandbox stands in for it when there are no keys at all.',
      example: 'Abc-the-client-id-of-your-app',
      // A secret pasted into the wrong place must not be shown either.
      secret: true,
    }),
  PAYPAL_CLIENT_SECRET: key(/^[\w-]{20,}$/, 'the secret of a PayPal app, as its developer dashboard shows it')
    .optional()
    .register(descriptions, { about: 'The secret of the app.', example: 'Ecd-the-secret-of-your-app', secret: true }),
  PAYPAL_MODE: oneOf(['sandbox', 'live']).optional().register(descriptions, {
    about:
      'Which of PayPal’s two worlds the app belongs to: sandbox, where money is play money, or live. Keys of Stripe beside it must be of test mode and live mode.',
    example: 'sandbox',
  }),
  PAYPAL_WEBHOOK_ID: key(/^[A-Z0-9]{10,50}$/, 'the id of a webhook in PayPal’s developer dashboard (5GP02…)')
    .optional()
    .register(descriptions, {
      about:
        'The id of the webhook of that app, part of what PayPal signs. Must be given in live mode; without it payments are followed by asking PayPal alone.',
      example: '5GP028458E2496506',
    }),
  PAYPAL_WEBHOOK_VERIFICATION: oneOf(['certificate', 'api']).default('certificate').register(descriptions, {
    about:
      'How a webhook of PayPal is checked: here, with PayPal’s certificate (certificate), or by asking PayPal about each (api).',
    example: 'certificate',
  }),
  PAYPAL_MERCHANT_ID: key(/^[A-Z0-9]{10,20}$/, 'a merchant id of PayPal, such as 2J6QB8YJQSJRJ')
    .optional()
    .register(descriptions, {
      about: 'The merchant account the money must go to. Without it the one the app belongs to is believed.',
      example: '2J6QB8YJQSJRJ',
    }),
  SANDBOX_STRIPE_PORT: port(3010).register(descriptions, {
    about: 'The port of the sandbox’s Stripe on this machine; 0 takes a free one.',
    example: '3010',
  }),
  DISPUTE_CREDITS: oneOf(['freeze', 'keep']).default('freeze').register(descriptions, {
    about:
      'What happens to the unspent credits of a payment while its payer disputes it: they cannot be spent (freeze), or they can (keep). A lost dispute takes what is left of them either way.',
    example: 'freeze',
  }),
  SANDBOX_PAYPAL_PORT: port(3011).register(descriptions, {
    about: 'The port of the sandbox’s PayPal on this machine; 0 takes a free one.',
    example: '3011',
  }),
  PURSER_FAILPOINT: z
    .string()
    .regex(/^[a-z0-9_.:-]+$/, 'the name of a step, in small letters')
    .optional()
    .register(descriptions, {
      about: 'For tests, in the sandbox only: the step at which the process kills itself.',
      example: 'payment_started',
    }),
};
