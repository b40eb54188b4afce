import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createInvoice } from '#server/flows/invoices/create-invoice.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { storeGatewayEvent } from '#server/modules/inbox/index.ts';
import { system } from '#server/modules/team/index.ts';
import { platformActions } from '#shared/contract/access.ts';
import { routes } from '#shared/contract/routes.ts';
import { problems } from '#shared/contract/problems.ts';
import { buyAndPay } from '#test/support/purchase.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { endpointNames, endpointOf, newPerson, newStaff, type Person } from '#test/support/test-people.ts';

type Page = { data: { id: string }[]; next_cursor: string | null; has_more: boolean };

describe('conventions of the API', () => {
  let app: TestApp;
  let owner: Person;
  let staff: Person;

  before(async () => {
    app = await createTestApp({ at: new Date('2027-01-10T12:00:00Z') });
    owner = await newPerson(app);
    staff = await newStaff(app, 'owner');
    // Several on one day, so that pages end between invoices of one date.
    for (const day of ['2027-01-10', '2027-02-10', '2027-03-10']) {
      await app.advanceTo(new Date(`${day}T13:00:00Z`));
      for (let index = 0; index < 4; index += 1) {
        const lines = [{ description: `Work ${day}`, quantity: 1n, unitAmountMinor: 10_00n }];
        await createInvoice(app.app, system, { accountId: owner.accountId, lines });
      }
    }
    await buyAndPay(app, owner);
    for (let index = 0; index < 7; index += 1) {
      // Events belong to no account.
      await inTransaction(app.app, 'system', (tx) =>
        storeGatewayEvent(tx, app.app, {
          gateway: 'stripe',
          gatewayEventId: `evt_${String(index)}`,
          type: 'customer.created',
          payload: Buffer.from('{}'),
        }),
      );
    }
  });
  after(() => app.close());

  async function walk(
    read: (query: Record<string, string | number>) => Promise<Page>,
    limit: number,
  ): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const page: Page = await read({ limit, ...(cursor === null ? {} : { cursor }) });
      assert.ok(page.data.length <= limit);
      assert.equal(page.has_more, page.next_cursor !== null);
      if (page.has_more) assert.equal(page.data.length, limit, 'a page with more behind it is full');
      seen.push(...page.data.map((item) => item.id));
      cursor = page.next_cursor;
      if (cursor === null) return seen;
    }
  }

  const lists: { name: string; read: (query: Record<string, string | number>) => Promise<Page> }[] = [
    { name: 'invoices, newest first', read: (query) => app.ok('listInvoices', { as: owner, query }) },
    {
      name: 'invoices, oldest first',
      read: (query) => app.ok('listInvoices', { as: owner, query: { ...query, sort: 'issued_on' } }),
    },
    {
      name: 'invoices that are pending',
      read: (query) => app.ok('listInvoices', { as: owner, query: { ...query, status: 'pending' } }),
    },
    { name: 'gateway events', read: (query) => app.ok('listGatewayEvents', { as: staff, query }) },
    { name: 'messages', read: (query) => app.ok('listSandboxMessages', { query }) },
  ];
  for (const { name, read } of lists) {
    test(`the pages of ${name} hold everything exactly once, whatever their size`, async () => {
      const all = await walk(read, 100);
      assert.ok(all.length >= 7, String(all.length));
      assert.equal(new Set(all).size, all.length);
      for (const limit of [1, 2, 3, 5, all.length, all.length - 1]) assert.deepEqual(await walk(read, limit), all);
    });
  }

  test('the two directions of a list are each other backwards', async () => {
    const [down, up] = await Promise.all(lists.slice(0, 2).map(({ read }) => walk(read, 4)));
    assert.deepEqual(down, up?.toReversed());
  });

  test('a page is the same after something new came at its head', async () => {
    const read = (query: Record<string, string | number>) => app.ok('listInvoices', { as: owner, query });
    const first = await read({ limit: 3 });
    const rest = await read({ limit: 100, cursor: first.next_cursor ?? '' });
    const lines = [{ description: 'New work', quantity: 1n, unitAmountMinor: 1_00n }];
    await createInvoice(app.app, system, { accountId: owner.accountId, lines });
    const later = await read({ limit: 100, cursor: first.next_cursor ?? '' });
    assert.deepEqual(
      later.data.map((invoice) => invoice.id),
      rest.data.map((invoice) => invoice.id),
    );
  });

  test('an address works with its slash at the end, without, and with one too many', async () => {
    for (const name of endpointNames) {
      const [method = '', url = ''] = routes[name].split(' ');
      if (method !== 'GET' || url.includes(':')) continue;
      const { access } = endpointOf(name);
      const headers = platformActions.some((action) => action === access) ? staff.headers : owner.headers;
      for (const spelled of [url, url.slice(0, -1), `${url}/`]) {
        const answer = await app.server.inject({ method: 'GET', url: spelled, headers });
        assert.equal(answer.statusCode, 200, `${spelled}: ${answer.body}`);
      }
    }
  });

  test('every answer has a request id, is not sniffed, and is not framed', async () => {
    for (const url of ['/v1/auth/session/', '/v1/nothing/', '/healthz', '/v1/openapi.json']) {
      const answer = await app.server.inject({ method: 'GET', url });
      assert.ok(String(answer.headers['x-request-id']).length > 0, url);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff', url);
      assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/, url);
    }
  });

  test('the session cookie is for the server alone', async () => {
    const answer = await app.server.inject({
      method: 'POST',
      url: '/v1/auth/sign-in/',
      headers: { origin: 'http://purser.example' },
      payload: { email: owner.email, password: 'correct horse battery' },
    });
    assert.equal(answer.statusCode, 200);
    const cookies = [answer.headers['set-cookie']].flat().map(String);
    assert.ok(cookies.length > 0);
    for (const cookie of cookies) {
      assert.match(cookie, /HttpOnly/i);
      assert.match(cookie, /SameSite=Lax/i);
      assert.match(cookie, /Path=\//i);
    }
  });
});

