/** How to reach PayPal, or the simulator in its place. */
export type PayPalConnection = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Which of PayPal's two worlds the keys belong to. The simulator is of the sandbox world. */
  readonly mode: 'sandbox' | 'live';
  /** The id of our webhook there, part of what PayPal signs; null believes no webhook. */
  readonly webhookId: string | null;
  /** How a webhook's signature is checked: here, with PayPal's certificate, or by asking PayPal. */
  readonly webhookVerification: 'certificate' | 'api';
  /** The merchant account money must go to; null believes the one the keys belong to. */
  readonly merchantId: string | null;
  /** Where the API is when it is not PayPal's own, and whose certificates are believed there. */
  readonly simulator?: PayPalSimulator;
};

/** The simulator in PayPal's place. */
export type PayPalSimulator = {
  /** `http://127.0.0.1:3011` */
  readonly apiUrl: URL;
  /** The root its webhook certificates are issued by, as PEM. */
  readonly trustedRoot: string;
};

/** Where PayPal's API is (developer.paypal.com/api/rest/requests). */
export function apiOriginOf(connection: PayPalConnection): string {
  if (connection.simulator !== undefined) return connection.simulator.apiUrl.origin;
  return connection.mode === 'live' ? 'https://api-m.paypal.com' : 'https://api-m.sandbox.paypal.com';
}
