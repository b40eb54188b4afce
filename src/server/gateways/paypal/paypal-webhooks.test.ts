import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { issueCertificate } from '#sandbox/paypal/certificates/certificate.ts';
import { GatewayUnavailable, WebhookSignatureInvalid } from '#server/modules/payments/gateway.ts';
import type { PayPalConnection } from './paypal-connection.ts';
import { createPayPalGateway } from './paypal-gateway.ts';

const webhookId = '5GP028458E2496506';
const day = 86_400_000;
const sandboxName = 'messageverificationcerts.sandbox.paypal.com';
const body = Buffer.from('{"id":"WH-2","event_type":"PAYMENT.CAPTURE.COMPLETED", "resource":{"id":"2GG2"}}');

/** A certificate with its key, as PEM chain under an address. */
type Signer = { readonly key: KeyObject; readonly pem: string };

describe('checking webhooks of PayPal', () => {
  const now = new Date();
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const trusted = { commonName: 'A root that is trusted', privateKey: root.privateKey };
  const rootPem = certificate(trusted.commonName, root.publicKey, trusted, true);
  const strangers = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stranger = { commonName: 'A root that is trusted', privateKey: strangers.privateKey };
  const signing = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const files = new Map<string, string>();
  let downloads = 0;
  let verdict = 'SUCCESS';
  let asked = '';
  let url: string;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      if (path.startsWith('/v1/notifications/certs/')) downloads += 1;
      if (path === '/v1/notifications/verify-webhook-signature') {
        asked = Buffer.concat(chunks).toString('utf8');
        response.end(JSON.stringify({ verification_status: verdict }));
      } else if (path === '/v1/oauth2/token') {
        response.end('{"access_token":"t","expires_in":32400}');
      } else if (path === '/v1/notifications/certs/broken') {
        response.writeHead(503).end();
      } else {
        const file = files.get(path);
        response.writeHead(file === undefined ? 404 : 200).end(file);
      }
    });
  });

  function certificate(
    commonName: string,
    publicKey: KeyObject,
    issuer: { commonName: string; privateKey: KeyObject },
    isAuthority = false,
    notAfter = new Date(now.getTime() + 30 * day),
  ): string {
    const notBefore = new Date(now.getTime() - 10 * day);
    return issueCertificate({ commonName, publicKey, issuer, isAuthority, notBefore, notAfter });
  }

  function publish(path: string, pem: string): Signer & { readonly path: string } {
    files.set(path, pem);
    return { key: signing.privateKey, pem, path };
  }

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    url = `http://127.0.0.1:${String(address.port)}`;
    publish('/v1/notifications/certs/good', certificate(sandboxName, signing.publicKey, trusted));
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function gatewayWith(changes: Partial<PayPalConnection> = {}) {
    return createPayPalGateway({
      clientId: 'c',
      clientSecret: 's',
      mode: 'sandbox',
      webhookId,
      webhookVerification: 'certificate',
      merchantId: null,
      simulator: { apiUrl: new URL(url), trustedRoot: rootPem },
      ...changes,
    });
  }

  function sent(changes: { certUrl?: string; at?: Date; id?: string; over?: Buffer } = {}): Record<string, string> {
    const time = (changes.at ?? now).toISOString();
    const text = ['T-1', time, changes.id ?? webhookId, String(crc32(changes.over ?? body))].join('|');
    return {
      'paypal-transmission-id': 'T-1',
      'paypal-transmission-time': time,
      'paypal-transmission-sig': sign('sha256', Buffer.from(text), signing.privateKey).toString('base64'),
      'paypal-cert-url': changes.certUrl ?? `${url}/v1/notifications/certs/good`,
      'paypal-auth-algo': 'SHA256withRSA',
    };
  }

  const verify = async (headers: Record<string, string>, gateway = gatewayWith(), rawBody = body) =>
    await gateway.verifyWebhook(rawBody, headers, now);

  test('is believed with a signature over its bytes, and the certificate is fetched once', async () => {
    const gateway = gatewayWith();
    downloads = 0;
    for (let time = 0; time < 3; time += 1) {
      assert.deepEqual(await verify(sent(), gateway), { eventId: 'WH-2', type: 'PAYMENT.CAPTURE.COMPLETED' });
    }
    assert.equal(downloads, 1);
  });

  test('a certificate under an issuer between it and the root is followed to the root', async () => {
    const between = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const issuer = { commonName: 'Between', privateKey: between.privateKey };
    const pem = [
      certificate(sandboxName, signing.publicKey, issuer),
      certificate('Between', between.publicKey, trusted, true),
    ].join('');
    publish('/v1/notifications/certs/chain', pem);
    await verify(sent({ certUrl: `${url}/v1/notifications/certs/chain` }));
  });

  test('is refused whatever of it is not PayPal’s', async () => {
    publish('/v1/notifications/certs/other-name', certificate('billing.example', signing.publicKey, trusted));
    publish(
      '/v1/notifications/certs/live-name',
      certificate('messageverificationcerts.paypal.com', signing.publicKey, trusted),
    );
    publish('/v1/notifications/certs/stranger', certificate(sandboxName, signing.publicKey, stranger));
    publish(
      '/v1/notifications/certs/own-root',
      certificate(sandboxName, signing.publicKey, stranger) +
        certificate(stranger.commonName, strangers.publicKey, stranger, true),
    );
    publish(
      '/v1/notifications/certs/expired',
      certificate(sandboxName, signing.publicKey, trusted, false, new Date(now.getTime() - day)),
    );
    const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const noAuthority = { commonName: 'No authority', privateKey: leaf.privateKey };
    publish(
      '/v1/notifications/certs/by-a-leaf',
      certificate(sandboxName, signing.publicKey, noAuthority) + certificate('No authority', leaf.publicKey, trusted),
    );
    publish('/v1/notifications/certs/nonsense', '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----');
    publish('/v1/notifications/certs/empty', '');
    for (const path of [...files.keys()].filter(
      (name) => name !== '/v1/notifications/certs/good' && name !== '/v1/notifications/certs/chain',
    )) {
      await assert.rejects(verify(sent({ certUrl: `${url}${path}` })), WebhookSignatureInvalid, path);
    }
    await assert.rejects(verify(sent({ certUrl: `${url}/v1/notifications/certs/missing` })), WebhookSignatureInvalid);
    await assert.rejects(verify(sent({ id: '9XX999999X9999999' })), WebhookSignatureInvalid, 'another webhook');
    await assert.rejects(verify(sent({ over: Buffer.from('{}') })), WebhookSignatureInvalid, 'other bytes');
    const other = { ...sent(), 'paypal-auth-algo': 'SHA1withRSA' };
    await assert.rejects(verify(other), WebhookSignatureInvalid, 'another algorithm');
  });

  test('the certificate must have been good when it was sent, not now', async () => {
    publish(
      '/v1/notifications/certs/ran-out',
      certificate(sandboxName, signing.publicKey, trusted, false, new Date(now.getTime() - 1_000)),
    );
    const certUrl = `${url}/v1/notifications/certs/ran-out`;
    await verify(sent({ certUrl, at: new Date(now.getTime() - 3_600_000) }));
    await assert.rejects(verify(sent({ certUrl })), WebhookSignatureInvalid);
  });

  test('is taken while PayPal goes on sending it, and refused when older, ahead or without a time', async () => {
    await verify(sent({ at: new Date(now.getTime() - 3 * day) }));
    await verify(sent({ at: new Date(now.getTime() + 60_000) }));
    for (const at of [new Date(now.getTime() - 5 * day), new Date(now.getTime() + 600_000)]) {
      await assert.rejects(verify(sent({ at })), WebhookSignatureInvalid);
    }
    await assert.rejects(verify({ ...sent(), 'paypal-transmission-time': 'soon' }), WebhookSignatureInvalid);
  });

  test('a certificate is fetched from PayPal’s own hosts alone', async () => {
    const { simulator: _, ...real } = { ...connectionOf(), mode: 'live' as const };
    const gateway = createPayPalGateway(real);
    downloads = 0;
    for (const certUrl of [
      `${url}/v1/notifications/certs/good`,
      'http://api.paypal.com/v1/notifications/certs/x',
      'https://api.paypal.com.example/v1/notifications/certs/x',
      'https://api.paypal.com:444/v1/notifications/certs/x',
      'https://user@api.paypal.com/v1/notifications/certs/x',
      'https://api.paypal.com/v1/notifications/certs/x?one=more',
      'https://api.paypal.com/v1/notifications/certs/../../reporting/x',
      'https://example.com/api.paypal.com/x',
      'api.paypal.com',
      'file:///etc/passwd',
    ]) {
      await assert.rejects(verify(sent({ certUrl }), gateway), /not an address of PayPal/, certUrl);
    }
    await assert.rejects(
      verify(sent({ certUrl: 'https://api.paypal.com/v1/notifications/certs/good' })),
      /not an address of PayPal/,
    );
    assert.equal(downloads, 0);
  });

  function connectionOf(): PayPalConnection {
    return {
      clientId: 'c',
      clientSecret: 's',
      mode: 'sandbox',
      webhookId,
      webhookVerification: 'certificate',
      merchantId: null,
      simulator: { apiUrl: new URL(url), trustedRoot: rootPem },
    };
  }

  test('a certificate that cannot be fetched now makes PayPal send again', async () => {
    await assert.rejects(verify(sent({ certUrl: `${url}/v1/notifications/certs/broken` })), GatewayUnavailable);
  });

  test('without the id of our webhook nothing is believed', async () => {
    await assert.rejects(verify(sent(), gatewayWith({ webhookId: null })), /PAYPAL_WEBHOOK_ID is not set/);
  });

  test('asked about, PayPal is told the very bytes, and its word counts', async () => {
    const gateway = gatewayWith({ webhookVerification: 'api' });
    verdict = 'SUCCESS';
    assert.equal((await verify(sent(), gateway)).eventId, 'WH-2');
    assert.ok(asked.endsWith(`"webhook_event":${body.toString('utf8')}}`));
    const told = JSON.parse(asked) as Record<string, unknown>;
    assert.equal(told['webhook_id'], webhookId);
    assert.equal(told['transmission_time'], now.toISOString());
    verdict = 'FAILURE';
    await assert.rejects(verify(sent(), gateway), WebhookSignatureInvalid);
    asked = '';
    const smuggled = Buffer.from('{"id":"WH-2","event_type":"X"},"webhook_id":"9XX"');
    await assert.rejects(verify(sent({ over: smuggled }), gateway, smuggled), WebhookSignatureInvalid);
    assert.equal(asked, '', 'what is not one JSON value is not passed on');
  });
});
