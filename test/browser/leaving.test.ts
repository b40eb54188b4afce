import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createInvoice } from '#server/flows/invoices/create-invoice.ts';
import { system } from '#server/modules/team/index.ts';
import { type BrowserStage, goTo, heading, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import {
  assertPaidOnce,
  bankDialog,
  fillCard,
  openPurchase,
  paidDialog,
  payButton,
} from '#test/support/purchase-page.ts';
import { buy, cards } from '#test/support/purchase.ts';
import { type Customer, uuidOf } from '#test/support/test-client.ts';

describe('a payment that is left and found again', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  /** The one invoice of the account, which is still to be paid. */
  async function openInvoice(customer: Customer): Promise<{ id: string; number: string }> {
    const { data } = await stage.app.ok('listInvoices', { as: customer });
    assert.deepEqual(
      data.map(({ status }) => status),
      ['pending'],
    );
    const [invoice] = data;
    assert.ok(invoice?.number != null);
    return { id: invoice.id, number: invoice.number };
  }

  test('back and forward after a success show it again and pay nothing twice', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await goTo(page, '/account/billing', 'Plans & Billing');
      await page.getByRole('link', { name: 'Purchase credits' }).click();
      await sees(page.getByLabel('Card number'));
      await page.getByRole('radio', { name: /^Pro\b/ }).click();
      await fillCard(page, cards.accepted);
      await payButton(page, '$29.00').click();
      await sees(paidDialog(page));
      await page.goBack();
      await sees(heading(page, 'Plans & Billing'), page.getByText('2,000'));
      await page.goForward();
      await sees(paidDialog(page).getByText('2,000 credits have been added.'));
      await page.reload();
      await sees(paidDialog(page));
      await paidDialog(page).getByRole('button', { name: 'Done' }).click();
      await sees(heading(page, 'Plans & Billing'));
      const bought = await assertPaidOnce(stage, customer, { amount: 29_00, credits: 2_000 });
      assert.equal(bought.charges, 1);
    });
  });

  test('the page asks before it is left in the middle, and staying goes on', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      const asked: string[] = [];
      page.on('dialog', (dialog) => {
        asked.push(dialog.type());
        void dialog.dismiss();
      });
      await goTo(page, '/account/billing', 'Plans & Billing');
      await page.getByRole('link', { name: 'Purchase credits' }).click();
      await sees(page.getByLabel('Card number'));
      await page.getByRole('radio', { name: /^Pro\b/ }).click();
      await fillCard(page, cards.authenticated);
      await payButton(page, '$29.00').click();
      await sees(bankDialog(page));
      await page.evaluate('history.back()');
      await stage.app.eventually('the page asks', async () => asked.length > 0);
      assert.deepEqual(asked, ['confirm']);
      await bankDialog(page).getByRole('button', { name: 'Complete' }).click();
      await sees(paidDialog(page));
      await assertPaidOnce(stage, customer, { amount: 29_00, credits: 2_000 });
    });
  });

  test('a reload in the middle of 3-D Secure finds the payment and goes on with the bank', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      page.on('dialog', (dialog) => void dialog.accept());
      await openPurchase(page, 'pro');
      await fillCard(page, cards.authenticated);
      await payButton(page, '$29.00').click();
      await sees(bankDialog(page));
      await page.reload();
      await sees(page.getByText('Your bank wants you to confirm this payment'));
      const { number } = await openInvoice(customer);
      await sees(heading(page, `Pay invoice ${number}`));
      await page.getByRole('button', { name: 'Confirm with your bank' }).click();
      await bankDialog(page).getByRole('button', { name: 'Complete' }).click();
      await sees(paidDialog(page));
      const bought = await assertPaidOnce(stage, customer, { amount: 29_00, credits: 2_000 });
      assert.deepEqual([bought.number, bought.charges], [number, 1]);
    });
  });

  test('a tab closed during 3-D Secure is resumed from the invoices with another card', async () => {
    await stage.visitSignedIn(async ({ page, context }, customer) => {
      await openPurchase(page, 'pro');
      await fillCard(page, cards.authenticated);
      await payButton(page, '$29.00').click();
      await sees(bankDialog(page));
      await page.close();
      const { number } = await openInvoice(customer);

      const later = await context.newPage();
      await goTo(later, '/account/invoices', 'Invoices');
      await later.getByRole('link', { name: `Finish payment of invoice ${number}` }).click();
      await sees(heading(later, `Pay invoice ${number}`));
      await later.getByRole('button', { name: 'Use another card' }).click();
      await sees(later.getByText(`Invoice ${number} is waiting for its payment`));
      await fillCard(later, cards.accepted);
      await payButton(later, '$29.00').click();
      await sees(paidDialog(later));
      const bought = await assertPaidOnce(stage, customer, { amount: 29_00, credits: 2_000 });
      assert.equal(bought.number, number);
    });
  });

  test('a tab closed right after Pay: the webhook alone brings the credits', async () => {
    await stage.visitSignedIn(async ({ page, context }, customer) => {
      await openPurchase(page, 'starter');
      await fillCard(page, cards.accepted);
      const confirmed = page.waitForResponse(/payment_intents\/[^/]+\/confirm/);
      // What the page would ask afterwards never leaves it.
      await page.route(/\/v1\/billing\/payments\//, () => undefined);
      await payButton(page, '$9.00').click();
      await confirmed;
      await page.close();
      await stage.app.eventually('the credits arrive', async () => {
        return (await stage.app.ok('getCreditBalance', { as: customer })).available === 500;
      });
      const later = await context.newPage();
      await goTo(later, '/', 'Dashboard');
      await sees(later.getByRole('region', { name: 'Credits available' }).getByText('500'));
      await assertPaidOnce(stage, customer, { amount: 9_00, credits: 500 });
    });
  });

  test('an open invoice over something else is paid from the overview by its Pay button', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await createInvoice(stage.app.app, system, {
        accountId: customer.accountId,
        lines: [
          { description: 'Professional Plan, monthly', quantity: 1n, unitAmountMinor: 99_00n },
          { description: 'Additional 1,000 credits', quantity: 1n, unitAmountMinor: 19_00n, credits: 1_000n },
        ],
      });
      const { number } = await openInvoice(customer);
      await goTo(page, '/', 'Dashboard');
      await sees(page.getByText(`Invoice ${number} is open: $118.00`));
      await page.getByRole('link', { name: `Pay $118.00 of invoice ${number}` }).click();
      await sees(heading(page, `Pay invoice ${number}`), page.getByText('$118.00 is still open.'));
      await seesNo(page.getByText(/voided/), page.getByRole('button', { name: 'Choose another package' }));
      const summary = page.getByRole('region', { name: 'What you pay' });
      await sees(summary.getByText('For', { exact: true }), summary.getByText('Professional Plan, monthly'));
      await seesNo(summary.getByText('Package', { exact: true }));
      await fillCard(page, cards.accepted);
      await payButton(page, '$118.00').click();
      await sees(paidDialog(page).getByText('$118.00'));
      const bought = await assertPaidOnce(stage, customer, { amount: 118_00, credits: 1_000 });
      assert.deepEqual([bought.number, bought.charges], [number, 1]);
      await goTo(page, '/', 'Dashboard');
      await seesNo(page.getByText(/is open/));
    });
  });

  test('an unpaid purchase is voided when the clock of the sandbox is moved by a day', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      const purchase = await buy(stage.app, customer, { slug: 'business' });
      await goTo(page, '/sandbox', 'Sandbox controls');
      await page.getByRole('button', { name: '+1 day' }).click();
      await sees(page.getByText(/The clock now shows/), page.getByText(/1 day( \d+ \w+)? ahead of the real time/));
      await goTo(page, `/account/invoices?invoice=${purchase.invoice.id}`, 'Invoices');
      const invoice = page.getByRole('dialog', { name: `Invoice ${purchase.invoice.number ?? ''}` });
      await sees(invoice.getByText('This invoice was voided. There is nothing to pay.'));
      await goTo(page, `/account/credits/purchase?payment=${purchase.payment.id}`, 'Purchase credits');
      await sees(page.getByText('This payment has ended without money'));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 0);
      const payment = await stage.app.ok('getPayment', { as: customer, params: { id: purchase.payment.id } });
      assert.deepEqual([payment.payment.status, payment.invoice.status], ['canceled', 'void']);
      for await (const intent of stage.app.stripe.stripe.paymentIntents.list({ limit: 100 })) {
        if (intent.metadata['purser_payment_id'] !== uuidOf(purchase.payment.id)) continue;
        assert.equal(intent.status, 'canceled', 'the gateway takes no card any more');
      }
    });
  });
});
