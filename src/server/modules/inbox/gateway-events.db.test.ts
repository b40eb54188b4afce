import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { gatewayEventById, listGatewayEvents, recordOutcome, storeGatewayEvent } from './index.ts';

describe('the inbox of gateway events', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  async function store(gatewayEventId: string, gateway = 'stripe'): Promise<string | null> {
    const payload = Buffer.from(`{"id": "${gatewayEventId}", "odd": "\u0000ü"}`);
    // Events belong to no account until they are understood.
    return await inTransaction(app.app, 'system', (tx) =>
      storeGatewayEvent(tx, app.app, { gateway, gatewayEventId, type: 'a.b', payload }),
    );
  }

  test('an event is stored once per gateway, byte for byte, however often it comes at once', async () => {
    const stored = await Promise.all(Array.from({ length: 12 }, () => store('evt_1')));
    const [id, ...more] = stored.filter((answer) => answer !== null);
    assert.ok(id !== undefined && more.length === 0);
    assert.notEqual(await store('evt_1', 'other'), null, 'two gateways may use the same name');
    const event = await inRead(app.app, 'system', (db) => gatewayEventById(db, id));
    assert.equal(event.payload.toString('utf8'), '{"id": "evt_1", "odd": "\u0000ü"}');
    assert.deepEqual([event.status, event.attempts, event.processedAt], ['received', 0, null]);
  });

  test('what became of an event is written down with each attempt, at a length that can be read', async () => {
    const id = await store('evt_2');
    assert.ok(id !== null);
    const now = app.app.clock.now();
    await inTransaction(app.app, 'system', (tx) => recordOutcome(tx, id, 'failed', 'x'.repeat(5_000), now));
    await inTransaction(app.app, 'system', (tx) =>
      recordOutcome(tx, id, 'processed', 'The payment is succeeded.', now),
    );
    const event = await inRead(app.app, 'system', (db) => gatewayEventById(db, id));
    assert.deepEqual([event.status, event.attempts, event.outcome], ['processed', 2, 'The payment is succeeded.']);
  });

  test('the list is newest first, in pages that neither skip nor repeat', async () => {
    for (let index = 0; index < 5; index += 1) await store(`evt_page_${String(index)}`);
    const seen: string[] = [];
    let position: { receivedAt: Date; id: string } | undefined;
    do {
      const page = await inRead(app.app, 'system', (db) => listGatewayEvents(db, { limit: 2, after: position }));
      const shown = page.slice(0, 2);
      seen.push(...shown.map((event) => event.gatewayEventId));
      const last = shown.at(-1);
      position = page.length > 2 && last !== undefined ? { receivedAt: last.receivedAt, id: last.id } : undefined;
    } while (position !== undefined);
    assert.deepEqual(seen.slice(0, 5), ['evt_page_4', 'evt_page_3', 'evt_page_2', 'evt_page_1', 'evt_page_0']);
    assert.equal(new Set(seen).size, seen.length - 1, 'evt_1 is there for two gateways');
  });

  test('no scope of an account sees an event', async () => {
    const { accountId } = await app.provision();
    assert.deepEqual(await inRead(app.app, { account: accountId }, (db) => listGatewayEvents(db, { limit: 10 })), []);
  });
});
