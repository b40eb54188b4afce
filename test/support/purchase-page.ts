import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { accountState, assertLedgerBalances } from './account-state.ts';
import type { BrowserStage } from './browser-stage.ts';
import { goTo, sees } from './browser-stage.ts';
import { chargesOf, intentsOf, type PackageSlug } from './purchase.ts';
import { type Customer, uuidOf } from './test-client.ts';

/** Opens the page that sells credits, with a package chosen and the card form there. */
export async function openPurchase(page: Page, slug: PackageSlug): Promise<void> {
  await goTo(page, `/account/credits/purchase?package=${slug}`, 'Purchase credits');
  await sees(page.getByLabel('Card number'));
}

/** Fills the card form with a card, as typed by hand. */
export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiration date').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('ZIP code').fill('10001');
}

/** Marks a way to pay, by the name it begins with. */
export async function chooseMethod(page: Page, name: string): Promise<void> {
  await page.getByRole('region', { name: 'Payment method' }).getByRole('radio', { name }).click();
}

/** PayPal's own button. */
export function paypalButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Pay with PayPal' });
}

/** The window of the simulated PayPal. */
export function paypalWindow(page: Page): Locator {
  return page.getByRole('dialog', { name: /^(Pay|Save) / });
}

/** Pays in PayPal's window as one of its accounts. */
export async function approveAs(page: Page, buyer: string): Promise<void> {
  await paypalWindow(page).getByLabel('Pay as').selectOption(buyer);
  await paypalWindow(page).getByRole('button', { name: /^Pay / }).click();
}

/** The button that pays, which repeats the amount. */
export function payButton(page: Page, amount: string): Locator {
  return page.getByRole('main').getByRole('button', { name: `Pay ${amount}`, exact: true });
}

/** The dialog that a payment ends with. */
export function paidDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Payment received' });
}

/** The dialog of the simulated bank. */
export function bankDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Simulated bank' });
}

/**
 * Asserts that a customer without history has paid exactly once and got what was paid for: one invoice, one payment, one
 * charge that took money, one lot of credits. Answers the invoice and how many charges were tried.
 */
export async function assertPaidOnce(
  { app }: BrowserStage,
  customer: Customer,
  bought: { amount: number; credits: number },
): Promise<{ invoiceId: string; number: string; charges: number }> {
  const { data: invoices } = await app.ok('listInvoices', { as: customer });
  assert.deepEqual(
    invoices.map(({ status, total, amount_due: due }) => ({ status, total, due })),
    [{ status: 'paid', total: bought.amount, due: 0 }],
    'one invoice, and it is paid',
  );
  const state = await accountState(app.app, customer.accountId);
  assert.deepEqual(
    state.payments.map(({ status, amount_minor: amount }) => [status, Number(amount)]),
    [['succeeded', bought.amount]],
    'one payment',
  );
  assert.equal(state.allocations.length, 1);
  assert.deepEqual(
    state.lots.map(({ units, remaining }) => [Number(units), Number(remaining)]),
    [[bought.credits, bought.credits]],
    'one grant',
  );
  assert.equal((await app.ok('getCreditBalance', { as: customer })).available, bought.credits);
  const [summary] = invoices;
  assert.ok(summary !== undefined);
  const invoice = await app.ok('getInvoice', { as: customer, params: { id: summary.id } });
  const [payment] = invoice.payments;
  assert.ok(payment !== undefined && invoice.number !== null);
  const paymentId = uuidOf(payment.id);
  assert.equal((await intentsOf(app.stripe.stripe, paymentId)).length, 1, 'one PaymentIntent');
  const charges = await chargesOf(app.stripe.stripe, paymentId);
  assert.deepEqual(
    charges.filter((charge) => charge.paid),
    [{ paid: true, amount: bought.amount }],
    'one charge',
  );
  await assertLedgerBalances(app.app);
  return { invoiceId: invoice.id, number: invoice.number, charges: charges.length };
}
