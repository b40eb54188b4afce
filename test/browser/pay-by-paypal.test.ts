import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { verifyBooks } from '#server/flows/reports/verify-books.ts';
import { type BrowserStage, goTo, heading, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import {
  approveAs,
  chooseMethod,
  fillCard,
  openPurchase,
  paidDialog,
  payButton,
  paypalButton,
  paypalWindow,
} from '#test/support/purchase-page.ts';
import { cards } from '#test/support/purchase.ts';
import type { Customer } from '#test/support/test-client.ts';

describe('paying by PayPal', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  async function openPaypal(page: Page, slug: 'starter' | 'pro' = 'pro'): Promise<void> {
    await openPurchase(page, slug);
    await chooseMethod(page, 'PayPal');
    await paypalButton(page).click();
    await sees(paypalWindow(page));
  }

  /** Asserts that one payment of PayPal has brought what was bought, once, and that every account of the books agrees. */
  async function assertPaid(customer: Customer, bought: { amount: number; credits: number }): Promise<void> {
    const { app } = stage;
    const { data: invoices } = await app.ok('listInvoices', { as: customer });
    assert.deepEqual(
      invoices.map(({ status, total }) => [status, total]),
      [['paid', bought.amount]],
    );
    const [summary] = invoices;
    assert.ok(summary !== undefined);
    const { payments } = await app.ok('getInvoice', { as: customer, params: { id: summary.id } });
    assert.deepEqual(
      payments.filter(({ status }) => status !== 'canceled').map(({ status, method }) => [status, method]),
      [['succeeded', 'paypal']],
    );
    assert.equal((await app.ok('getCreditBalance', { as: customer })).available, bought.credits);
    const wrong: string[] = [];
    await verifyBooks(app.app, ({ name, offenders }) => {
      wrong.push(...offenders.map(({ subject, problem }) => `${name}: ${subject} ${problem}`));
    });
    assert.deepEqual(wrong, []);
  }

  test('approved in the window, paid, and remembered as PayPal on the invoice', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPaypal(page);
      await sees(paypalWindow(page).getByText('29.00 USD', { exact: true }));
      await approveAs(page, 'buyer@example.com');
      await sees(paidDialog(page).getByText('2,000 credits have been added.'));
      await seesNo(paypalWindow(page));
      await assertPaid(customer, { amount: 29_00, credits: 2_000 });
      await paidDialog(page).getByRole('link', { name: /^INV-/ }).click();
      await sees(page.getByRole('dialog').getByText('PayPal (buyer@example.com)'));
    });
  });

  test('a declined bank comes back to the window, where another account pays the same order', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPaypal(page);
      await paypalWindow(page).getByRole('button', { name: 'Let the bank decline' }).click();
      await stage.app.eventually('the decline is recorded', async () => {
        const { data } = await stage.app.ok('listInvoices', { as: customer });
        return data[0]?.last_payment_error?.code === 'instrument_declined';
      });
      await sees(paypalWindow(page).getByLabel('Pay as'));
      await approveAs(page, 'buyer@example.com');
      await sees(paidDialog(page));
      await assertPaid(customer, { amount: 29_00, credits: 2_000 });
    });
  });

  test('closed without paying: nothing is charged, the payment stays open and is finished after a reload', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPaypal(page);
      await paypalWindow(page).getByRole('button', { name: 'Cancel and go back' }).click();
      const notice = page.getByRole('alert').filter({ hasText: 'You closed the window of PayPal' });
      await sees(notice.getByText('You have not been charged.'));
      await sees(heading(page, /^Pay invoice INV-/));
      await page.reload();
      await sees(heading(page, /^Pay invoice INV-/), paypalButton(page));
      assert.equal(await page.getByRole('radio', { name: 'PayPal' }).isChecked(), true);
      await paypalButton(page).click();
      await approveAs(page, 'buyer@example.com');
      await sees(paidDialog(page));
      await assertPaid(customer, { amount: 29_00, credits: 2_000 });
    });
  });

  test('an account that cannot pay: the reason is said, and a card pays the same invoice', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPaypal(page, 'starter');
      await approveAs(page, 'cannot-pay@example.com');
      const notice = page.getByRole('alert').filter({ hasText: 'The payment did not go through' });
      await sees(notice.getByText('PayPal does not let this account pay just now.'));
      await chooseMethod(page, 'Credit or debit card');
      await fillCard(page, cards.accepted);
      await payButton(page, '$9.00').click();
      await sees(paidDialog(page).getByText('500 credits have been added.'));
      const { data } = await stage.app.ok('listInvoices', { as: customer });
      assert.deepEqual(
        data.map(({ status, total }) => [status, total]),
        [['paid', 9_00]],
        'no second invoice was made',
      );
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 500);
    });
  });

  test('a capture that is declined for good ends the payment, and its invoice is paid again', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPaypal(page);
      await approveAs(page, 'capture-declined@example.com');
      await sees(page.getByText('This payment has ended without money'));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 0);
      await page.getByRole('button', { name: 'Pay again' }).click();
      await sees(heading(page, /^Pay invoice INV-/));
      await chooseMethod(page, 'PayPal');
      await paypalButton(page).click();
      await approveAs(page, 'buyer@example.com');
      await sees(paidDialog(page));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 2_000);
    });
  });

  test('an eCheck is waited for, and nothing is granted before it clears', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPaypal(page, 'starter');
      await approveAs(page, 'echeck@example.com');
      await sees(page.getByText('Your payment is being processed'));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 0);
      await goTo(page, '/', 'Dashboard');
      await sees(page.getByText(/The payment of invoice INV-\S+ is being checked: \$9\.00/));
    });
  });

  test('two clicks and a second tab make one order and one payment', async () => {
    await stage.visitSignedIn(
      async ({ page, context }, customer) => {
        await openPurchase(page, 'pro');
        await chooseMethod(page, 'PayPal');
        await paypalButton(page).dblclick();
        await sees(paypalWindow(page));
        const { data } = await stage.app.ok('listInvoices', { as: customer });
        const [invoice] = data;
        assert.ok(data.length === 1 && invoice?.open_payment_id != null);
        const second = await context.newPage();
        await second.goto(`/account/credits/purchase?payment=${invoice.open_payment_id}`);
        await paypalButton(second).click();
        await approveAs(second, 'buyer@example.com');
        await sees(paidDialog(second));
        await paypalWindow(page).getByRole('button', { name: /^Pay / }).click();
        await sees(paypalWindow(page).getByRole('alert').filter({ hasText: 'paid already' }));
        await paypalWindow(page).getByRole('button', { name: 'Cancel and go back' }).click();
        await page.reload();
        await sees(paidDialog(page));
        await assertPaid(customer, { amount: 29_00, credits: 2_000 });
      },
      { expectedErrors: [/status of 4\d\d/] },
    );
  });

  test('without the script of PayPal the page says so and offers the other methods', async () => {
    await stage.visitSignedIn(
      async ({ page }) => {
        await page.route(/\/sandbox\/paypal\/sdk\/js/, (route) => route.abort());
        await openPurchase(page, 'pro');
        await chooseMethod(page, 'PayPal');
        await sees(page.getByRole('alert').filter({ hasText: 'PayPal could not be loaded' }));
        await page.unroute(/\/sandbox\/paypal\/sdk\/js/);
        await page.getByRole('button', { name: 'Try again' }).click();
        await sees(paypalButton(page));
      },
      { expectedErrors: [/sdk\/js|Failed to load/] },
    );
  });
});
