import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createInvoice } from '#server/flows/invoices/create-invoice.ts';
import { system } from '#server/modules/team/index.ts';
import { type BrowserStage, goTo, heading, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { buy, buyAndPay } from '#test/support/purchase.ts';
import type { Customer } from '#test/support/test-client.ts';

const daySeconds = 24 * 60 * 60;

/** A customer since September: two paid purchases, one left to itself, an overdue invoice and one just issued. */
describe('the invoices of a quarter', () => {
  let stage: BrowserStage;
  let customer: Customer;

  before(async () => {
    stage = await openBrowserStage({ at: new Date('2026-09-10T15:00:00Z'), idle: true });
    const { app } = stage;
    customer = await app.signUp();
    const bill = async (description: string, amountMinor: bigint) => {
      const lines = [{ description, quantity: 1n, unitAmountMinor: amountMinor }];
      await createInvoice(app.app, system, { accountId: customer.accountId, lines });
    };
    await buyAndPay(app, customer, 'starter');
    await app.advanceTo(new Date('2026-10-05T15:00:00Z'));
    await buyAndPay(app, customer, 'pro');
    await buy(app, customer, { slug: 'business' });
    await app.advance(2 * daySeconds);
    await bill('Onboarding', 250_00n);
    await app.advanceTo(new Date('2026-11-12T15:00:00Z'));
    await bill('Support in November', 40_00n);
  });
  after(() => stage.close());

  const numbers = {
    starter: 'INV-2026-09-00001',
    pro: 'INV-2026-10-00001',
    business: 'INV-2026-10-00002',
    onboarding: 'INV-2026-10-00003',
    support: 'INV-2026-11-00001',
  } as const;

  /** Waits until the table shows these invoices in this order. */
  async function lists(page: Page, ...wanted: (keyof typeof numbers)[]): Promise<void> {
    const links = page.getByRole('table', { name: 'Invoices' }).getByRole('button', { name: /^INV-/ });
    const expected = wanted.map((name) => numbers[name]);
    let shown: string[] = [];
    await stage.app
      .eventually('the rows', async () => {
        shown = await links.allInnerTexts();
        return shown.join() === expected.join();
      })
      .catch(() => assert.deepEqual(shown, expected));
  }

  test('are listed with their states, newest first', async () => {
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/account/invoices', 'Invoices');
        await lists(page, 'support', 'onboarding', 'business', 'pro', 'starter');
        const states: Record<string, [string, string]> = {
          [numbers.support]: ['Pending', '$40.00'],
          [numbers.onboarding]: ['Overdue', '$250.00'],
          [numbers.business]: ['Void', '$59.00'],
          [numbers.pro]: ['Paid', '$29.00'],
        };
        for (const [number, [state, amount]] of Object.entries(states)) {
          const row = page.getByRole('row', { name: new RegExp(number) });
          await sees(row.getByText(state, { exact: true }), row.getByRole('cell', { name: amount, exact: true }));
        }
        await goTo(page, '/', 'Dashboard');
        await sees(page.getByText(`Invoice ${numbers.onboarding} is overdue: $250.00`));
      },
      { as: customer },
    );
  });

  test('are searched by number, filtered by status and date, and sorted; the address keeps it all', async () => {
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/account/invoices', 'Invoices');
        await page.getByRole('searchbox', { name: 'Search by number' }).fill('2026-10');
        await lists(page, 'onboarding', 'business', 'pro');
        await page.getByRole('button', { name: 'Date', exact: true }).last().click();
        await lists(page, 'pro', 'business', 'onboarding');
        await page.getByRole('combobox', { name: 'Status' }).click();
        await page.getByRole('option', { name: 'Paid' }).click();
        await lists(page, 'pro');
        const { search } = new URL(page.url());
        assert.deepEqual(Object.fromEntries(new URLSearchParams(search)), {
          search: '2026-10',
          sort: 'issued_on',
          status: 'paid',
        });
        await page.reload();
        await lists(page, 'pro');
        assert.equal(await page.getByRole('searchbox', { name: 'Search by number' }).inputValue(), '2026-10');
        assert.equal(await page.getByRole('combobox', { name: 'Status' }).inputValue(), 'Paid');
        await page.goBack();
        await lists(page, 'pro', 'business', 'onboarding');

        await page.getByRole('button', { name: 'Clear filters' }).click();
        await lists(page, 'starter', 'pro', 'business', 'onboarding', 'support');
        await page.getByRole('button', { name: 'Date', exact: true }).first().click();
        await page.getByRole('button', { name: 'Last month' }).click();
        await lists(page, 'pro', 'business', 'onboarding');
        assert.match(page.url(), /from=2026-10-01&to=2026-10-31/);
        await page.getByRole('searchbox', { name: 'Search by number' }).fill('99999');
        await sees(page.getByText('No invoice matches'));
      },
      { as: customer },
    );
  });

  test('open their details by row, by address and from the palette', async () => {
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/account/invoices', 'Invoices');
        await page.getByRole('row', { name: new RegExp(numbers.onboarding) }).click();
        const onboarding = page.getByRole('dialog', { name: `Invoice ${numbers.onboarding}` });
        await sees(onboarding.getByText('$250.00 is still to be paid.'), onboarding.getByText('Onboarding'));
        await page.reload();
        await sees(onboarding);
        await page.keyboard.press('Escape');
        await seesNo(onboarding);
        assert.doesNotMatch(page.url(), /invoice=/);

        await goTo(page, '/', 'Dashboard');
        await page.keyboard.press('Control+k');
        const palette = page.getByRole('dialog', { name: 'Search' });
        await palette.getByRole('textbox').fill('10-00001');
        await sees(palette.getByText(`${numbers.pro} · $29.00`));
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await sees(heading(page, 'Invoices'), page.getByRole('dialog', { name: `Invoice ${numbers.pro}` }));
      },
      { as: customer },
    );
  });

  test('are the billing history, narrowed by status', async () => {
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/account/billing?tab=history&status=void', 'Plans & Billing');
        await lists(page, 'business');
        await page.getByRole('tab', { name: 'Credits' }).click();
        await sees(page.getByText('2,500'));
      },
      { as: customer },
    );
  });

  test('of one customer are nothing to another', async () => {
    const { data } = await stage.app.ok('listInvoices', { as: customer });
    await stage.visitSignedIn(
      async ({ page }) => {
        await goTo(page, '/account/invoices', 'Invoices');
        await sees(page.getByText('No invoice yet'));
        await goTo(page, `/account/invoices?invoice=${data[0]?.id ?? ''}`, 'Invoices');
        await sees(page.getByRole('dialog').getByRole('alert'));
      },
      { expectedErrors: [/status of 404/] },
    );
  });
});
