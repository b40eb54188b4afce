import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWatchedContext } from '#test/support/browser.ts';
import { outcomeOf, type Shop, startShop, violationsOf } from '#test/sandbox/shop.ts';
import { startTestSandbox, type TestSandbox } from '#test/sandbox/test-sandbox.ts';

/** A checkout as the wrapper for React documents it: deferred intent, StrictMode, appearance that changes. */
const checkout = `
import { StrictMode, useState, createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { loadStripe } from '@stripe/stripe-js';
import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
const query = new URLSearchParams(location.search);
const loading = loadStripe('pk_test_sandbox_purser');
const night = { theme: 'night', variables: { colorPrimary: '#8ea6ff', colorBackground: '#1b1d27', colorText: '#e9eaf2' } };
function Form() {
  const stripe = useStripe();
  const elements = useElements();
  const [outcome, setOutcome] = useState('');
  const [ready, setReady] = useState(0);
  async function pay() {
    if (!query.has('hasty')) {
      const submitted = await elements.submit();
      if (submitted.error) return setOutcome('incomplete ' + submitted.error.code);
    }
    const { client_secret: clientSecret } = await (await fetch('/intent?amount=' + (query.get('amount') ?? 2900))).json();
    const result = await stripe.confirmPayment({
      elements, clientSecret, confirmParams: { return_url: location.origin + '/back' }, redirect: query.get('redirect') ?? 'if_required',
    }).catch((error) => ({ error: { code: error.name } }));
    const { error, paymentIntent } = result;
    setOutcome(error ? ['failed', error.code, error.payment_intent?.status].join(' ') : 'paid ' + paymentIntent.status);
  }
  return h('main', null, h('h1', null, 'Checkout'), h(PaymentElement, { onReady: () => setReady((times) => times + 1) }),
    h('button', { onClick: pay, disabled: !ready }, 'Pay'), h('output', { 'aria-label': 'Outcome' }, outcome));
}
function App() {
  const [isDark, setDark] = useState(false);
  return h('div', { style: { background: isDark ? '#1b1d27' : '#fff', color: isDark ? '#fff' : '#000', padding: 20 } },
    h('button', { onClick: () => setDark(!isDark) }, 'Theme'),
    h(Elements, { stripe: loading, options: { mode: 'payment', amount: 2900, currency: 'usd', appearance: isDark ? night : {} } }, h(Form)));
}
createRoot(document.getElementById('root')).render(h(StrictMode, null, h(App)));
`;

