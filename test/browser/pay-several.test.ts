import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createInvoice } from '#server/flows/invoices/create-invoice.ts';
import { system } from '#server/modules/team/index.ts';
import { type BrowserStage, goTo, heading, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { approveAs, chooseMethod, fillCard, paidDialog, payButton, paypalButton } from '#test/support/purchase-page.ts';
import { cards } from '#test/support/purchase.ts';
import type { Customer } from '#test/support/test-client.ts';

describe('paying several invoices at once', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  /** Three invoices over $10, $20 and $40; answers their numbers in this order. */
  async function billThree(customer: Customer): Promise<string[]> {
    const numbers: string[] = [];
    for (const unitAmountMinor of [10_00n, 20_00n, 40_00n]) {
      const lines = [{ description: `Support over ${unitAmountMinor}`, quantity: 1n, unitAmountMinor }];
      await createInvoice(stage.app.app, system, { accountId: customer.accountId, lines });
      const { data } = await stage.app.ok('listInvoices', { as: customer });
      const issued = data.find(({ number }) => number !== null && !numbers.includes(number))?.number;
      assert.ok(issued != null);
      numbers.push(issued);
    }
    return numbers;
  }

  async function statesOf(customer: Customer): Promise<string[]> {
    const { data } = await stage.app.ok('listInvoices', { as: customer });
    return data.map(({ status, total }) => `${status} ${total}`).toSorted();
  }

  test('two of three are chosen in the list and paid by one card payment', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      const [ten = '', twenty = '', forty = ''] = await billThree(customer);
      await goTo(page, '/account/invoices', 'Invoices');
      await page.getByRole('checkbox', { name: `Select invoice ${ten}` }).check();
      await page.getByRole('checkbox', { name: `Select invoice ${twenty}` }).check();
      await page.getByRole('checkbox', { name: `Select invoice ${forty}` }).check();
      const bar = page.getByRole('region', { name: 'Pay the selected invoices' });
      await sees(bar.getByText('3 invoices selected'), bar.getByRole('link', { name: 'Pay $70.00' }));
      await page.getByRole('checkbox', { name: `Select invoice ${twenty}` }).uncheck();
      await bar.getByRole('link', { name: 'Pay $50.00' }).click();
      await sees(heading(page, 'Pay 2 invoices'), page.getByText('One payment of $50.00 pays them all.'));
      await fillCard(page, cards.accepted);
      await payButton(page, '$50.00').click();
      await sees(paidDialog(page).getByText('2 invoices are paid.'));
      await sees(
        paidDialog(page).getByRole('link', { name: ten }),
        paidDialog(page).getByRole('link', { name: forty }),
      );
      assert.deepEqual(await statesOf(customer), ['paid 1000', 'paid 4000', 'pending 2000']);
    });
  });

  test('declined, then paid by PayPal without leaving the page', async () => {
    await stage.visitSignedIn(
      async ({ page }, customer) => {
        await billThree(customer);
        await goTo(page, '/account/invoices', 'Invoices');
        await sees(page.getByRole('checkbox', { name: /^Select invoice/ }));
        for (const box of await page.getByRole('checkbox', { name: /^Select invoice/ }).all()) await box.check();
        await page.getByRole('link', { name: 'Pay $70.00', exact: true }).click();
        await fillCard(page, cards.declined);
        await payButton(page, '$70.00').click();
        await sees(page.getByRole('alert').filter({ hasText: 'Your bank declined this card.' }));
        await chooseMethod(page, 'PayPal');
        await paypalButton(page).click();
        await approveAs(page, 'buyer@example.com');
        await sees(paidDialog(page).getByText('3 invoices are paid.'));
        assert.deepEqual(await statesOf(customer), ['paid 1000', 'paid 2000', 'paid 4000']);
      },
      { expectedErrors: [/status of 402/] },
    );
  });

  test('a link to invoices that are paid already says so', async () => {
    await stage.visitSignedIn(
      async ({ page }, customer) => {
        const [ten = ''] = await billThree(customer);
        const { data } = await stage.app.ok('listInvoices', { as: customer });
        const ids = data.map(({ id }) => id);
        const only = data.find(({ number }) => number === ten)?.id ?? '';
        await page.goto(`/account/credits/purchase?invoices=${only}`);
        await fillCard(page, cards.accepted);
        await payButton(page, '$10.00').click();
        await sees(paidDialog(page).getByText(`Invoice ${ten} is paid.`));
        await page.goto(`/account/credits/purchase?invoices=${only}`);
        await sees(page.getByText('There is nothing to pay'));
        await page.goto(`/account/credits/purchase?invoices=${ids.join(',')}`);
        await sees(heading(page, 'Pay 2 invoices'), page.getByText(`Left out: ${ten}.`));
        await page.goto('/account/credits/purchase?invoices=inv_nobodyknows');
        await sees(page.getByText('There is no such payment'));
        await seesNo(page.getByRole('region', { name: 'Payment method' }));
      },
      { expectedErrors: [/status of 4\d\d/] },
    );
  });
});
