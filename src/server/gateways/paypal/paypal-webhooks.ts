import { verify } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { type VerifiedEvent, WebhookSignatureInvalid } from '#server/modules/payments/gateway.ts';
import type { PayPalCertificates } from './paypal-certificates.ts';
import type { PayPalClient } from './paypal-client.ts';
import type { PayPalConnection } from './paypal-connection.ts';

/** What PayPal sends beside the body (developer.paypal.com/api/rest/webhooks/rest). */
type Transmission = {
  readonly id: string;
  /** As it was sent: it is part of what was signed. */
  readonly time: string;
  readonly sentAt: Date;
  readonly signature: string;
  readonly certificateUrl: string;
  readonly algorithm: string;
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * How old a webhook may be, in milliseconds. PayPal goes on sending for three days and does not promise that each attempt
 * bears a time of its own; one that is replayed is stored once and makes us ask, nothing more.
 */
const ageMaxMs = 4 * 86_400_000;

/** How far ahead of us PayPal's clock may be, in milliseconds. */
const aheadMaxMs = 300_000;

/** What is needed to check a webhook. */
export type WebhookCheck = {
  readonly connection: PayPalConnection;
  readonly client: PayPalClient;
  readonly certificates: PayPalCertificates;
};

/** Checks that PayPal has signed these very bytes for our webhook, lately. @throws WebhookSignatureInvalid, GatewayUnavailable */
export async function verifyPayPalWebhook(
  check: WebhookCheck,
  rawBody: Buffer,
  headers: Headers,
  now: Date,
): Promise<VerifiedEvent> {
  const { webhookId, webhookVerification } = check.connection;
  if (webhookId === null)
    throw new WebhookSignatureInvalid('PAYPAL_WEBHOOK_ID is not set, so that no webhook is believed.');
  const transmission = transmissionOf(headers);
  const age = now.getTime() - transmission.sentAt.getTime();
  if (!(age <= ageMaxMs && age >= -aheadMaxMs)) {
    throw new WebhookSignatureInvalid('The PAYPAL-TRANSMISSION-TIME is too old, or lies ahead.');
  }
  const event = eventOf(rawBody);
  if (webhookVerification === 'api') await verifyByAsking(check.client, webhookId, transmission, rawBody);
  else await verifyByCertificate(check.certificates, webhookId, transmission, rawBody);
  return event;
}

async function verifyByCertificate(
  certificates: PayPalCertificates,
  webhookId: string,
  transmission: Transmission,
  rawBody: Buffer,
): Promise<void> {
  if (transmission.algorithm !== 'SHA256withRSA') {
    throw new WebhookSignatureInvalid('The PAYPAL-AUTH-ALGO is not SHA256withRSA.');
  }
  const certificate = await certificates.signer(transmission.certificateUrl, transmission.sentAt);
  const signed = [transmission.id, transmission.time, webhookId, String(crc32(rawBody))].join('|');
  const signature = Buffer.from(transmission.signature, 'base64');
  if (!verify('RSA-SHA256', Buffer.from(signed), certificate.publicKey, signature)) {
    throw new WebhookSignatureInvalid('The PAYPAL-TRANSMISSION-SIG does not match the body.');
  }
}

/** PayPal's own answer. The event is passed on byte for byte: written anew, it would no longer match its signature. */
async function verifyByAsking(
  client: PayPalClient,
  webhookId: string,
  transmission: Transmission,
  rawBody: Buffer,
): Promise<void> {
  const members = JSON.stringify({
    auth_algo: transmission.algorithm,
    cert_url: transmission.certificateUrl,
    transmission_id: transmission.id,
    transmission_sig: transmission.signature,
    transmission_time: transmission.time,
    webhook_id: webhookId,
  });
  const { verification_status: status } = await client.ask({
    method: 'POST',
    path: '/v1/notifications/verify-webhook-signature',
    body: `${members.slice(0, -1)},"webhook_event":${rawBody.toString('utf8')}}`,
    changesNothing: true,
    answer: z.object({ verification_status: z.string() }),
  });
  if (status !== 'SUCCESS') throw new WebhookSignatureInvalid('PayPal says that it has not sent this.');
}

function transmissionOf(headers: Headers): Transmission {
  const time = header(headers, 'paypal-transmission-time');
  return {
    id: header(headers, 'paypal-transmission-id'),
    time,
    sentAt: new Date(time),
    signature: header(headers, 'paypal-transmission-sig'),
    certificateUrl: header(headers, 'paypal-cert-url'),
    algorithm: header(headers, 'paypal-auth-algo'),
  };
}

function header(headers: Headers, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') {
    throw new WebhookSignatureInvalid(`The ${name.toUpperCase()} header is missing.`);
  }
  return value;
}

const eventShape = z.object({ id: z.string().min(1), event_type: z.string().min(1) });

/** The event's own name. That the bytes are one whole JSON value is also what lets them be passed on inside another. */
function eventOf(rawBody: Buffer): VerifiedEvent {
  try {
    const { id, event_type: type } = eventShape.parse(JSON.parse(rawBody.toString('utf8')));
    return { eventId: id, type };
  } catch (thrown) {
    throw new WebhookSignatureInvalid('The body is no event of PayPal.', thrown);
  }
}