describe("the stand-in for Stripe.js under Stripe's wrapper for React", () => {
  let box: TestSandbox;
  let shop: Shop;
  let browser: Browser;

  before(async () => {
    box = await startTestSandbox();
    const { stripe } = box;
    shop = await startShop({
      source: checkout,
      scripts: ['stripe.js'],
      prefix: '/sandbox/stripe',
      simulatorUrl: box.sandbox.url,
      async answer(url) {
        if (url.pathname !== '/intent') return undefined;
        const amount = Number(url.searchParams.get('amount'));
        const intent = await stripe.paymentIntents.create({ amount, currency: 'usd' });
        return { client_secret: intent.client_secret };
      },
    });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await shop.close();
    await box.close();
  });

  async function onCheckout(query: string, visit: (page: Page) => Promise<void>): Promise<void> {
    const { context, close } = await openWatchedContext(browser, { expectedErrors: [/status of 402/] });
    const page = await context.newPage();
    await page.goto(`${shop.address}/${query}`);
    await visit(page);
    await close();
  }

  test('StrictMode leaves one form, and an incomplete one is not sent', async () => {
    await onCheckout('', async (page) => {
      await pay(page);
      assert.equal(await outcomeOf(page), 'incomplete incomplete_number');
      const number = page.getByLabel('Card number');
      assert.equal(await number.count(), 1);
      assert.equal(await number.getAttribute('aria-invalid'), 'true');
      assert.equal(await number.getAttribute('autocomplete'), 'cc-number');
      await page.getByText('Your card number is incomplete.').waitFor();
      await number.fill('4242424242424241');
      await fillRest(page);
      await pay(page);
      await page.getByText('Your card number is invalid.').waitFor();
      await page.getByLabel('Expiration date').fill('1220');
      await number.fill('4242424242424242');
      await pay(page);
      await page.getByText("Your card's expiration year is in the past.").waitFor();
    });
  });

  test('digits are grouped as they are typed and corrected', async () => {
    await onCheckout('', async (page) => {
      const number = page.getByLabel('Card number');
      await number.pressSequentially('42424242424242421');
      assert.equal(await number.inputValue(), '4242 4242 4242 4242');
      await number.press('Backspace');
      assert.equal(await number.inputValue(), '4242 4242 4242 424');
      await number.fill('378282246310005');
      assert.equal(await number.inputValue(), '3782 822463 10005');
      const expiry = page.getByLabel('Expiration date');
      await expiry.pressSequentially('934');
      assert.equal(await expiry.inputValue(), '09 / 34');
      for (let times = 0; times < 3; times += 1) await expiry.press('Backspace');
      assert.equal(await expiry.inputValue(), '0');
      await page.getByLabel('Country').selectOption('DE');
      assert.equal(await page.getByLabel('ZIP code').count(), 0);
    });
  });

  test('a good card pays, a declined one leaves the form for another card', async () => {
    await onCheckout('', async (page) => {
      await page.getByLabel('Card number').fill('4000000000000002');
      await fillRest(page);
      await pay(page);
      assert.equal(await outcomeOf(page), 'failed card_declined requires_payment_method');
      await page.getByLabel('Card number').fill('4242424242424242');
      await pay(page);
      await page.getByText('paid succeeded').waitFor();
    });
  });

  test('authentication can be completed, failed, and refused by Escape', async () => {
    const failed = 'failed payment_intent_authentication_failure requires_payment_method';
    await onCheckout('', async (page) => {
      await page.getByText('Test cards').click();
      await page.getByRole('button', { name: '3-D Secure' }).click();
      for (const [choice, outcome] of [
        ['Fail', failed],
        ['Escape', failed],
        ['Complete', 'paid succeeded'],
      ] as const) {
        await pay(page);
        const dialog = page.getByRole('dialog', { name: 'Simulated bank' });
        await dialog.getByText('pay 29.00 USD').waitFor();
        assert.deepEqual(await violationsOf(page), []);
        if (choice === 'Escape') await page.keyboard.press('Escape');
        else await dialog.getByRole('button', { name: choice }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByText(outcome).waitFor();
      }
    });
  });

  test('with redirect always, the page leaves for the return address', async () => {
    await onCheckout('?redirect=always', async (page) => {
      await page.getByLabel('Card number').fill('4242424242424242');
      await fillRest(page);
      await pay(page);
      await page.waitForURL(/\/back\?/);
      const url = new URL(page.url());
      assert.equal(url.searchParams.get('redirect_status'), 'succeeded');
      assert.match(url.searchParams.get('payment_intent_client_secret') ?? '', /^pi_\w+_secret_\w+$/);
    });
  });

  test('an intent over another amount is refused, and so is confirming before submit', async () => {
    await onCheckout('?amount=1900', async (page) => {
      await page.getByLabel('Card number').fill('4242424242424242');
      await fillRest(page);
      await pay(page);
      assert.match(await outcomeOf(page), /^failed/);
    });
    await onCheckout('?hasty', async (page) => {
      await pay(page);
      assert.match(await outcomeOf(page), /^failed IntegrationError/);
    });
  });

  test('the form is accessible in both themes and keeps what was typed when the theme changes', async () => {
    await onCheckout('', async (page) => {
      await page.getByLabel('Card number').fill('4242424242424242');
      await page.getByText('Test cards').click();
      assert.deepEqual(await violationsOf(page), []);
      await page.getByRole('button', { name: 'Theme' }).click();
      const host = page.getByLabel('Card number');
      await page.waitForFunction(
        "document.querySelector('main div div').style.getPropertyValue('--background') === '#1b1d27'",
      );
      assert.equal(await host.inputValue(), '4242 4242 4242 4242');
      assert.deepEqual(await violationsOf(page), []);
    });
  });
});

async function pay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pay' }).click();
}

async function fillRest(page: Page): Promise<void> {
  await page.getByLabel('Expiration date').fill('1234');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('ZIP code').fill('94103');
}
