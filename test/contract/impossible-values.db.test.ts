import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import type { Customer } from '#test/support/test-client.ts';

/** Values that are texts and dates to JSON and HTTP, and none to PostgreSQL. */
describe('values a database cannot hold are refused before it is asked', () => {
  let app: TestApp;
  let customer: Customer;

  before(async () => {
    app = await createTestApp();
    customer = await app.provision();
  });
  after(async () => {
    await app.close();
    assert.deepEqual(app.errors, []);
  });

  test('control characters in what is searched for, and in the token of a link', async () => {
    for (const text of ['\u0000', 'a\u0000b', '\u001B']) {
      await app.refused('listInvoices', 'validation_failed', { as: customer, query: { search: text } });
      await app.refused('listSandboxMessages', 'validation_failed', { query: { to: text } });
      const body = { token: text, password: 'correct horse battery' };
      await app.refused('resetPassword', 'validation_failed', { body });
      await app.refused('verifyEmail', 'validation_failed', { body: { token: text } });
    }
  });

  test('an account named by what can be no external id is not found', async () => {
    for (const name of ['ext:\u0000', 'ext:a\u0000b', 'ext:', `ext:${'x'.repeat(201)}`]) {
      const as = { headers: { ...app.platform.headers, 'purser-account': name } };
      await app.refused('getAccountSettings', 'not_found', { as });
    }
  });

  test('dates outside the years 1900 to 9999', async () => {
    for (const date of ['0000-01-01', '0001-01-01', '1899-12-31', '10000-01-01', '2026-02-29']) {
      await app.refused('listInvoices', 'validation_failed', { as: customer, query: { issued_from: date } });
      await app.refused('listInvoices', 'validation_failed', { as: customer, query: { issued_to: date } });
    }
    await app.ok('listInvoices', { as: customer, query: { issued_from: '1900-01-01', issued_to: '9999-12-31' } });
  });

  test('cursors of impossible dates and far years', async () => {
    const cursorOf = (key: string) => Buffer.from(JSON.stringify([key, randomUUID()])).toString('base64url');
    for (const key of ['0000-01-01', '2026-13-01', '2026-02-30', '9999-99-99', '2026-01-01\u0000']) {
      await app.refused('listInvoices', 'validation_failed', { as: customer, query: { cursor: cursorOf(key) } });
    }
    for (const key of ['+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z', '2026-02-30T00:00:00Z', '1']) {
      await app.refused('listSandboxMessages', 'validation_failed', { query: { cursor: cursorOf(key) } });
    }
    for (const key of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z']) {
      const answer = await app.call('listSandboxMessages', { query: { cursor: cursorOf(key) } });
      assert.ok(answer.status === 200 || answer.status === 422, answer.body);
    }
  });
});
