import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserStage, goTo, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { newStaff } from '#test/support/test-people.ts';
import type { Caller } from '#test/support/test-client.ts';

describe('payment methods of every country', () => {
  let stage: BrowserStage;
  let finance: Caller;

  before(async () => {
    stage = await openBrowserStage();
    finance = await newStaff(stage.app, 'finance');
  });
  after(() => stage.close());

  async function visit(story: (page: Page) => Promise<void>, expectedErrors: RegExp[] = []): Promise<void> {
    await stage.visit(({ page }) => story(page), { as: finance, expectedErrors });
  }

  /** What a customer in a country is offered, by name. */
  async function offeredIn(country: string): Promise<string[]> {
    const as = await stage.app.signUp({ country });
    const { data } = await stage.app.ok('listPaymentMethods', { as });
    return data.map((option) => option.display_name);
  }

  const section = (page: Page, country: string) => page.getByRole('region', { name: country, exact: true });

  test('a switch takes a method away from the customers of a country and gives it back', async () => {
    await visit(async (page) => {
      await goTo(page, '/', /.+/);
      await page.getByRole('navigation').getByRole('link', { name: 'Payment Methods' }).click();
      await sees(section(page, 'Every other country'), section(page, 'Pakistan'));
      const offer = section(page, 'Pakistan').getByRole('switch', { name: 'Offer Easypaisa: Pakistan' });
      assert.equal((await offeredIn('PK')).includes('Easypaisa'), true);
      await offer.press('Space');
      await sees(page.getByText('Easypaisa is no longer offered: Pakistan'));
      assert.equal((await offeredIn('PK')).includes('Easypaisa'), false);
      await offer.press('Space');
      await sees(page.getByText('Easypaisa is offered: Pakistan'));
      assert.equal((await offeredIn('PK')).includes('Easypaisa'), true);

      await page.getByLabel('Search').fill('easypaisa');
      await seesNo(section(page, 'Kenya'));
      await sees(section(page, 'Pakistan').getByText('Easypaisa'));
      await page.reload();
      await seesNo(section(page, 'Kenya'));
    });
  });

  test('a preset fills the form in; bank details with a slip are refused where they stand', async () => {
    await visit(
      async (page) => {
        await goTo(page, '/admin/payment-methods', 'Payment Methods');
        await page.getByRole('button', { name: 'Add method', exact: true }).first().click();
        const form = page.getByRole('dialog', { name: 'Add a payment method' });
        await form.getByRole('combobox', { name: 'Country' }).fill('Austria');
        await page.getByRole('option', { name: 'Austria' }).click();
        await form.getByRole('combobox', { name: 'Method' }).click();
        await page.getByRole('option', { name: 'SEPA bank transfer', exact: true }).click();
        await sees(form.getByLabel('Instructions').and(page.locator('textarea')));
        await form.getByText('Preview', { exact: true }).click();
        await sees(form.getByRole('region', { name: 'Preview' }).locator('strong', { hasText: 'exact amount' }));

        await form.getByRole('button', { name: 'Add method' }).click();
        await sees(form.getByText('Enter both, or remove the line').first());
        await form.getByRole('textbox', { name: 'Account holder' }).fill('Lanternworks GmbH');
        await form.getByRole('textbox', { name: 'IBAN', exact: true }).first().fill('AT61 1904 3002 3457 3202');
        await form.getByRole('textbox', { name: 'BIC', exact: true }).fill('RZOOAT2L');
        await form.getByRole('button', { name: 'Remove Bank' }).click();
        await form.getByLabel('Name of the recipient').fill('Lanternworks GmbH');
        await form.getByRole('textbox', { name: 'IBAN', exact: true }).last().fill('AT611904300234573201');
        await form.getByLabel('From, in EUR').fill('5');
        await form.getByLabel('Up to, in EUR').fill('1000,50');
        await form.getByRole('button', { name: 'Add method' }).click();
        await sees(form.getByText('Is not an IBAN: its check digits or its length are wrong').first());
        await form.getByRole('textbox', { name: 'IBAN', exact: true }).first().fill('AT61 1904 3002 3457 3201');
        await form.getByRole('button', { name: 'Add method' }).click();
        await sees(page.getByText('SEPA bank transfer is added: Austria'));
        await seesNo(form);
        await sees(section(page, 'Austria').getByText('€5.00 to €1,000.50'));
      },
      [/status of 422/],
    );
    assert.deepEqual(await offeredIn('AT'), ['SEPA bank transfer']);
  });

  test('new bank details are compared with the old ones before anything changes', async () => {
    await visit(
      async (page) => {
        await goTo(page, '/admin/payment-methods?search=jazzcash', 'Payment Methods');
        await page.getByRole('button', { name: 'Edit JazzCash: Pakistan' }).click();
        const form = page.getByRole('dialog', { name: 'JazzCash: Pakistan' });
        const number = form.getByLabel('JazzCash number', { exact: true });
        await sees(number);
        const earlier = await number.inputValue();
        await number.fill('0300 7654321');
        await form.getByRole('button', { name: 'Save' }).click();
        await sees(form.getByRole('heading', { name: 'Send customers’ money somewhere else?' }));
        const row = form.getByRole('row', { name: /JazzCash number/ });
        await sees(row.getByText(earlier), row.getByText('0300 7654321'));
        await form.getByRole('button', { name: 'Go back' }).click();
        await sees(number);
        assert.equal(await number.inputValue(), '0300 7654321');
        assert.equal(await numberOnRecord(), earlier);

        await form.getByRole('button', { name: 'Save' }).click();
        await form.getByRole('button', { name: 'Change the bank details' }).click();
        await sees(page.getByText('JazzCash is saved'));
      },
      [/status of 409/],
    );
    assert.equal(await numberOnRecord(), '0300 7654321');
  });

  async function numberOnRecord(): Promise<string | undefined> {
    const { data } = await stage.app.ok('listPaymentOptions', { as: finance });
    const option = data.find(({ country, method }) => country === 'PK' && method === 'jazzcash');
    return option?.transfer?.fields.find(({ label }) => label === 'JazzCash number')?.value;
  }

  test('a method is removed after a question that says what follows', async () => {
    const card = { country: 'NZ', method: 'card', kind: 'card', display_name: 'Card', instructions: null };
    const body = { ...card, limits: [], sort_order: 1, is_enabled: true, transfer: null };
    await stage.app.ok('createPaymentOption', { as: finance, body });
    await visit(async (page) => {
      await goTo(page, '/admin/payment-methods?search=New+Zealand', 'Payment Methods');
      await page.getByRole('button', { name: 'Remove Card: New Zealand' }).click();
      const question = page.getByRole('dialog', { name: 'Remove Card from New Zealand?' });
      await sees(question.getByText(/It is the last one of this country/));
      await question.getByRole('button', { name: 'Keep it' }).click();
      await page.getByRole('button', { name: 'Remove Card: New Zealand' }).click();
      await question.getByRole('button', { name: 'Remove method' }).click();
      await sees(page.getByText('Nothing matches'));
    });
  });

  test('those who may only read can switch and edit nothing', async () => {
    const reader = await newStaff(stage.app, 'read_only');
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/admin/payment-methods', 'Payment Methods');
        const offer = section(page, 'Kenya').getByRole('switch', { name: 'Offer M-Pesa: Kenya' });
        await sees(section(page, 'Kenya'));
        assert.equal(await offer.isDisabled(), true);
        assert.equal(await page.getByRole('button', { name: /^(Edit|Remove|Add)/ }).count(), 0);
      },
      { as: reader },
    );
  });
});
