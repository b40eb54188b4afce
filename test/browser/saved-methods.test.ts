import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { type BrowserStage, declinedCards, goTo, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { bankDialog, fillCard } from '#test/support/purchase-page.ts';
import { giveCredits } from '#test/support/metering.ts';
import { cards } from '#test/support/purchase.ts';
import { savable, saveCard, savedCards } from '#test/support/saved-methods.ts';

const tab = '/account/billing?tab=methods';
const phone = { width: 390, height: 844 };

describe('the saved payment methods', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  function addDialog(page: Page): Locator {
    return page.getByRole('dialog', { name: 'Add payment method' });
  }

  /** Opens the dialog with the card form in it. */
  async function openCardForm(page: Page): Promise<void> {
    await page.getByRole('main').getByRole('button', { name: 'Add payment method' }).click();
    // PayPal stands beside the card where it is offered.
    const card = addDialog(page).getByText('Credit or debit card', { exact: true });
    if (await card.isVisible()) await card.click();
    await sees(page.getByLabel('Card number'));
  }

  function saveButton(page: Page): Locator {
    return addDialog(page).getByRole('button', { name: 'Save card' });
  }

  function row(page: Page, name: string): Locator {
    return page.getByRole('list', { name: 'Saved payment methods' }).getByRole('listitem').filter({ hasText: name });
  }

  async function violationsOf(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  }

  test('a card is saved, is the default, and an auto top-up can be switched on with it', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await giveCredits(stage.app.app, customer.accountId, 300n);
      await goTo(page, '/account/billing', 'Plans & Billing');
      await sees(page.getByText('It charges a saved card or PayPal. Save one to switch it on.'));
      await page.getByRole('link', { name: 'Add payment method' }).click();
      await sees(page.getByText('No payment method is saved'));
      assert.deepEqual(await violationsOf(page), []);

      await openCardForm(page);
      await saveButton(page).click();
      await sees(page.getByText('Your card number is incomplete.'));
      await fillCard(page, cards.accepted);
      await saveButton(page).click();
      await seesNo(addDialog(page));
      await sees(row(page, 'Visa ending 4242').getByText('Default'), page.getByText('Visa ending 4242 is saved.'));
      assert.deepEqual(await savedCards(stage.app, customer), ['4242 default']);

      await page.getByRole('tab', { name: 'Credits' }).click();
      await page.getByLabel('When fewer credits are left than').fill('100');
      await page.getByLabel('Credit package').selectOption({ index: 1 });
      await page.getByLabel('At most in a month (USD)').fill('100');
      await sees(page.getByText(/Visa ending 4242 is charged/));
      await page.getByRole('button', { name: 'Switch on auto top-up' }).click();
      await sees(page.getByText('The auto top-up is on.'));
      await page.getByRole('tab', { name: 'Payment methods' }).click();
      await sees(row(page, 'Visa ending 4242').getByText('Charged by your auto top-up'));
      await page.getByRole('button', { name: 'Remove Visa ending 4242' }).click();
      const needed = page.getByRole('dialog', { name: 'Visa ending 4242 is needed' });
      await sees(needed.getByText(/there is no other/));
      await needed.getByText('Close', { exact: true }).click();
      await seesNo(needed);
      assert.deepEqual(await savedCards(stage.app, customer), ['4242 default']);
    });
  });

  test('a declined card says why, and another one is saved by the same form', async () => {
    await stage.visitSignedIn(
      async ({ page }, customer) => {
        await goTo(page, tab, 'Plans & Billing');
        await openCardForm(page);
        await fillCard(page, cards.declined);
        await saveButton(page).click();
        const notice = addDialog(page).getByRole('alert').filter({ hasText: 'The payment method was not saved' });
        await sees(notice.getByText('Your card was declined.'));
        assert.deepEqual(await violationsOf(page), []);
        await fillCard(page, savable.mastercard);
        await saveButton(page).click();
        await sees(row(page, 'Mastercard ending 4444'));
        assert.deepEqual(await savedCards(stage.app, customer), ['4444 default']);
      },
      { expectedErrors: [declinedCards] },
    );
  });

  test('a bank that asks its holder: refused, then agreed', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await goTo(page, tab, 'Plans & Billing');
      await openCardForm(page);
      await fillCard(page, cards.authenticated);
      await saveButton(page).click();
      await bankDialog(page).getByRole('button', { name: 'Fail' }).click();
      await sees(addDialog(page).getByText('Your bank did not confirm that the card is yours.'));
      await saveButton(page).click();
      await bankDialog(page).getByRole('button', { name: 'Complete' }).click();
      await sees(row(page, 'Visa ending 3184'));
      assert.deepEqual(await savedCards(stage.app, customer), ['3184 default']);
    });
  });

  test('PayPal is saved in its own window, after it was closed once', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await goTo(page, tab, 'Plans & Billing');
      await page.getByRole('main').getByRole('button', { name: 'Add payment method' }).click();
      await addDialog(page).getByText('PayPal', { exact: true }).first().click();
      const payPal = addDialog(page).getByRole('button', { name: 'PayPal', exact: true });
      await payPal.click();
      const approval = page.getByRole('dialog', { name: 'Save your PayPal account' });
      await approval.getByRole('button', { name: 'Cancel and go back' }).click();
      await sees(addDialog(page).getByText('You closed the PayPal window before agreeing. Nothing was saved.'));
      await payPal.click();
      await approval.getByRole('button', { name: 'Agree and save' }).click();
      await sees(row(page, 'PayPal (').getByText('Default'));
      assert.deepEqual(await savedCards(stage.app, customer), ['paypal default']);
    });
  });

  test('somebody who comes back from their bank finds the card saved', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      const setup = await saveCard(stage.app, customer, { number: savable.amex });
      await goTo(page, `${tab}&setup=${setup.id}`, 'Plans & Billing');
      await sees(row(page, 'American Express ending 0005'));
      await sees(page.getByText('American Express ending 0005 is saved.'));
      await stage.app.eventually('the address is clean', () => Promise.resolve(!page.url().includes('setup=')));
    });
  });

  test('the default is chosen and a method removed by keyboard, and what expires is told on both pages', async () => {
    const now = new Date();
    await stage.visitSignedIn(async ({ page }, customer) => {
      await saveCard(stage.app, customer, {
        number: savable.visa,
        expMonth: now.getUTCMonth() + 1,
        expYear: now.getUTCFullYear(),
      });
      await saveCard(stage.app, customer, { number: savable.mastercard });
      await goTo(page, '/', 'Dashboard');
      await sees(page.getByRole('note').filter({ hasText: 'Visa ending 4242 expires soon' }));
      await page.getByRole('link', { name: 'Payment methods' }).click();
      await sees(row(page, 'Visa ending 4242').getByText('Expires soon'));
      assert.deepEqual(await violationsOf(page), []);
      await page.getByRole('button', { name: 'Make default: Mastercard ending 4444' }).focus();
      await page.keyboard.press('Enter');
      await sees(row(page, 'Mastercard ending 4444').getByText('Default'));
      await page.getByRole('button', { name: 'Remove Visa ending 4242' }).focus();
      await page.keyboard.press('Enter');
      const remove = page.getByRole('dialog', { name: 'Remove Visa ending 4242?' });
      await remove.getByRole('button', { name: 'Remove' }).focus();
      await page.keyboard.press('Enter');
      await seesNo(row(page, 'Visa ending 4242'));
      assert.deepEqual(await savedCards(stage.app, customer), ['4444 default']);
    });
  });

  test('fits a phone and reads in dark colours', async () => {
    await stage.visitSignedIn(
      async ({ page }, customer) => {
        await saveCard(stage.app, customer, { number: savable.visa });
        await saveCard(stage.app, customer, { number: savable.mastercard });
        await goTo(page, tab, 'Plans & Billing');
        await sees(row(page, 'Visa ending 4242'));
        assert.deepEqual(await violationsOf(page), []);
        await openCardForm(page);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        assert.ok(width <= phone.width, `${String(width)} pixels wide`);
        assert.deepEqual(await violationsOf(page), []);
      },
      { viewport: phone, colorScheme: 'dark' },
    );
  });
});
