import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accountState } from '#test/support/account-state.ts';
import {
  type BrowserStage,
  goTo,
  openBrowserStage,
  sees,
  seesNo,
  type VisitOptions,
} from '#test/support/browser-stage.ts';
import { buyAndPay } from '#test/support/purchase.ts';
import { newStaff } from '#test/support/staff.ts';

describe('keys and events', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  /** The balance, asked with a key as a program asks it. */
  async function balanceWith(key: string): Promise<Response> {
    return await fetch(`${stage.url}/v1/credits/balance/`, { headers: { authorization: `Bearer ${key}` } });
  }

  test('an API key is shown once, works, and is refused once it is revoked', async () => {
    const options: VisitOptions = { permissions: ['clipboard-read', 'clipboard-write'] };
    await stage.visitSignedIn(async ({ page }, customer) => {
      await buyAndPay(stage.app, customer);
      await goTo(page, '/settings/integration', 'Integration');
      await page.getByRole('button', { name: 'Create key' }).click();
      const form = page.getByRole('dialog', { name: 'Create an API key' });
      await form.getByRole('button', { name: 'Create key' }).click();
      await sees(form.getByText('Enter a name for the key'));
      await form.getByLabel('Name').fill('Production server');
      await form.getByRole('button', { name: 'Create key' }).click();

      const made = page.getByRole('dialog', { name: 'Your new key' });
      await sees(made.getByText('Copy it now and keep it safe: it is not shown again.'));
      const key = (await made.locator('pre').innerText()).trim();
      assert.match(key, /^purser_test_\w+$/);
      await made.getByRole('button', { name: 'Copy key' }).click();
      await sees(made.getByRole('button', { name: 'Copied' }));
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), key);
      await made.getByRole('button', { name: 'Done' }).click();
      await seesNo(made);
      await page.reload();
      const row = page.getByRole('row', { name: /Production server/ });
      await sees(row.getByText('Active'));
      assert.equal((await page.content()).includes(key), false, 'the key is not shown again');

      const answer = await balanceWith(key);
      assert.equal(answer.status, 200);
      const balance: unknown = await answer.json();
      assert.ok(typeof balance === 'object' && balance !== null && 'available' in balance);
      assert.equal(balance.available, 500);

      await row.getByRole('button', { name: 'Revoke Production server' }).click();
      await page.getByRole('button', { name: 'Revoke key' }).click();
      await sees(row.getByText('Revoked'));
      await stage.app.eventually('the key is refused', async () => (await balanceWith(key)).status === 401);
    }, options);
  });

  test('staff see what the gateway sent and process an event again, which changes nothing', async () => {
    const customer = await stage.app.signUp();
    await buyAndPay(stage.app, customer);
    const earlier = await accountState(stage.app.app, customer.accountId);
    const as = await newStaff(stage.app);
    await stage.app.eventually('the webhook is processed', async () => {
      const { data } = await stage.app.ok('listGatewayEvents', { as });
      return data.some(({ type, status }) => type === 'payment_intent.succeeded' && status === 'processed');
    });
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/', /.+/);
        await page.getByRole('navigation').getByRole('link', { name: 'System' }).click();
        await page.getByRole('tab', { name: 'Gateway events' }).click();
        const row = page.getByRole('row', { name: /payment_intent\.succeeded/ }).first();
        await sees(row.getByText('Processed'));
        await row.getByRole('button', { name: 'Process again payment_intent.succeeded' }).click();
        await sees(page.getByText('Processed again: Processed'));
        await page.getByRole('combobox', { name: 'Status' }).selectOption('Failed');
        await sees(page.getByText('No event has this status.'));
        await page.reload();
        await sees(page.getByText('No event has this status.'));

        await page.getByRole('tab', { name: 'Platform keys' }).click();
        await sees(page.getByText('The product'));
      },
      { as },
    );
    assert.deepEqual(await accountState(stage.app.app, customer.accountId), earlier);
  });

  test('a customer finds no way to the pages of the staff', async () => {
    await stage.visitSignedIn(async ({ page }) => {
      await goTo(page, '/admin/integration', 'Your role does not allow this');
      await seesNo(page.getByRole('link', { name: 'System' }));
    });
  });
});
