import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserStage, goTo, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { buyAndPay } from '#test/support/purchase.ts';
import { newStaff } from '#test/support/test-people.ts';
import type { Caller, Customer } from '#test/support/test-client.ts';
import { buyByTransfer, declare } from '#test/support/transfers.ts';

/** A customer who has declared a transfer, and what was declared. */
type Waiting = { readonly customer: Customer; readonly id: string; readonly name: string };

describe('payments as staff see them', () => {
  let stage: BrowserStage;
  let finance: Caller;

  before(async () => {
    stage = await openBrowserStage();
    finance = await newStaff(stage.app, 'finance');
  });
  after(() => stage.close());

  async function transferWaits(name: string, transactionId: string): Promise<Waiting> {
    const customer = await stage.app.signUp({ country: 'PK', account_name: name });
    const { payment } = await buyByTransfer(stage.app, customer);
    await declare(stage.app, customer, payment.id, transactionId);
    return { customer, id: payment.id, name };
  }

  const visitAs = (as: Caller, story: (page: Page) => Promise<void>) => stage.visit(({ page }) => story(page), { as });

  const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name: `Payment of ${name}` });
  const balanceOf = async ({ customer }: Waiting) =>
    (await stage.app.ok('getCreditBalance', { as: customer })).available;
  const standingOf = async ({ id }: { readonly id: string }) =>
    await stage.app.ok('getAnyPayment', { as: finance, params: { id } });

  test('keys alone lead through the queue: open, look, approve in part, reject the next', async () => {
    const first = await transferWaits('Anarkali Traders', '10000000001');
    const second = await transferWaits('Badshahi Prints', '10000000002');
    await visitAs(finance, async (page) => {
      await goTo(page, '/', /.+/);
      const link = page.getByRole('navigation').getByRole('link', { name: /^Payments/ });
      await sees(link.getByText('2'));
      await link.click();
      const queue = page.getByRole('table', { name: 'Payments' });
      await sees(queue.getByText(first.name), queue.getByText(second.name));
      await sees(queue.getByRole('row').nth(1).getByText(first.name));

      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      const dialog = dialogOf(page, first.name);
      const proof = dialog.getByRole('img', { name: 'Proof of the transfer: receipt.png' });
      await sees(proof, dialog.getByText('10000000001'), dialog.getByText('Amna Khan'));
      await stage.app.eventually('the proof is drawn', async () =>
        proof.evaluate((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0),
      );
      const { transfer } = await standingOf(first);
      await sees(dialog.getByText(transfer?.reference ?? ''));

      await page.keyboard.press('j');
      await sees(dialogOf(page, second.name));
      await page.keyboard.press('k');
      await sees(dialog);
      await page.keyboard.press('?');
      await sees(dialog.getByRole('list', { name: 'Keys' }));

      await page.keyboard.press('a');
      const arrived = dialog.getByLabel('What has arrived (PKR)');
      await arrived.fill('2000.005');
      await page.keyboard.press('Enter');
      await sees(dialog.getByText('Enter the amount that has arrived, such as 2500.00'));
      await arrived.fill('2000');
      await sees(dialog.getByText(/500\.00 of INV-.* stays due and can be paid again/));
      await page.keyboard.press('Enter');

      const next = dialogOf(page, second.name);
      await sees(page.getByText(/2,000\.00 of Anarkali Traders is approved/), next);
      await page.keyboard.press('r');
      await page.keyboard.press('Escape');
      await sees(next.getByRole('button', { name: /^Reject/ }));
      await page.keyboard.press('r');
      await next.getByRole('button', { name: /^Reject PKR/ }).click();
      await sees(next.getByText('Enter a reason'));
      await next.getByText('We could not find this transfer on our account.').click();
      await next.getByRole('button', { name: /^Reject PKR/ }).click();
      await sees(page.getByText('Nothing else waits for approval.'), page.getByText('Nothing waits for you'));
      await seesNo(link.getByText('2'));
    });
    const paid = await standingOf(first);
    assert.deepEqual([paid.status, paid.amount_received], ['succeeded', 2_000_00]);
    assert.equal(await balanceOf(first), 0);
    const refused = await standingOf(second);
    assert.equal(refused.status, 'rejected');
    assert.equal(refused.transfer?.rejection_reason, 'We could not find this transfer on our account.');
  });

  test('a transaction id that was declared twice is warned of, and leads to the other payment', async () => {
    const first = await transferWaits('Clifton Books', '20000000001');
    const second = await transferWaits('Defence Studio', '20000000001');
    await visitAs(finance, async (page) => {
      await goTo(page, `/admin/payments?payment=${second.id}`, 'Payments');
      const dialog = dialogOf(page, second.name);
      await sees(dialog.getByText('Another payment has the same transaction ID'));
      await dialog.getByRole('button', { name: 'I have looked at it' }).click();
      await dialog.getByLabel('What you found or did').fill('Two screenshots of one transfer');
      await dialog.getByRole('button', { name: 'Take it off the list' }).click();
      await sees(page.getByText('Noted. The payment is off the list.'));
      await dialog.getByRole('button', { name: `Payment of ${first.name}` }).click();
      await dialogOf(page, first.name)
        .getByRole('button', { name: /^Approve/ })
        .click();
      await dialogOf(page, first.name)
        .getByRole('button', { name: /^Approve PKR/ })
        .click();
      await sees(page.getByText(/2,500\.00 of Clifton Books is approved/));
      await stage.app.eventually('the credits are there', async () => (await balanceOf(first)) === 500);
    });
    assert.equal((await standingOf(second)).attention, null);
  });

  test('somebody else was faster: it is said, and shown how it stands', async () => {
    const waiting = await transferWaits('Empress Market', '30000000001');
    const options = { expectedErrors: [/status of 409/] };
    await stage.visit(
      async ({ page }) => {
        await goTo(page, `/admin/payments?view=all&payment=${waiting.id}`, 'Payments');
        const dialog = dialogOf(page, waiting.name);
        await dialog.getByRole('button', { name: /^Approve/ }).click();
        await sees(dialog.getByLabel('What has arrived (PKR)'));
        const body = { reason: 'Not found.' };
        await stage.app.ok('rejectPayment', { as: finance, params: { id: waiting.id }, body });
        await dialog.getByRole('button', { name: /^Approve PKR/ }).click();
        await sees(dialog.getByText('Rejected: Not found.'));
        await seesNo(dialog.getByRole('button', { name: /^Approve/ }));
      },
      { as: finance, ...options },
    );
    assert.equal(await balanceOf(waiting), 0);
  });

  test('a refund is previewed, made in part, and leaves its credit note and its trace', async () => {
    const customer = await stage.app.signUp({ account_name: 'Fernwood Studio' });
    const { payment } = await buyAndPay(stage.app, customer, 'pro');
    await visitAs(finance, async (page) => {
      await goTo(page, '/admin/payments?view=all&search=Fernwood', 'Payments');
      const table = page.getByRole('table', { name: 'Payments' });
      await table.getByRole('button', { name: 'Open the payment of Fernwood Studio' }).click();
      const dialog = dialogOf(page, 'Fernwood Studio');
      await dialog.getByRole('button', { name: 'Refund' }).click();
      const refund = page.getByRole('dialog', { name: 'Refund a payment of Fernwood Studio' });
      await refund.getByLabel('Amount to give back (USD)').fill('30');
      await refund.getByRole('button', { name: /^Refund/ }).click();
      await sees(refund.getByText('Enter an amount up to $29.00'), refund.getByText('Enter a reason'));
      await refund.getByLabel('Amount to give back (USD)').fill('14.50');
      await refund.getByLabel('Reason').fill('Half of it was not needed');
      const effect = refund.getByRole('region', { name: 'What happens' });
      await sees(effect.getByText('$14.50'), effect.getByText('1,000').first());
      await refund.getByRole('button', { name: 'Refund $14.50' }).click();
      await sees(page.getByText('$14.50 is refunded to Fernwood Studio'));
      await seesNo(refund);
      const refunds = dialog.getByRole('region', { name: 'Refunds' });
      await sees(refunds.getByText('Half of it was not needed'), refunds.getByText(/CN-\d{4}-\d{2}-\d+/));
    });
    const refunded = await stage.app.ok('getAnyPayment', { as: finance, params: { id: payment.id } });
    assert.deepEqual([refunded.amount_refunded, refunded.refundable], [14_50, 14_50]);
    assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 1_000);
  });

  test('a transfer that nobody has declared is approved once it has arrived, and cannot be rejected', async () => {
    const customer = await stage.app.signUp({ country: 'PK', account_name: 'Ferozsons' });
    const { payment } = await buyByTransfer(stage.app, customer);
    await visitAs(finance, async (page) => {
      await goTo(page, `/admin/payments?view=all&payment=${payment.id}`, 'Payments');
      const dialog = dialogOf(page, 'Ferozsons');
      await sees(
        dialog.getByText('Its payer has not declared it yet'),
        dialog.getByText('The payer has added no file.'),
      );
      assert.equal(await dialog.getByRole('button', { name: /^Reject/ }).count(), 0);
      await page.keyboard.press('a');
      await dialog.getByRole('button', { name: /^Approve PKR/ }).click();
      await sees(page.getByText(/2,500\.00 of Ferozsons is approved/), dialog.getByText('Succeeded').first());
    });
    await stage.app.eventually(
      'the credits are there',
      async () => (await stage.app.ok('getCreditBalance', { as: customer })).available === 500,
    );
  });

  test('the filters stay in the address, and an account’s payments are one click away', async () => {
    const waiting = await transferWaits('Gulshan Ltd', '40000000001');
    await visitAs(finance, async (page) => {
      await goTo(page, '/admin/payments', 'Payments');
      await page.getByRole('tab', { name: 'All' }).click();
      await page.getByLabel('Search').fill('no such account');
      await sees(page.getByText('No payment matches'));
      await page.getByRole('button', { name: 'Clear filters' }).first().click();
      await page.getByRole('button', { name: `Open the payment of ${waiting.name}` }).click();
      await dialogOf(page, waiting.name).getByRole('button', { name: 'Payments of this account' }).click();
      await sees(page.getByText(`Account: ${waiting.name}`));
      await seesNo(dialogOf(page, waiting.name));
      assert.match(page.url(), /view=all&account=acc_/);
      await page.reload();
      await sees(page.getByText(`Account: ${waiting.name}`));
      assert.equal(await page.getByRole('table', { name: 'Payments' }).getByRole('row').count(), 2);
      await page.getByRole('tab', { name: 'Disputes' }).click();
      await sees(page.getByText('No open dispute'));
    });
  });

  test('a dispute says by when to respond and what is frozen, and stays in sight once it is lost', async () => {
    const customer = await stage.app.signUp({ account_name: 'Kestrel Press' });
    const { payment } = await buyAndPay(stage.app, customer, 'pro');
    const { gateway_reference: intent } = await standingOf(payment);
    const { id } = await stage.app.stripe.control('POST', `payment_intents/${String(intent)}/dispute`);
    const disputes = async () => (await standingOf(payment)).disputes.map(({ status }) => status);
    await stage.app.eventually('the dispute is known', async () => (await disputes()).includes('needs_response'));
    await visitAs(finance, async (page) => {
      await goTo(page, '/admin/payments?view=disputes', 'Payments');
      const row = page.getByRole('table', { name: 'Disputes' }).getByRole('row', { name: /Kestrel Press/ });
      await sees(row.getByText('Needs a response'), row.getByText('2,000'), row.getByText(/^in \d+ days$/));
      await row.getByRole('button', { name: 'Kestrel Press' }).click();
      const dialog = dialogOf(page, 'Kestrel Press');
      await sees(dialog.getByText(/^Respond by .+ Respond at Stripe\./), dialog.getByText(/cannot be spent meanwhile/));
      await sees(dialog.getByText('The payer disputes it'), dialog.getByText('Disputed', { exact: true }).first());
      assert.equal(await dialog.getByRole('button', { name: 'Refund' }).count(), 0);

      await stage.app.stripe.control('POST', `disputes/${String(id)}/decide`, { outcome: 'lost' });
      await stage.app.eventually('the dispute is lost', async () => (await disputes()).includes('lost'));
      await goTo(page, '/admin/payments?view=disputes', 'Payments');
      await sees(page.getByText('No open dispute'));
      await page.getByLabel('Show those that are over as well').check();
      await sees(row.getByText('Lost'));
      await page.getByRole('tab', { name: 'Needs attention' }).click();
      await sees(page.getByText('The dispute was lost, and the money is gone'));
    });
  });

  test('those who may only read see the payment and nothing to decide with; customers see no page', async () => {
    const waiting = await transferWaits('Hyderabad Silks', '50000000001');
    await visitAs(await newStaff(stage.app, 'read_only'), async (page) => {
      await goTo(page, `/admin/payments?payment=${waiting.id}`, 'Payments');
      const dialog = dialogOf(page, waiting.name);
      await sees(dialog.getByText('Your role may look at payments but not decide about them.'));
      await page.keyboard.press('a');
      await seesNo(dialog.getByLabel('What has arrived (PKR)'), dialog.getByRole('button', { name: /^Reject/ }));
    });
    await visitAs(waiting.customer, async (page) => {
      await goTo(page, '/admin/payments', 'Your role does not allow this');
    });
  });

  test('on a phone the payments are cards, and one is decided there as well', async () => {
    const waiting = await transferWaits('Indus Crafts', '60000000001');
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/admin/payments?search=Indus', 'Payments');
        const cards = page.getByRole('list', { name: 'Payments' });
        await cards.getByText(waiting.name).click();
        const dialog = dialogOf(page, waiting.name);
        await dialog.getByRole('button', { name: 'Approve' }).click();
        await dialog.getByRole('button', { name: /^Approve PKR/ }).click();
        await sees(page.getByText(/of Indus Crafts is approved/));
      },
      { as: finance, viewport: { width: 390, height: 844 } },
    );
    await stage.app.eventually('the credits are there', async () => (await balanceOf(waiting)) === 500);
  });
});
