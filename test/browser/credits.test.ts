import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserStage, goTo, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { makeOperation } from '#test/support/metering.ts';
import { buyAndPay } from '#test/support/purchase.ts';
import { newStaff } from '#test/support/staff.ts';
import type { Customer } from '#test/support/test-client.ts';

/** Credits as their owners and the staff meet them: spent, held, explained, counted, and priced. */
describe('credits in the browser', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
    await makeOperation(stage.app.app, 'content.generate', { milliCreditsPerUnit: 2_500n, minimumCredits: 10n });
    await makeOperation(stage.app.app, 'image.render', { milliCreditsPerUnit: 4_000n });
  });
  after(() => stage.close());

  /** Uses an operation of the account over the API. */
  async function use(customer: Customer, operation: string, quantity: number): Promise<void> {
    await stage.app.ok('consumeCredits', {
      as: customer,
      body: { operation, quantity },
    });
  }

  /** Chooses an operation in the playground and runs it. */
  async function run(page: Page, operation: string, quantity: string, button: string): Promise<void> {
    await page.getByRole('combobox', { name: 'Operation' }).selectOption(operation);
    await page.getByLabel('Quantity (unit)').fill(quantity);
    await page.getByRole('button', { name: button, exact: true }).click();
  }

  test('the playground moves balance and statement, holds and captures, and says when credits run out', async () => {
    await stage.visitSignedIn(
      async ({ page }, customer) => {
        await buyAndPay(stage.app, customer);
        await goTo(page, '/playground', 'Playground');
        const balance = (units: string) => page.getByRole('main').getByText(units, { exact: true });
        await sees(balance('500'));

        await run(page, 'content.generate', '5', 'Use 13 credits');
        await sees(page.getByText('13 credits used. 487 credits left.'), balance('487'));
        const latest = page.getByRole('region', { name: 'Latest entries' });
        await latest.getByRole('button', { name: /content\.generate/ }).click();
        const why = page.getByRole('dialog', { name: 'Why your credits changed' });
        await sees(why.getByText('2.5 credits per unit', { exact: false }), why.getByText('A member of the account'));
        await why.getByRole('button', { name: 'Close' }).click();
        await seesNo(why);

        await run(page, 'image.render', '20', 'Hold 80 credits');
        await sees(balance('407'));
        const holds = page.getByRole('region', { name: 'Open holds' });
        await holds.getByLabel('It really took (unit)').fill('15');
        await holds.getByRole('button', { name: 'Use the hold for image.render' }).click();
        await sees(page.getByText('60 credits used, the rest is back.'), balance('427'));

        await run(page, 'image.render', '107', 'Use 428 credits');
        await sees(page.getByText('Not enough credits'), page.getByRole('link', { name: 'Purchase credits' }));
        await sees(balance('427'));
      },
      { expectedErrors: [/status of 402/] },
    );
  });

  test('the Credits tab tells the balance, the lots and every entry, filtered and as CSV', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await buyAndPay(stage.app, customer);
      await use(customer, 'content.generate', 10);
      await use(customer, 'image.render', 3);
      await goTo(page, '/account/billing', 'Plans & Billing');
      await sees(page.getByText('463', { exact: true }), page.getByText('Used this month'));
      await sees(page.getByText('37 of 500'));
      const lots = page.getByRole('table', { name: 'Where your credits are' });
      await sees(lots.getByText('Purchased'), lots.getByText('of 500'));

      const statement = page.getByRole('table', { name: 'Statement' });
      await sees(statement.getByText('image.render'), statement.getByText('Credits purchased'));
      await page.getByRole('combobox', { name: 'Kind' }).selectOption('Use');
      await seesNo(statement.getByText('Credits purchased'));
      assert.match(page.url(), /kind=consumption/);

      const waiting = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download CSV' }).click();
      const rows = (await readFile(await (await waiting).path(), 'utf8')).trim().split('\r\n');
      assert.equal(rows.length, 3, rows.join('\n'));

      await statement.getByRole('button', { name: 'Why? image.render' }).click();
      const why = page.getByRole('dialog', { name: 'Why your credits changed' });
      await sees(why.getByText('Version 1', { exact: false }), why.getByText('Never expires'));
    });
  });

  test('the usage page counts what was used, as chart and as table, for any days', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await buyAndPay(stage.app, customer);
      await use(customer, 'content.generate', 30);
      await use(customer, 'image.render', 5);
      await use(customer, 'image.render', 1);
      await goTo(page, '/account/usage', 'Usage & Analytics');
      const used = page.getByRole('region', { name: 'Used this month' });
      await sees(used.getByText('99', { exact: true }));
      await sees(page.getByRole('region', { name: 'Most used operation' }).getByText('image.render'));
      const breakdown = page.getByRole('region', { name: 'Cost Breakdown' });
      const frame = breakdown.getByRole('group', { name: 'Cost Breakdown', exact: true });
      assert.equal(await frame.count(), 0, 'the table that is not seen takes no focus');
      await breakdown.getByText('Table', { exact: true }).click();
      await sees(frame);
      const shares = breakdown.getByRole('table', { name: 'Cost Breakdown' });
      await sees(
        shares.getByRole('row', { name: /content\.generate 75 75\.76%/ }),
        shares.getByRole('row', { name: /image\.render 24 24\.24%/ }),
      );

      await page.getByText('This month', { exact: true }).click();
      await sees(used.getByText('99', { exact: true }));
      assert.match(page.url(), /period=thisMonth/);
      await page.getByText('Last month', { exact: true }).click();
      await sees(page.getByText('Nothing was used in these days'));

      const waiting = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download CSV' }).click();
      assert.match((await waiting).suggestedFilename(), /\.csv$/);
    });
  });

  test('staff add an operation, change what it costs, see its history, and give credits with a reason', async () => {
    const customer = await stage.app.signUp();
    await buyAndPay(stage.app, customer);
    const as = await newStaff(stage.app, 'finance');
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/admin/credit-costs', 'Credit Costs');
        await page.getByRole('button', { name: 'Add operation' }).click();
        const form = page.getByRole('dialog', { name: 'Add an operation' });
        await form.getByLabel('Code').fill('audio.transcribe');
        await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Transcription');
        await form.getByRole('textbox', { name: 'Unit', exact: true }).fill('minute');
        await form.getByLabel('Credits per minute').fill('1.5');
        await form.getByRole('button', { name: 'Add operation' }).click();
        await sees(page.getByText('“Transcription” is added'), page.getByText('1.5 credits per minute'));
        await page.getByRole('button', { name: /^Change cost: .*Transcription/ }).click();
        const change = page.getByRole('dialog', { name: 'Change the cost of “Transcription”' });
        await change.getByRole('textbox', { name: 'Credits per minute' }).fill('2');
        await sees(change.getByText('instead of', { exact: false }));
        await change.getByRole('button', { name: 'Change cost now' }).click();
        await sees(page.getByText('The cost is changed'), page.getByText('2 credits per minute'));
        await page.getByRole('button', { name: 'History: Transcription' }).click();
        const history = page.getByRole('dialog', { name: 'History of “Transcription”' });
        await sees(history.getByText('In force', { exact: true }), history.getByText('Superseded'));

        await goTo(page, '/admin/credit-costs?tab=adjust', 'Credit Costs');
        await page.getByRole('textbox', { name: 'Account' }).fill(customer.id);
        await page.getByRole('button', { name: 'Find' }).click();
        await page.getByRole('textbox', { name: 'Credits', exact: true }).fill('250');
        await page.getByRole('textbox', { name: 'Reason' }).fill('For the trouble last week');
        await page.getByRole('button', { name: 'Give 250 credits' }).click();
        const confirm = page.getByRole('dialog', { name: /^Give 250 credits to / });
        await confirm.getByRole('button', { name: 'Give 250 credits' }).click();
        await sees(page.getByText('Done. The balance is 750 credits now.'));
      },
      { as },
    );
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/account/billing', 'Plans & Billing');
        await page.getByRole('button', { name: 'Why? Credits adjusted' }).click();
        await sees(page.getByText('For the trouble last week').last());
      },
      { as: customer },
    );
  });
});
