import { type PayPalSandbox, startPayPalSandbox } from '#sandbox/index.ts';
import type { PayPalConnection } from '#server/app.ts';
import { control } from '#test/sandbox/test-sandbox.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A running PayPal that exists in this process alone, and how the gateway reaches it. */
export type TestPayPal = {
  readonly sandbox: PayPalSandbox;
  readonly connection: PayPalConnection;
  /** Uses a control and returns its answer. Throws when the control refuses. */
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  readonly api: PayPalApi;
  close(): Promise<void>;
};

/** Asks PayPal's API as the seller's own tools do, for the whole representation. A text is sent as the JSON that it is. */
export type PayPalApi = (
  method: string,
  path: string,
  body?: object | string,
  headers?: Readonly<Record<string, string>>,
) => Promise<{ status: number; body: Record<string, unknown> }>;

/** Starts it on a free port, with nothing in it. */
export async function startTestPayPal(): Promise<TestPayPal> {
  const directory = temporaryDirectory();
  const sandbox = await startPayPalSandbox({ port: 0, directory: directory.path });
  const { clientId, clientSecret, webhookId, url } = sandbox;
  return {
    sandbox,
    connection: {
      clientId,
      clientSecret,
      webhookId,
      mode: 'sandbox',
      webhookVerification: 'certificate',
      merchantId: null,
      simulator: {
        apiUrl: new URL(url),
        // Its keys are made when they are first needed, which most tests never do.
        get trustedRoot() {
          return sandbox.certificateAuthority;
        },
      },
    },
    control: (method, path, body) => control(url, method, path, body),
    api: payPalApi(sandbox),
    async close() {
      await sandbox.close();
      directory[Symbol.dispose]();
    },
  };
}

/** The API of a PayPal, with a token for each question. */
export function payPalApi({ url, clientId, clientSecret }: PayPalSandbox): PayPalApi {
  return async (method, path, body, headers) => {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const granted = await fetch(`${url}/v1/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await granted.json()) as { access_token: string };
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        prefer: 'return=representation',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  };
}
