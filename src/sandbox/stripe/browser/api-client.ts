import type { PaymentIntent, SetupIntent, StripeError } from '@stripe/stripe-js';

/** The folder that this script came from is where the API is, whoever passes it on. */
const scriptUrl = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;
const apiBase = new URL('.', scriptUrl);

const apiVersion = '2026-10-28.endive';

/** What can be sent in a form: nested members, without those that are undefined. */
export type FormMembers = { [name: string]: FormMember | undefined };
type FormMember = string | number | boolean | null | FormMembers;

export type ApiResult<Success> = { value: Success; error?: undefined } | { error: StripeError; value?: undefined };

/** Calls the API as a page does, with the publishable key. A refusal or a broken connection is a result, not an exception. */
export async function callApi<Success>(
  key: string,
  method: 'GET' | 'POST',
  path: string,
  members: FormMembers,
): Promise<ApiResult<Success>> {
  const form = new URLSearchParams();
  addMembers(form, '', members);
  const url = new URL(path.replace(/^\//, ''), apiBase);
  const request: RequestInit = { method, headers: { Authorization: `Bearer ${key}`, 'Stripe-Version': apiVersion } };
  if (method === 'GET') url.search = form.toString();
  else request.body = form;
  try {
    const response = await fetch(url, request);
    const body: unknown = await response.json();
    return parseResult<Success>(body);
  } catch {
    const message = 'We are experiencing issues connecting to our payments provider. Please check your connection.';
    return { error: { type: 'api_connection_error', message } };
  }
}

/** The only place where what the API says gets its type. */
function parseResult<Success>(body: unknown): ApiResult<Success> {
  if (typeof body === 'object' && body !== null && 'error' in body) return { error: body.error as StripeError };
  return { value: body as Success };
}

function addMembers(form: URLSearchParams, prefix: string, members: FormMembers): void {
  for (const [name, value] of Object.entries(members)) {
    const key = prefix === '' ? name : `${prefix}[${name}]`;
    if (value === undefined || value === null) continue;
    if (typeof value === 'object') addMembers(form, key, value);
    else form.append(key, String(value));
  }
}

export type IntentKind = 'payment_intent' | 'setup_intent';
export type Intent = PaymentIntent | SetupIntent;

/** The id at the beginning of a client secret. Throws as Stripe.js does when the text is none. */
export function intentIdOf(clientSecret: string, kind: IntentKind): string {
  const prefix = kind === 'payment_intent' ? 'pi' : 'seti';
  const id = new RegExp(`^(${prefix}_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$`).exec(clientSecret)?.[1];
  if (id !== undefined) return id;
  throw integrationError(`Invalid value for clientSecret: it should be of the form ${prefix}_..._secret_...`);
}

/** The kind of intent that a client secret belongs to. */
export function kindOfSecret(clientSecret: string): IntentKind {
  return clientSecret.startsWith('seti_') ? 'setup_intent' : 'payment_intent';
}

/** Reads an intent with its client secret. */
export function fetchIntent(key: string, clientSecret: string): Promise<ApiResult<Intent>> {
  const kind = kindOfSecret(clientSecret);
  const path = `/v1/${kind}s/${intentIdOf(clientSecret, kind)}`;
  return callApi<Intent>(key, 'GET', path, { client_secret: clientSecret });
}

/** What Stripe.js throws at a developer who calls it wrongly. */
export function integrationError(message: string): Error {
  const error = new Error(message);
  error.name = 'IntegrationError';
  return error;
}
