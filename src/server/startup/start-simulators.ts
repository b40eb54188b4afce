import path from 'node:path';
import { z } from 'zod';
import { sandboxPublishableKey, sandboxSecretKey, startStripeSandbox } from '#sandbox/index.ts';
import { type StripeConnection, sandboxWebhookSecret } from '../app.ts';
import { type Config, errorCode, StartupProblem } from '../platform/config/index.ts';

/** The gateways' simulators, which stand in while no keys are configured. */
export type Simulators = {
  readonly stripe: StripeConnection;
  readonly stripeUrl: string;
  /** Has webhooks sent to an address, signed with the secret the app knows. */
  sendWebhooksTo(url: string): Promise<void>;
  /** Tells how far the clock is ahead of wall time, in milliseconds; behind it when negative. */
  tellClock(offsetMs: number): Promise<void>;
  /** Pays as a browser would: confirms the payment of a client secret with a card number. */
  payByCard(clientSecret: string, cardNumber: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts the Stripe simulator, or goes on with one that runs on its own already. @throws StartupProblem */
export async function startSimulators(config: Config, secret: string): Promise<Simulators> {
  const own = await startOwn(config);
  const stripeUrl = own?.url ?? `http://127.0.0.1:${String(config.sandboxStripePort)}`;
  const webhookSecret = sandboxWebhookSecret(secret);
  return {
    stripe: {
      publishableKey: sandboxPublishableKey,
      secretKey: sandboxSecretKey,
      webhookSecret,
      apiUrl: new URL(stripeUrl),
    },
    stripeUrl,
    sendWebhooksTo: async (url) => {
      await forgetEarlierAddresses(stripeUrl, url);
      await control(stripeUrl, 'webhook_endpoints', { url, secret: webhookSecret });
    },
    tellClock: async (offsetMs) => {
      await control(stripeUrl, 'clock', { offset_ms: offsetMs });
    },
    payByCard: async (clientSecret, cardNumber) => {
      await confirmAsBrowser(stripeUrl, clientSecret, cardNumber);
    },
    close: async () => {
      await own?.close();
    },
  };
}

async function startOwn(config: Config) {
  const directory = path.join(config.dataDirectory, 'sandbox');
  try {
    return await startStripeSandbox({ port: config.sandboxStripePort, directory });
  } catch (thrown) {
    if (errorCode(thrown) !== 'EADDRINUSE') throw thrown;
    if (await isSimulator(`http://127.0.0.1:${String(config.sandboxStripePort)}`)) return null;
    throw new StartupProblem(
      `Port ${String(config.sandboxStripePort)}, which the Stripe sandbox needs, is taken by another program. Stop that program, or set SANDBOX_STRIPE_PORT to a free port.`,
      { cause: thrown },
    );
  }
}

/** Whether it is our own simulator, run on its own, that holds the port. */
async function isSimulator(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_sandbox/`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Takes away addresses of ours on ports that Purser listened on before: nobody is there to take webhooks in. */
async function forgetEarlierAddresses(stripeUrl: string, url: string): Promise<void> {
  const headers = { authorization: `Bearer ${sandboxSecretKey}` };
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(`${stripeUrl}/v1/webhook_endpoints?limit=100`, { headers, signal });
  const { data } = endpointList.parse(await answer.json());
  const { hostname, pathname } = new URL(url);
  for (const endpoint of data) {
    const known = new URL(endpoint.url);
    if (endpoint.url === url || known.hostname !== hostname || known.pathname !== pathname) continue;
    await fetch(`${stripeUrl}/v1/webhook_endpoints/${endpoint.id}`, { method: 'DELETE', headers, signal });
  }
}

const endpointList = z.object({ data: z.array(z.object({ id: z.string(), url: z.string() })) });

async function control(stripeUrl: string, name: string, body: object): Promise<void> {
  const answer = await fetch(`${stripeUrl}/_sandbox/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`The Stripe sandbox refused ${name}: ${await answer.text()}`);
}

async function confirmAsBrowser(stripeUrl: string, clientSecret: string, cardNumber: string): Promise<void> {
  const [intent = ''] = clientSecret.split('_secret_');
  const form = new URLSearchParams({
    client_secret: clientSecret,
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': cardNumber,
    'payment_method_data[card][exp_month]': '12',
    'payment_method_data[card][exp_year]': '2034',
    'payment_method_data[card][cvc]': '123',
  });
  // A declined card is answered with 402; it is an outcome, and the payment tells it.
  await fetch(`${stripeUrl}/v1/payment_intents/${intent}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandboxPublishableKey}` },
    body: form,
    signal: AbortSignal.timeout(10_000),
  });
}
