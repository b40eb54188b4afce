import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserStage, goTo, heading, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { chooseMethod, fillCard, openPurchase, paidDialog } from '#test/support/purchase-page.ts';
import { cards } from '#test/support/purchase.ts';
import { newStaff } from '#test/support/test-people.ts';
import type { Caller, Customer } from '#test/support/test-client.ts';
import { buyByTransfer, declare, png } from '#test/support/transfers.ts';

const inPakistan = { country: 'PK' } as const;

describe('paying by transfer and by wallet', () => {
  let stage: BrowserStage;
  let staff: Caller;

  before(async () => {
    stage = await openBrowserStage();
    staff = await newStaff(stage.app, 'finance');
  });
  after(() => stage.close());

  async function visitPakistan(story: (page: Page, customer: Customer) => Promise<void>): Promise<void> {
    const customer = await stage.app.signUp(inPakistan);
    await stage.visit(({ page }) => story(page, customer), {
      as: customer,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
  }

  /** Chooses Easypaisa for the Starter package; answers the id of the payment that was begun. */
  async function begin(page: Page, customer: Customer): Promise<string> {
    await openPurchase(page, 'starter');
    await chooseMethod(page, 'Easypaisa');
    await page.getByRole('button', { name: /^Show how to send / }).click();
    await sees(heading(page, /^Pay invoice INV-/), page.getByRole('region', { name: 'Pay by Easypaisa' }));
    const { data } = await stage.app.ok('listInvoices', { as: customer });
    const [invoice] = data;
    assert.ok(invoice?.open_payment_id != null && data.length === 1);
    assert.equal(invoice.open_payment_status, 'awaiting_transfer');
    return invoice.open_payment_id;
  }

  async function fillDeclaration(page: Page, transactionId: string): Promise<void> {
    const form = page.getByRole('region', { name: 'I have sent the money' });
    await form.getByLabel('Transaction ID').fill(transactionId);
    await form.getByLabel('Sender’s name').fill('Amna Khan');
    await form.getByLabel('Sender’s account or wallet').fill('0345 1112223');
  }

  async function addProof(page: Page, name = 'receipt.png', mimeType = 'image/png', buffer = png()): Promise<void> {
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer });
  }

  test('from the click to the credits: copied details, proof, declaration, approval', async () => {
    await visitPakistan(async (page, customer) => {
      const id = await begin(page, customer);
      const { payment } = await stage.app.ok('getPayment', { as: customer, params: { id } });
      const { transfer } = payment;
      assert.ok(transfer !== null);
      await sees(page.getByText(transfer.reference, { exact: true }));
      await page.getByRole('button', { name: 'Copy Reference' }).click();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), transfer.reference);
      await page.getByRole('button', { name: 'Copy Amount' }).click();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), '2500.00');
      await page.getByRole('button', { name: 'Copy Easypaisa number' }).click();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), '0345 0000000');

      await page.getByRole('button', { name: 'Tell us it is sent' }).click();
      await sees(page.getByText('This is needed.'));
      await fillDeclaration(page, '12345678901');
      await page.getByRole('button', { name: 'Tell us it is sent' }).click();
      await sees(page.getByRole('alert').filter({ hasText: 'Add a screenshot or receipt of the transfer.' }));
      await addProof(page);
      await sees(page.getByRole('link', { name: 'Download receipt.png' }));
      await page.getByRole('button', { name: 'Tell us it is sent' }).click();
      await sees(page.getByRole('heading', { name: 'We are checking your transfer' }), page.getByText('In review'));
      const told = page.getByRole('region', { name: 'What you told us' });
      await sees(told.getByText('12345678901'), told.getByRole('link', { name: 'Download receipt.png' }));

      await told.getByRole('button', { name: 'Correct this' }).click();
      const correction = page.getByRole('region', { name: 'Correct what you told us' });
      assert.equal(await correction.getByLabel('Sender’s name').inputValue(), 'Amna Khan');
      await correction.getByLabel('Transaction ID').fill('12345678902');
      await correction.getByRole('button', { name: 'Save the correction' }).click();
      await sees(told.getByText('12345678902'));

      await stage.app.ok('approvePayment', { as: staff, params: { id }, body: {} });
      await page.reload();
      await sees(paidDialog(page).getByText('500 credits have been added.'));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 500);
    });
  });

  test('files that cannot be a proof are refused where they are chosen, and one can be taken back', async () => {
    await visitPakistan(async (page, customer) => {
      await begin(page, customer);
      await addProof(page, 'page.svg', 'image/svg+xml', Buffer.from('<svg/>'));
      await sees(page.getByRole('alert').filter({ hasText: 'page.svg is of another kind.' }));
      await addProof(page, 'large.png', 'image/png', Buffer.alloc(6 * 1_024 * 1_024));
      await sees(page.getByRole('alert').filter({ hasText: 'large.png is larger than 5 MB.' }));
      await addProof(page);
      await sees(page.getByRole('link', { name: 'Download receipt.png' }));
      await page.getByRole('button', { name: 'Remove receipt.png' }).click();
      await seesNo(page.getByRole('link', { name: 'Download receipt.png' }));
    });
  });

  test('what only looks like a picture is refused by the server, and the page says so', async () => {
    const customer = await stage.app.signUp(inPakistan);
    await stage.visit(
      async ({ page }) => {
        await begin(page, customer);
        await addProof(page, 'fake.png', 'image/png', Buffer.from('<html><script>alert(1)</script></html>'));
        await sees(page.getByRole('alert').filter({ hasText: 'fake.png was not added.' }));
      },
      { as: customer, expectedErrors: [/status of 422/] },
    );
  });

  test('rejected with its reason, and the invoice is paid by card instead', async () => {
    await visitPakistan(async (page, customer) => {
      const purchase = await buyByTransfer(stage.app, customer);
      const params = { id: purchase.payment.id };
      await declare(stage.app, customer, params.id, '98765432109');
      await stage.app.ok('rejectPayment', { as: staff, params, body: { reason: 'No such transfer has arrived.' } });
      await page.goto(`/account/credits/purchase?payment=${params.id}`);
      await sees(page.getByText('This transfer was not accepted'), page.getByText('No such transfer has arrived.'));
      await page.getByRole('button', { name: 'Pay again' }).click();
      await sees(heading(page, `Pay invoice ${purchase.invoice.number ?? ''}`));
      await chooseMethod(page, 'Credit or debit card');
      await fillCard(page, cards.accepted);
      await page
        .getByRole('main')
        .getByRole('button', { name: /^Pay PKR/ })
        .click();
      await sees(paidDialog(page));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 500);
    });
  });

  test('given up for another method, after it was asked for', async () => {
    await visitPakistan(async (page, customer) => {
      const id = await begin(page, customer);
      await page.getByRole('button', { name: 'Pay in another way' }).click();
      const question = page.getByRole('dialog', { name: 'Give up this transfer?' });
      await question.getByRole('button', { name: 'Keep the transfer' }).click();
      await seesNo(question);
      await page.getByRole('button', { name: 'Pay in another way' }).click();
      await question.getByRole('button', { name: 'Give up the transfer' }).click();
      await sees(page.getByRole('region', { name: 'Payment method' }), page.getByText(/is still open/));
      const { payment, invoice } = await stage.app.ok('getPayment', { as: customer, params: { id } });
      assert.deepEqual([payment.status, invoice.status], ['canceled', 'pending']);
      await page.goto(`/account/credits/purchase?payment=${id}`);
      await sees(page.getByText('You gave up this transfer'));
    });
  });

  test('found again from the overview and the invoices, and it is still the same payment', async () => {
    await visitPakistan(async (page, customer) => {
      const purchase = await buyByTransfer(stage.app, customer);
      const number = purchase.invoice.number ?? '';
      const reference = purchase.payment.transfer?.reference ?? '';
      await goTo(page, '/', 'Dashboard');
      await sees(page.getByText('It waits for your transfer.'));
      await page.getByRole('link', { name: `Finish payment of invoice ${number}` }).click();
      await sees(page.getByText(reference, { exact: true }));
      await goTo(page, '/account/billing', 'Plans & Billing');
      await page.getByRole('link', { name: `Finish payment of invoice ${number}` }).click();
      await sees(page.getByText(reference, { exact: true }));
      await declare(stage.app, customer, purchase.payment.id, '55544433322');
      await goTo(page, '/', 'Dashboard');
      await sees(page.getByText(new RegExp(`The payment of invoice ${number} is being checked`)));
      await page.getByRole('link', { name: `Show payment of invoice ${number}` }).click();
      await sees(page.getByText('We are checking your transfer'));
      const { data } = await stage.app.ok('listInvoices', { as: customer });
      assert.equal(data.length, 1);
    });
  });

  test('approved in part: what arrived is said, and the rest is paid', async () => {
    await visitPakistan(async (page, customer) => {
      const purchase = await buyByTransfer(stage.app, customer);
      const params = { id: purchase.payment.id };
      await declare(stage.app, customer, params.id, '11122233344');
      await stage.app.ok('approvePayment', { as: staff, params, body: { amount: 200_000 } });
      await page.goto(`/account/credits/purchase?payment=${params.id}`);
      const dialog = page.getByRole('dialog', { name: 'Part of the payment has arrived' });
      await sees(dialog.getByText('Still due'));
      await dialog.getByRole('button', { name: /^Pay the remaining / }).click();
      await sees(heading(page, `Pay invoice ${purchase.invoice.number ?? ''}`));
      await chooseMethod(page, 'Credit or debit card');
      await fillCard(page, cards.accepted);
      await page
        .getByRole('main')
        .getByRole('button', { name: /^Pay PKR/ })
        .click();
      await sees(paidDialog(page).getByText('500 credits have been added.'));
      assert.equal((await stage.app.ok('getCreditBalance', { as: customer })).available, 500);
    });
  });

  test('a German account scans a code with its banking app', async () => {
    const customer = await stage.app.signUp({ country: 'DE' });
    await stage.visit(
      async ({ page }) => {
        await openPurchase(page, 'pro');
        await page.getByRole('radio', { name: /transfer/i }).click();
        await page.getByRole('button', { name: /^Show how to send / }).click();
        const code = page.getByRole('img', { name: /^SEPA payment code/ });
        await sees(code, page.getByText('DE89 3704 0044 0532 0130 00'));
        const width = await page.evaluate<number>('document.querySelector("figure img").naturalWidth');
        assert.ok(width > 0, 'the code is an image');
      },
      { as: customer },
    );
  });
});
