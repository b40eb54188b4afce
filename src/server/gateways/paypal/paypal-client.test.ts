import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { z } from 'zod';
import { GatewayPaymentMissing, GatewayRefused, GatewayUnavailable } from '#server/modules/payments/gateway.ts';
import { createPayPalClient, type PayPalClient } from './paypal-client.ts';
import type { PayPalConnection } from './paypal-connection.ts';

type Seen = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};
type Script = (seen: Seen, response: ServerResponse) => void;

const answerShape = z.object({ id: z.string() });

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

describe('the client of PayPal', () => {
  const seen: Seen[] = [];
  let script: Script;
  let tokenLivesSeconds: number;
  let tokens: number;
  let url: string;
  let client: PayPalClient;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      seen.push(one);
      if (path !== '/v1/oauth2/token') {
        script(one, response);
        return;
      }
      tokens += 1;
      json(response, 200, {
        access_token: `token-${String(tokens)}`,
        token_type: 'Bearer',
        expires_in: tokenLivesSeconds,
      });
    });
  });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    url = `http://127.0.0.1:${String(address.port)}`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    seen.length = 0;
    tokens = 0;
    tokenLivesSeconds = 32_400;
    script = (_, response) => {
      json(response, 200, { later: 'member', id: 'X1' });
    };
    client = createPayPalClient(connectionTo(url));
  });

  const get = () => client.ask({ method: 'GET', path: '/v2/checkout/orders/X1', answer: answerShape });
  const post = (requestId?: string) =>
    client.ask({
      method: 'POST',
      path: '/v2/checkout/orders',
      body: { intent: 'CAPTURE' },
      answer: answerShape,
      ...(requestId === undefined ? {} : { requestId }),
    });
  const asked = () => seen.filter(({ path }) => path !== '/v1/oauth2/token');

  test('asks with a token, for whole answers, and under the request id', async () => {
    assert.deepEqual(await post('our-payment'), { id: 'X1' });
    const [token, request] = seen;
    const basic = Buffer.from('the-client:the-secret').toString('base64');
    assert.deepEqual([token?.headers.authorization, token?.body], [`Basic ${basic}`, 'grant_type=client_credentials']);
    assert.equal(request?.headers.authorization, 'Bearer token-1');
    assert.equal(request.headers['prefer'], 'return=representation');
    assert.equal(request.headers['paypal-request-id'], 'our-payment');
    assert.equal(request.body, '{"intent":"CAPTURE"}');
  });

  test('many at once share one token, and later ones use it again', async () => {
    await Promise.all(Array.from({ length: 8 }, () => get()));
    await get();
    assert.equal(tokens, 1);
  });

  test('a token is fetched anew shortly before it would expire', async () => {
    tokenLivesSeconds = 1;
    await get();
    const startedAt = performance.now();
    while (tokens === 1) {
      assert.ok(performance.now() - startedAt < 5_000, 'a second later it is used no more');
      await get();
    }
  });

  test('a token that was revoked is replaced, also for what cannot be repeated', async () => {
    script = ({ headers }, response) => {
      if (headers.authorization === 'Bearer token-1') json(response, 401, { error: 'invalid_token' });
      else json(response, 200, { id: 'X2' });
    };
    assert.deepEqual(await post(), { id: 'X2' });
    assert.equal(tokens, 2);
  });

  test('keys that are wrong leave the outcome unknown instead of failing payments', async () => {
    script = (_, response) => {
      json(response, 401, { error: 'invalid_token' });
    };
    await assert.rejects(get(), GatewayUnavailable);
  });

  test('what can be repeated is asked once more after a failure, and only then', async () => {
    script = (_, response) => {
      json(response, 503, { name: 'SERVICE_UNAVAILABLE' });
    };
    await assert.rejects(get(), GatewayUnavailable);
    assert.equal(asked().length, 2);
    await assert.rejects(post('with-an-id'), GatewayUnavailable);
    assert.equal(asked().length, 4);
    await assert.rejects(post(), GatewayUnavailable);
    assert.equal(asked().length, 5, 'without a request id it is not known whether it was done');
  });

  test('a connection that breaks, another request at work and too many requests are unknown outcomes', async () => {
    for (const broken of [
      (_: Seen, response: ServerResponse) => void response.destroy(),
      (_: Seen, response: ServerResponse) => {
        json(response, 409, { name: 'RESOURCE_CONFLICT', details: [{ issue: 'PREVIOUS_REQUEST_IN_PROGRESS' }] });
      },
      (_: Seen, response: ServerResponse) => {
        json(response, 429, { name: 'RATE_LIMIT_REACHED' });
      },
      (_: Seen, response: ServerResponse) => void response.writeHead(200).end('<html>'),
      (_: Seen, response: ServerResponse) => {
        json(response, 200, { status: 'without an id' });
      },
      (_: Seen, response: ServerResponse) =>
        void response.writeHead(302, { location: 'https://elsewhere.example' }).end(),
    ] satisfies Script[]) {
      script = broken;
      await assert.rejects(post(), GatewayUnavailable);
    }
  });

  test('a refusal is told by its issue, with what PayPal says and the id its support asks for', async () => {
    script = (_, response) => {
      json(response, 422, {
        debug_id: 'f0f0f0',
        details: [{ description: 'The order was captured.', issue: 'ORDER_ALREADY_CAPTURED' }],
        name: 'UNPROCESSABLE_ENTITY',
      });
    };
    await assert.rejects(post('x'), (thrown: unknown) => {
      assert.ok(thrown instanceof GatewayRefused && !(thrown instanceof GatewayPaymentMissing));
      assert.equal(thrown.gatewayCode, 'ORDER_ALREADY_CAPTURED');
      assert.match(thrown.message, /The order was captured\. \(POST \/v2\/checkout\/orders, 422, debug id f0f0f0\)/);
      return true;
    });
    assert.equal(asked().length, 1, 'a refusal is not asked for again');
    script = (_, response) => {
      json(response, 404, { name: 'RESOURCE_NOT_FOUND', details: [{ issue: 'INVALID_RESOURCE_ID' }] });
    };
    await assert.rejects(get(), GatewayPaymentMissing);
    script = (_, response) => void response.writeHead(400).end();
    await assert.rejects(get(), (thrown: unknown) => thrown instanceof GatewayRefused && thrown.gatewayCode === null);
  });
});

function connectionTo(url: string): PayPalConnection {
  return {
    clientId: 'the-client',
    clientSecret: 'the-secret',
    mode: 'sandbox',
    webhookId: null,
    webhookVerification: 'certificate',
    merchantId: null,
    simulator: { apiUrl: new URL(url), trustedRoot: '' },
  };
}
