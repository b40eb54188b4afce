import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { StaffRole } from '#shared/contract/access.ts';
import { publicId } from '#shared/ids/index.ts';
import { insertAccount } from '#server/modules/accounts/index.ts';
import { openCreditBalance } from '#server/modules/credits/index.ts';
import { makeStaff } from '#server/modules/identity/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { giveCredits } from '#test/support/metering.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const password = 'correct horse battery';

describe("an account's credits before an adjustment", () => {
  let api: TestApi;
  let accountId: string;

  before(async () => {
    api = await startTestApi();
    accountId = api.app.ids.next();
    const account = {
      id: accountId,
      externalId: 'customer/42',
      name: 'Acme',
      billingEmail: 'billing@acme.example',
      country: 'DE',
      timeZone: 'Europe/Berlin',
      locale: 'de',
      currency: 'EUR',
      address: {},
      now: api.app.clock.now(),
    } as const;
    await inTransaction(api.app, 'system', async (tx) => {
      await insertAccount(tx, account);
      await openCreditBalance(tx, accountId);
    });
    await giveCredits(api.app, accountId, 70n);
  });

  after(async () => {
    await api.close();
  });

  async function signedIn(role: StaffRole | null): Promise<string> {
    const email = `${role ?? 'customer'}@example.com`;
    const { user } = await api.app.identity.ensureUser({ name: 'Sam', email, password, verified: true });
    if (role !== null) {
      const staff = { userId: user.id, role, now: api.app.clock.now() };
      await inTransaction(api.app, 'system', (tx) => makeStaff(tx, staff));
    }
    return (await api.call('signIn', { body: { email, password } })).cookie;
  }

  test('are found by its id and by its id in the product', async () => {
    const cookie = await signedIn('support');
    const byId = await api.call('getAccountCredits', { params: { id: publicId('acc', accountId) }, cookie });
    assert.equal(byId.status, 200);
    assert.deepEqual(byId.body.account, {
      id: publicId('acc', accountId),
      external_id: 'customer/42',
      name: 'Acme',
      status: 'active',
    });
    assert.deepEqual([byId.body.available, byId.body.held], [70, 0]);
    const id = encodeURIComponent('ext:customer/42');
    const byExternalId = await api.call('getAccountCredits', { params: { id }, cookie });
    assert.deepEqual(byExternalId.body.account, byId.body.account);
  });

  test('of no account are not found; those who may not adjust do not see them', async () => {
    const cookie = await signedIn('finance');
    for (const id of ['ext:nobody', 'customer/42', publicId('acc', api.app.ids.next()), 'acc_1']) {
      const answer = await api.call('getAccountCredits', { params: { id: encodeURIComponent(id) }, cookie });
      assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], id);
    }
    const params = { id: publicId('acc', accountId) };
    for (const role of ['read_only', null] as const) {
      assert.equal((await api.call('getAccountCredits', { params, cookie: await signedIn(role) })).status, 403);
    }
  });
});
