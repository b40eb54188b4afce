import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  type BrowserStage,
  declinedCards,
  goTo,
  heading,
  openBrowserStage,
  sees,
} from '#test/support/browser-stage.ts';
import {
  approveAs,
  bankDialog,
  chooseMethod,
  fillCard,
  openPurchase,
  paidDialog,
  payButton,
  paypalButton,
} from '#test/support/purchase-page.ts';
import { savable, setUpCard, setupSecretOf } from '#test/support/saved-methods.ts';

describe('paying by what is saved', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  /** Buys Starter with a card that is kept, and closes the dialog. */
  async function payAndKeep(page: Page, card: string): Promise<void> {
    await openPurchase(page, 'starter');
    await fillCard(page, card);
    await page.getByRole('checkbox', { name: 'Save this card for later payments' }).check();
    await payButton(page, '$9.00').click();
  }

  test('a card that was kept is the first choice next time, and pays with one click', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await payAndKeep(page, savable.visa);
      await sees(paidDialog(page));
      await goTo(page, '/account/credits/purchase?package=pro', 'Purchase credits');
      const saved = page.getByRole('radio', { name: /Visa ending 4242/ });
      await sees(saved, page.getByRole('radio', { name: /Another card/ }));
      assert.equal(await saved.isChecked(), true);
      await sees(page.getByText('Visa ending 4242 is charged $29.00 now.'));
      await payButton(page, '$29.00').dblclick();
      await sees(paidDialog(page).getByText('2,000 credits have been added.'));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 2_500);
      const { data } = await stage.app.ok('listInvoices', { as: customer });
      assert.deepEqual(
        data.map(({ status }) => status),
        ['paid', 'paid'],
      );
    });
  });

  test('a card whose bank wants to be asked each time is confirmed in place', async () => {
    await stage.visitSignedIn(async ({ page }) => {
      await payAndKeep(page, savable.authenticated);
      await bankDialog(page).getByRole('button', { name: 'Complete' }).click();
      await sees(paidDialog(page));
      await goTo(page, '/account/credits/purchase?package=pro', 'Purchase credits');
      await payButton(page, '$29.00').click();
      await bankDialog(page).getByRole('button', { name: 'Complete' }).click();
      await sees(paidDialog(page).getByText('2,000 credits have been added.'));
    });
  });

  test('a saved card that is declined says so, and another card pays the same invoice', async () => {
    await stage.visitSignedIn(
      async ({ page }, customer) => {
        await openPurchase(page, 'starter');
        const setup = await stage.app.ok('addPaymentMethod', { as: customer, body: { method: 'card' } });
        await setUpCard(stage.app.stripe.sandbox, setupSecretOf(setup), { number: savable.declinedLater });
        await stage.app.ok('confirmMethodSetup', { as: customer, params: { id: setup.id } });
        await goTo(page, '/account/credits/purchase?package=pro', 'Purchase credits');
        await sees(page.getByRole('radio', { name: /Visa ending 0341/ }));
        await payButton(page, '$29.00').click();
        await sees(heading(page, /^Pay invoice INV-/));
        await sees(page.getByRole('alert').filter({ hasText: 'Your bank declined this card.' }));
        await chooseMethod(page, 'Another card');
        await fillCard(page, savable.visa);
        await payButton(page, '$29.00').click();
        await sees(paidDialog(page).getByText('2,000 credits have been added.'));
        const { data } = await stage.app.ok('listInvoices', { as: customer });
        assert.deepEqual(
          data.map(({ status, total }) => [status, total]),
          [['paid', 29_00]],
        );
      },
      { expectedErrors: [declinedCards] },
    );
  });

  test('a PayPal account that was kept pays without its window', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPurchase(page, 'starter');
      await chooseMethod(page, 'PayPal');
      await page.getByRole('checkbox', { name: 'Save this PayPal account for later payments' }).check();
      await paypalButton(page).click();
      await approveAs(page, 'buyer@example.com');
      await sees(paidDialog(page));
      await goTo(page, '/account/credits/purchase?package=pro', 'Purchase credits');
      await sees(page.getByRole('radio', { name: /PayPal \(buyer@example\.com\)/ }));
      await payButton(page, '$29.00').click();
      await sees(paidDialog(page).getByText('2,000 credits have been added.'));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 2_500);
    });
  });
});
