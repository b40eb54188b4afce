import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type BrowserStage, goTo, openBrowserStage, sees } from '#test/support/browser-stage.ts';
import { paidOrder } from '#test/sandbox/paypal-json.ts';
import { violationsOf } from '#test/sandbox/shop.ts';

describe('the controls of the sandbox', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  test('show what the simulated PayPal did, and tell it to fail', async () => {
    await paidOrder(stage.app.paypal);
    await stage.visit(async ({ page }) => {
      await goTo(page, '/sandbox', 'Sandbox controls');
      await page.getByRole('tab', { name: 'PayPal' }).click();
      await sees(page.getByText('echeck-bounces@example.com'), page.getByText('PAYMENT.CAPTURE.COMPLETED'));
      assert.deepEqual(await violationsOf(page), []);

      await page.getByRole('combobox', { name: 'Fault' }).click();
      await page.getByRole('option', { name: 'Lose webhooks' }).click();
      await page.getByRole('button', { name: 'Add fault' }).click();
      await sees(page.getByText('everything'), page.getByText('1 left'));
      const { faults } = await stage.app.paypal.control('GET', '');
      assert.deepEqual(
        (faults as { kind: string }[]).map((fault) => fault.kind),
        ['drop_webhooks'],
      );
      await page.getByRole('button', { name: 'Remove all faults' }).click();
      await sees(page.getByText(/No fault is active/));

      await page.getByRole('button', { name: 'Resend the event PAYMENT.CAPTURE.COMPLETED' }).click();
      await sees(page.getByText('The event is sent again.'));
      await page.getByRole('button', { name: /^What next, for/ }).click();
      await page.getByRole('menuitem', { name: 'The buyer disputes it' }).click();
      await sees(page.getByText('CUSTOMER.DISPUTE.CREATED'));
      await page.getByRole('button', { name: /^What next, for PP-R-/ }).click();
      // By the keyboard: the notices of what was done lie over the corner.
      await page.getByRole('menuitem', { name: 'The buyer wins' }).press('Enter');
      await sees(page.getByText('CUSTOMER.DISPUTE.RESOLVED'), page.getByText('PAYMENT.CAPTURE.REVERSED'));
      // The two simulators share nothing: the faults of one are not those of the other.
      await page.getByRole('tab', { name: 'Stripe' }).click();
      await sees(page.getByText('4242 4242 4242 4242'), page.getByText('Stripe simulator'));
    });
  });
});
