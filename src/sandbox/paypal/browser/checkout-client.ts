/** What a buyer is asked to approve: the payment of an order, or the keeping of their account. */
export type Approvable = 'orders' | 'setup-tokens';

/** An account to pay with, and what comes of it. */
export type TestBuyer = { email: string; outcome: string };

/** What the approval window shows. */
export type Checkout = {
  /** As a person reads it, such as `29.00 USD`; null when an account is kept and nothing paid. */
  amount: string | null;
  description: string | null;
  brand: string | null;
  /** Where a buyer without a button goes afterwards. */
  returnUrl: string | null;
  cancelUrl: string | null;
  buyers: TestBuyer[];
};

/** The script that this is; the API of the approval window is beside it, whoever passes it on. */
export const sdkScript = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined;
const checkoutBase = new URL('../', sdkScript?.src ?? location.href);

/** Reads what there is to approve. Throws with a sentence when there is nothing. */
export async function fetchCheckout(what: Approvable, id: string): Promise<Checkout> {
  const answer = await askSimulator('GET', `checkout/${what}/${encodeURIComponent(id)}`);
  return {
    amount: textOf(answer['amount']),
    description: textOf(answer['description']),
    brand: textOf(answer['brand']),
    returnUrl: textOf(answer['return_url']),
    cancelUrl: textOf(answer['cancel_url']),
    buyers: listOf(answer['buyers']).map((entry) => {
      const buyer = recordOf(entry);
      return { email: textOf(buyer['email']) ?? '', outcome: textOf(buyer['outcome']) ?? '' };
    }),
  };
}

/** Approves it with the account of a buyer and returns the account's id. Throws with a sentence when it cannot be. */
export async function sendApproval(what: Approvable, id: string, buyer: string): Promise<string> {
  const answer = await askSimulator('POST', `checkout/${what}/${encodeURIComponent(id)}/approve`, { buyer });
  return textOf(answer['payer_id']) ?? '';
}

async function askSimulator(method: 'GET' | 'POST', path: string, body?: object): Promise<Record<string, unknown>> {
  const request: RequestInit = { method };
  if (body !== undefined) {
    request.headers = { 'content-type': 'application/json' };
    request.body = JSON.stringify(body);
  }
  const response = await fetch(new URL(path, checkoutBase), request);
  const answer = recordOf(await response.json().catch(() => null));
  if (response.ok) return answer;
  const message = textOf(recordOf(answer['error'])['message']);
  throw new Error(message ?? `The simulated PayPal answered ${response.status}.`);
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
