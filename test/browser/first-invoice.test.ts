import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserStage, goTo, heading, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { assertPaidOnce, fillCard, openPurchase, paidDialog, payButton } from '#test/support/purchase-page.ts';
import { cards } from '#test/support/purchase.ts';
import { testPassword } from '#test/support/test-client.ts';

describe('the first paid invoice', () => {
  let stage: BrowserStage;

  before(async () => {
    stage = await openBrowserStage();
  });
  after(() => stage.close());

  test('from sign-up to the PDF and the receipt in the mailbox', async () => {
    await stage.visit(async ({ page, customer }) => {
      const email = 'grace@example.com';
      await signUp(page, email);
      await sees(heading(page, 'Dashboard'), page.getByText('Verify your e-mail address'));
      await verifyByMailbox(page, email);

      await page.getByRole('link', { name: 'Go on' }).click();
      await sees(heading(page, 'Dashboard'));
      await seesNo(page.getByText('Verify your e-mail address'));
      await page.getByRole('main').getByRole('link', { name: 'Purchase credits' }).first().click();
      await sees(heading(page, 'Purchase credits'));
      await page.getByRole('radio', { name: /^Pro\b/ }).click();
      await sees(page.getByText('You pay $29.00 now. 2,000 credits are added at once.'));
      await fillCard(page, cards.accepted);
      await payButton(page, '$29.00').click();
      const paid = paidDialog(page);
      await sees(paid.getByText('2,000 credits have been added.'), paid.getByText('$29.00'));

      const bought = await assertPaidOnce(stage, await customer(), { amount: 29_00, credits: 2_000 });
      assert.equal(bought.charges, 1);
      await paid.getByRole('link', { name: bought.number }).click();
      const invoice = page.getByRole('dialog', { name: `Invoice ${bought.number}` });
      await sees(invoice.getByText('Paid').first(), invoice.getByText('Visa ending 4242'));
      await sees(invoice.getByText('Engines of Grace'), invoice.getByRole('cell', { name: '$29.00' }).first());
      const downloading = page.waitForEvent('download');
      await invoice.getByRole('link', { name: 'Download PDF' }).click();
      const download = await downloading;
      assert.equal(download.suggestedFilename(), `${bought.number}.pdf`);
      assert.equal((await readFile(await download.path())).subarray(0, 5).toString(), '%PDF-');

      await invoice.getByRole('button', { name: 'Close' }).click();
      await seesNo(invoice);
      await page.getByRole('link', { name: 'Mailbox' }).click();
      await page.getByRole('searchbox', { name: 'Recipient' }).fill(email);
      await page.getByRole('link', { name: /Your payment of USD 29\.00/ }).click();
      const receipt = page.frameLocator('iframe');
      await sees(receipt.getByText(/29\.00/), receipt.getByText(bought.number));
      await sees(page.getByRole('link', { name: new RegExp(`^${bought.number}\\.pdf`) }));
      const { data } = await stage.app.ok('listSandboxMessages', { query: { to: email } });
      assert.deepEqual(data.map(({ template, status }) => `${template} ${status}`).toSorted(), [
        'payment_success sent',
        'verify_email sent',
      ]);
    });
  });

  test('with the keyboard alone', async () => {
    await stage.visitSignedIn(async ({ page }, customer) => {
      await openPurchase(page, 'starter');
      await page.getByRole('radio', { name: /^Starter\b/ }).focus();
      await page.keyboard.press('ArrowRight');
      await sees(page.getByText('You pay $29.00 now.'));
      await tabTo(page, 'Card number');
      await page.keyboard.type(cards.accepted);
      await page.keyboard.press('Tab');
      await page.keyboard.type('1234');
      await page.keyboard.press('Tab');
      await page.keyboard.type('123');
      await tabTo(page, 'ZIP code');
      await page.keyboard.type('10001');
      await tabTo(page, 'Pay $29.00');
      await page.keyboard.press('Enter');
      const paid = paidDialog(page);
      await sees(paid);
      await tabTo(page, 'Done');
      await page.keyboard.press('Enter');
      await sees(heading(page, 'Plans & Billing'));
      await assertPaidOnce(stage, customer, { amount: 29_00, credits: 2_000 });
    });
  });
});

async function signUp(page: Page, email: string): Promise<void> {
  await goTo(page, '/', 'Sign in');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await sees(heading(page, 'Create your account'));
  await page.getByLabel('Your name').fill('Grace Hopper');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(testPassword);
  await page.getByLabel('Account name').fill('Engines of Grace');
  // The language of the browser suggests the country.
  assert.equal(await page.getByRole('combobox', { name: 'Country' }).inputValue(), 'United States');
  await page.getByRole('button', { name: 'Create account' }).click();
}

async function verifyByMailbox(page: Page, email: string): Promise<void> {
  await page.getByRole('link', { name: 'Mailbox' }).click();
  await sees(heading(page, 'Mailbox'));
  await page.getByRole('searchbox', { name: 'Recipient' }).fill(email);
  await page.getByRole('list', { name: 'Messages' }).getByRole('link').first().click();
  const link = page.frameLocator('iframe').getByRole('link', { name: /verify/i });
  const address = await link.getAttribute('href');
  assert.ok(address !== null);
  await goTo(page, address, 'Your e-mail address is verified');
}

/** Presses Tab until the focus stands on something of this name, as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByLabel(name, { exact: true }).or(page.getByRole('button', { name, exact: true }));
  const reached = target.and(page.locator(':focus'));
  for (let presses = 0; presses < 30; presses += 1) {
    if ((await reached.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to ${name}.`);
}
