import path from 'node:path';
import { z } from 'zod';
import {
  approveAsBuyer,
  type PayPalSandbox,
  sandboxClientId,
  sandboxClientSecret,
  sandboxPublishableKey,
  sandboxSecretKey,
  sandboxWebhookId,
  type StripeSandbox,
  startPayPalSandbox,
  startStripeSandbox,
} from '#sandbox/index.ts';
import { type PayPalConnection, type StripeConnection, sandboxWebhookSecret } from '../app.ts';
import { type Config, errorCode, StartupProblem } from '../platform/config/index.ts';

/** The gateways' simulators, which stand in while no keys are configured. */
export type Simulators = {
  readonly stripe: StripeConnection;
  readonly stripeUrl: string;
  readonly paypal: PayPalConnection;
  readonly paypalUrl: string;
  /** Has webhooks sent to the app that answers at an address, signed so that it believes them. */
  sendWebhooksTo(appUrl: string): Promise<void>;
  /** Tells how far the clock is ahead of wall time, in milliseconds; behind it when negative. */
  tellClock(offsetMs: number): Promise<void>;
  /** Pays as a browser would: confirms the payment of a client secret with a card number. */
  payByCard(clientSecret: string, cardNumber: string): Promise<void>;
  /** Approves a PayPal order as its buyer would; the e-mail address decides how the account behaves. */
  approveOnPayPal(orderId: string, buyer: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts the simulators, or goes on with those that run on their own already. @throws StartupProblem */
export async function startSimulators(config: Config, secret: string): Promise<Simulators> {
  const directory = path.join(config.dataDirectory, 'sandbox');
  const stripe = await startOwn<StripeSandbox>('Stripe', 'SANDBOX_STRIPE_PORT', config.sandboxStripePort, (port) =>
    startStripeSandbox({ port, directory }),
  );
  try {
    const paypal = await startOwn<PayPalSandbox>('PayPal', 'SANDBOX_PAYPAL_PORT', config.sandboxPaypalPort, (port) =>
      startPayPalSandbox({ port, directory }),
    );
    return await simulatorsOf(stripe, paypal, sandboxWebhookSecret(secret));
  } catch (thrown) {
    await stripe.close();
    throw thrown;
  }
}

/** A simulator that runs: ours, which is closed with us, or one that somebody else keeps going. */
type RunningSimulator = { readonly url: string; close(): Promise<void> };

async function startOwn<Sandbox extends RunningSimulator>(
  name: string,
  variable: string,
  port: number,
  start: (port: number) => Promise<Sandbox>,
): Promise<RunningSimulator> {
  try {
    return await start(port);
  } catch (thrown) {
    if (errorCode(thrown) !== 'EADDRINUSE') throw thrown;
    const url = `http://127.0.0.1:${String(port)}`;
    if (await isSimulator(url, name)) return { url, close: () => Promise.resolve() };
    throw new StartupProblem(
      `Port ${String(port)}, which the ${name} sandbox needs, is taken by another program. Stop that program, or set ${variable} to a free port.`,
      { cause: thrown },
    );
  }
}

async function simulatorsOf(
  stripe: RunningSimulator,
  paypal: RunningSimulator,
  webhookSecret: string,
): Promise<Simulators> {
  return {
    stripe: {
      publishableKey: sandboxPublishableKey,
      secretKey: sandboxSecretKey,
      webhookSecret,
      apiUrl: new URL(stripe.url),
    },
    stripeUrl: stripe.url,
    paypal: {
      clientId: sandboxClientId,
      clientSecret: sandboxClientSecret,
      mode: 'sandbox',
      webhookId: sandboxWebhookId,
      webhookVerification: 'certificate',
      merchantId: null,
      simulator: { apiUrl: new URL(paypal.url), trustedRoot: await trustedRootOf(paypal.url) },
    },
    paypalUrl: paypal.url,
    sendWebhooksTo: async (appUrl) => {
      const url = `${appUrl}/v1/billing/webhooks/stripe/`;
      await forgetEarlierAddresses(stripe.url, url);
      await control(stripe.url, 'webhook_endpoints', { url, secret: webhookSecret });
      await control(paypal.url, 'webhooks', { url: `${appUrl}/v1/billing/webhooks/paypal/` });
    },
    tellClock: async (offsetMs) => {
      await control(stripe.url, 'clock', { offset_ms: offsetMs });
      await control(paypal.url, 'clock', { offset_ms: offsetMs });
    },
    payByCard: async (clientSecret, cardNumber) => {
      await confirmAsBrowser(stripe.url, clientSecret, cardNumber);
    },
    approveOnPayPal: async (orderId, buyer) => {
      await approveAsBuyer(paypal.url, 'orders', orderId, buyer);
    },
    close: async () => {
      await paypal.close();
      await stripe.close();
    },
  };
}

const simulatorState = z.object({ simulates: z.string() });

/** Whether it is our own simulator of that gateway, run on its own, that holds the port. */
async function isSimulator(url: string, name: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_sandbox/`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok && simulatorState.parse(await answer.json()).simulates === name;
  } catch {
    return false;
  }
}

const payPalState = z.object({ certificate_authority: z.string() });

/** The authority behind the signatures of the PayPal simulator, whoever runs it. */
async function trustedRootOf(paypalUrl: string): Promise<string> {
  const answer = await fetch(`${paypalUrl}/_sandbox/`, { signal: AbortSignal.timeout(10_000) });
  return payPalState.parse(await answer.json()).certificate_authority;
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

async function control(simulatorUrl: string, name: string, body: object): Promise<void> {
  const answer = await fetch(`${simulatorUrl}/_sandbox/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`The sandbox at ${simulatorUrl} refused ${name}: ${await answer.text()}`);
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
