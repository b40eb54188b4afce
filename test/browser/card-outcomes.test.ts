import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accountState } from '#test/support/account-state.ts';
import {
  type BrowserStage,
  declinedCards,
  heading,
  openBrowserStage,
  sees,
  seesNo,
  type Visitor,
} from '#test/support/browser-stage.ts';
import {
  assertPaidOnce,
  bankDialog,
  fillCard,
  openPurchase,
  paidDialog,
  payButton,
} from '#test/support/purchase-page.ts';
import { cards, chargesOf } from '#test/support/purchase.ts';
import { type Customer, uuidOf } from '#test/support/test-client.ts';

describe('what can become of a card', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  /** Pays Pro with a card that its bank refuses; the reason stands beside the form. */
  async function refused({ page }: Visitor, customer: Customer, card: string, reason: string): Promise<string> {
    await openPurchase(page, 'pro');
    await fillCard(page, card);
    await payButton(page, '$29.00').click();
    const notice = page.getByRole('alert').filter({ hasText: 'The payment did not go through' });
    await sees(notice.getByText(reason), notice.getByText('You have not been charged.'));
    const { data } = await stage.app.ok('listInvoices', { as: customer });
    const [invoice] = data;
    assert.ok(invoice?.number != null && data.length === 1);
    assert.equal(invoice.status, 'pending');
    // The refused payment stays open, and the page now is about its invoice.
    await sees(heading(page, `Pay invoice ${invoice.number}`));
    assert.equal(await page.title(), `Pay invoice ${invoice.number} · Purser`);
    await sees(page.getByText(/Unpaid, it is voided on \w+ \d+, \d{4}/));
    assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 0);
    return invoice.number;
  }

  test('declined, then another card pays the same invoice', async () => {
    await stage.visitSignedIn(
      async (visitor, customer) => {
        const { page } = visitor;
        const number = await refused(visitor, customer, cards.declined, 'Your bank declined this card.');
        await fillCard(page, cards.accepted);
        await payButton(page, '$29.00').click();
        await sees(paidDialog(page).getByText('2,000 credits have been added.'));
        const bought = await assertPaidOnce(stage, customer, { amount: 29_00, credits: 2_000 });
        assert.deepEqual([bought.number, bought.charges], [number, 2]);
      },
      { expectedErrors: [declinedCards] },
    );
  });

  test('without funds, and left for another package, which is a purchase of its own', async () => {
    await stage.visitSignedIn(
      async (visitor, customer) => {
        const { page } = visitor;
        await refused(visitor, customer, cards.withoutFunds, 'The card does not have enough funds.');
        await page.getByRole('button', { name: 'Choose another package' }).click();
        await sees(heading(page, 'Purchase credits'), page.getByText('You have an unfinished payment'));
        await page.getByRole('radio', { name: /^Starter\b/ }).click();
        await fillCard(page, cards.accepted);
        await payButton(page, '$9.00').click();
        await sees(paidDialog(page).getByText('500 credits have been added.'));
        const { data } = await stage.app.ok('listInvoices', { as: customer });
        assert.deepEqual(data.map(({ status, total }) => `${status} ${total}`).toSorted(), [
          'paid 900',
          'pending 2900',
        ]);
        assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 500);
      },
      { expectedErrors: [declinedCards] },
    );
  });

  test('3-D Secure completed at the bank', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPurchase(page, 'pro');
      await fillCard(page, cards.authenticated);
      await payButton(page, '$29.00').click();
      await bankDialog(page).getByRole('button', { name: 'Complete' }).click();
      await sees(paidDialog(page));
      await seesNo(bankDialog(page));
      const bought = await assertPaidOnce(stage, customer, { amount: 29_00, credits: 2_000 });
      assert.equal(bought.charges, 1);
    });
  });

  test('3-D Secure failed at the bank, then tried again', async () => {
    await stage.visitSignedIn(
      async ({ page }, customer) => {
        await openPurchase(page, 'pro');
        await fillCard(page, cards.authenticated);
        await payButton(page, '$29.00').click();
        await bankDialog(page).getByRole('button', { name: 'Fail' }).click();
        const notice = page.getByRole('alert').filter({ hasText: 'The payment did not go through' });
        await sees(notice.getByText('Your bank could not confirm that it is you.'));
        const state = await accountState(stage.app.app, customer.accountId);
        assert.deepEqual([state.lots.length, state.payments.length], [0, 1]);
        await fillCard(page, cards.authenticated);
        await payButton(page, '$29.00').click();
        await bankDialog(page).getByRole('button', { name: 'Complete' }).click();
        await sees(paidDialog(page));
        await assertPaidOnce(stage, customer, { amount: 29_00, credits: 2_000 });
      },
      { expectedErrors: [declinedCards] },
    );
  });

  test('a form not filled in is told field by field, and nothing is begun', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPurchase(page, 'pro');
      await payButton(page, '$29.00').click();
      await sees(page.getByText(/card number is incomplete/i));
      await sees(payButton(page, '$29.00'));
      assert.equal((await stage.app.ok('listInvoices', { as: customer })).data.length, 0);
    });
  });

  test('a double click on Pay pays once', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPurchase(page, 'enterprise');
      await fillCard(page, cards.accepted);
      await payButton(page, '$199.00').dblclick();
      await sees(paidDialog(page).getByText('20,000 credits have been added.'));
      const bought = await assertPaidOnce(stage, customer, { amount: 199_00, credits: 20_000 });
      assert.equal(bought.charges, 1);
    });
  });

  test('a gateway that carries out the payment and answers nothing still charges once', async () => {
    await stage.visitSignedIn(
      async ({ page }, customer) => {
        await openPurchase(page, 'starter');
        await fillCard(page, cards.accepted);
        await stage.app.stripe.control('POST', 'faults', {
          kind: 'timeout_after_effect',
          method: 'POST',
          path: '/v1/payment_intents',
          times: 1,
        });
        await payButton(page, '$9.00').click();
        const ends = paidDialog(page).or(page.getByRole('main').getByRole('alert'));
        await sees(ends);
        if (!(await paidDialog(page).isVisible())) await payButton(page, '$9.00').click();
        await sees(paidDialog(page));
        const bought = await assertPaidOnce(stage, customer, { amount: 9_00, credits: 500 });
        const { payments } = await stage.app.ok('getInvoice', { as: customer, params: { id: bought.invoiceId } });
        assert.equal((await chargesOf(stage.app.stripe.stripe, uuidOf(payments[0]?.id ?? ''))).length, 1);
      },
      { expectedErrors: [/status of 50\d/] },
    );
  });
});