describe('the OpenAPI description', () => {
  let app: TestApp;
  let document: Record<string, unknown>;

  before(async () => {
    app = await createTestApp();
    const answer = await app.server.inject({ method: 'GET', url: '/v1/openapi.json' });
    assert.equal(answer.statusCode, 200);
    document = answer.json();
  });
  after(() => app.close());

  type Operation = {
    operationId: string;
    parameters: { name: string; in: string; required: boolean }[];
    requestBody?: { content: Record<string, { schema: unknown }> };
    responses: Record<string, { description: string; content?: Record<string, unknown> }>;
  };

  function operations(): { path: string; method: string; operation: Operation }[] {
    const paths = document['paths'] as Record<string, Record<string, Operation>>;
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
  }

  test('is of version 3.1 and has every endpoint once, and nothing that does not exist', () => {
    assert.equal(document['openapi'], '3.1.0');
    const named = operations().map(({ operation }) => operation.operationId);
    assert.equal(new Set(named).size, named.length);
    const expected = endpointNames.filter((name) => endpointOf(name).access !== 'sandbox');
    assert.deepEqual(named.toSorted(), [...expected, 'receiveStripeWebhook'].toSorted());
    for (const { path, method, operation } of operations()) {
      const name = endpointNames.find((candidate) => candidate === operation.operationId);
      if (name === undefined) continue;
      assert.equal(`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, routes[name]);
    }
  });

  test('every reference resolves, and every component is used', () => {
    const used = new Set<string>();
    const look = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(look);
      else if (value !== null && typeof value === 'object') {
        for (const [key, member] of Object.entries(value)) {
          if (key === '$ref') {
            const target = String(member)
              .slice(2)
              .split('/')
              .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document);
            assert.ok(target !== undefined, `${String(member)} resolves`);
            used.add(String(member));
          } else look(member);
        }
      }
    };
    look(document);
    const { schemas } = document['components'] as { schemas: Record<string, unknown> };
    for (const name of Object.keys(schemas)) assert.ok(used.has(`#/components/schemas/${name}`), `${name} is used`);
  });

  test('every operation tells its parameters, its body and each problem it may answer with', () => {
    for (const { path, operation } of operations()) {
      const name = endpointNames.find((candidate) => candidate === operation.operationId);
      if (name === undefined) continue;
      const endpoint = endpointOf(name);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const told = operation.parameters.filter((parameter) => parameter.in === 'path');
      assert.deepEqual(
        told.map((parameter) => parameter.name),
        inPath,
      );
      assert.ok(told.every((parameter) => parameter.required));
      const query = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name: of }) => of);
      assert.deepEqual(query, Object.keys(endpoint.query?.shape ?? {}), name);
      const hasBody = endpoint.body !== undefined || endpoint.upload !== undefined;
      assert.equal(operation.requestBody !== undefined, hasBody, name);
      const hasKey = operation.parameters.some(
        (parameter) => parameter.name === 'Idempotency-Key' && parameter.required,
      );
      assert.equal(hasKey, endpoint.idempotent === true, name);
      for (const code of endpoint.problems ?? []) {
        const response = operation.responses[String(problems[code].status)];
        assert.ok(response?.description.includes(`\`${code}\``), `${name} tells of ${code}`);
        assert.ok(Object.hasOwn(response?.content ?? {}, 'application/problem+json'));
      }
      const success = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
      assert.equal(success.length, 1, name);
    }
  });

  test('its schemas are objects JSON Schema knows: types and required members that exist', () => {
    const look = (value: unknown, where: string): void => {
      if (Array.isArray(value)) {
        for (const [index, member] of value.entries()) look(member, `${where}/${String(index)}`);
        return;
      }
      if (value === null || typeof value !== 'object') return;
      const schema = value as { type?: unknown; properties?: Record<string, unknown>; required?: unknown };
      if (typeof schema.type === 'string' && schema.properties !== undefined) {
        assert.equal(schema.type, 'object', where);
        if (Array.isArray(schema.required)) {
          for (const member of schema.required)
            assert.ok(Object.hasOwn(schema.properties, String(member)), `${where}: ${String(member)}`);
        }
      }
      for (const [key, member] of Object.entries(value)) look(member, `${where}/${key}`);
    };
    look((document['components'] as { schemas: unknown }).schemas, '#/components/schemas');
  });
});
