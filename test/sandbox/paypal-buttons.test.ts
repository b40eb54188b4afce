import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { outcomeOf, type Shop, startShop, violationsOf } from '#test/sandbox/shop.ts';
import { startTestPayPal, type TestPayPal } from '#test/support/test-paypal.ts';
import { launchBrowser, openWatchedContext } from '#test/support/browser.ts';

/** A checkout as the wrapper for React documents it, with a server that makes and captures the order. */
const checkout = `
import { StrictMode, useState, createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { PayPalButtons, PayPalScriptProvider } from '@paypal/react-paypal-js';
const query = new URLSearchParams(location.search);
if (query.has('dark')) document.documentElement.style.colorScheme = 'dark';
const options = { clientId: 'a-client', currency: 'USD', intent: 'capture', components: 'buttons', sdkBaseUrl: '/sandbox/paypal/sdk/js' };
const ask = async (path) => await (await fetch(path)).json();
function Checkout() {
  const [outcome, setOutcome] = useState('');
  const [restarts, setRestarts] = useState(0);
  const [isDisabled, setDisabled] = useState(query.has('disabled'));
  const createOrder = async () => {
    if (query.has('failing')) throw new Error('no order');
    return query.has('unknown') ? 'NOSUCHORDER' : (await ask('/order')).id;
  };
  const onApprove = async (data, actions) => {
    if (data.vaultSetupToken) return setOutcome('saved ' + (await ask('/keep?id=' + data.vaultSetupToken)).id);
    const captured = await ask('/capture?id=' + data.orderID);
    if (captured.issue === 'INSTRUMENT_DECLINED') {
      setRestarts((count) => count + 1);
      return actions.restart();
    }
    setOutcome(['captured', captured.status ?? captured.issue, data.payerID].join(' '));
  };
  const create = query.has('vault') ? { createVaultSetupToken: async () => (await ask('/setup')).id } : { createOrder };
  return h('main', { style: { background: 'Canvas', color: 'CanvasText' } }, h('h1', null, 'Checkout'),
    h('button', { onClick: () => setDisabled(!isDisabled) }, 'Toggle'),
    h(PayPalButtons, { ...create, onApprove, disabled: isDisabled, style: { label: 'pay', height: 44 },
      onCancel: (data) => setOutcome('cancelled ' + Object.keys(data).join()),
      onError: (error) => setOutcome('error ' + error.message) }),
    h('output', { 'aria-label': 'Outcome' }, outcome), h('output', { 'aria-label': 'Restarts' }, restarts));
}
function App() {
  const [isGone, setGone] = useState(false);
  return h(PayPalScriptProvider, { options }, h('button', { onClick: () => setGone(true) }, 'Leave'), isGone || h(Checkout));
}
createRoot(document.getElementById('root')).render(h(StrictMode, null, h(App)));
`;

describe("the stand-in for PayPal's script under PayPal's wrapper for React", () => {
  let paypal: TestPayPal;
  let shop: Shop;
  let browser: Browser;

  before(async () => {
    paypal = await startTestPayPal();
    shop = await startShop({
      source: checkout,
      scripts: [],
      prefix: '/sandbox/paypal',
      simulatorUrl: paypal.sandbox.url,
      answer: (url) => answerShop(paypal, url),
    });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await shop.close();
    await paypal.close();
  });

  async function onCheckout(query: string, visit: (page: Page) => Promise<void>, expected: RegExp[] = []) {
    const { context, close } = await openWatchedContext(browser, { expectedErrors: expected });
    const page = await context.newPage();
    await page.goto(`${shop.address}/${query}`);
    await visit(page);
    await close();
  }

  test('StrictMode leaves one button; the buyer approves and the shop captures', async () => {
    await onCheckout('', async (page) => {
      await openWindow(page);
      assert.equal(await page.getByRole('button', { name: 'Pay with PayPal' }).count(), 1);
      await page.getByText('29.00 USD', { exact: true }).waitFor();
      await page.getByText('500 credits').waitFor();
      await page.getByRole('button', { name: 'Pay 29.00 USD' }).click();
      assert.match(await outcomeOf(page), /^captured COMPLETED [2-9A-Z]{13}$/);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  test('a declined account comes back to the window, where another one pays', async () => {
    await onCheckout('', async (page) => {
      await openWindow(page);
      await page.getByRole('button', { name: 'Let the bank decline' }).click();
      await page.getByLabel('Restarts').filter({ hasText: '1' }).waitFor();
      await page.getByLabel('Pay as').selectOption('buyer@example.com');
      await page.getByRole('button', { name: 'Pay 29.00 USD' }).click();
      assert.match(await outcomeOf(page), /^captured COMPLETED/);
    });
  });

  test('the account that is chosen decides: an eCheck is pending', async () => {
    await onCheckout('', async (page) => {
      await openWindow(page);
      await page.getByLabel('Pay as').selectOption('echeck@example.com');
      await page.getByRole('button', { name: 'Pay 29.00 USD' }).click();
      assert.match(await outcomeOf(page), /^captured PENDING/);
    });
  });

  test('Escape and the button cancel, and the focus goes back', async () => {
    await onCheckout('', async (page) => {
      await openWindow(page);
      await page.keyboard.press('Escape');
      assert.equal(await outcomeOf(page), 'cancelled orderID');
      const focused = 'document.activeElement.shadowRoot?.activeElement?.textContent';
      assert.equal(await page.evaluate(focused), 'Pay with PayPal');
      await openWindow(page);
      await page.getByRole('button', { name: 'Cancel and go back' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  test('a page that takes the buttons away closes the window', async () => {
    await onCheckout('', async (page) => {
      await openWindow(page);
      await page.evaluate("[...document.querySelectorAll('button')].find((it) => it.textContent === 'Leave').click()");
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  test('what the page throws, and an order that PayPal does not know, go to onError', async () => {
    await onCheckout('?failing', async (page) => {
      await page.getByRole('button', { name: 'Pay with PayPal' }).click();
      assert.equal(await outcomeOf(page), 'error no order');
    });
    const expected = [/status of 400/];
    await onCheckout(
      '?unknown',
      async (page) => {
        await page.getByRole('button', { name: 'Pay with PayPal' }).click();
        assert.equal(await outcomeOf(page), 'error PayPal knows no such order, or no longer.');
      },
      expected,
    );
  });

  test('an account is saved without a payment', async () => {
    await onCheckout('?vault', async (page) => {
      await page.getByRole('button', { name: 'Pay with PayPal' }).click();
      await page.getByRole('heading', { name: 'Save your PayPal account' }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Let the bank decline' }).count(), 0);
      await page.getByRole('button', { name: 'Agree and save' }).click();
      assert.match(await outcomeOf(page), /^saved \w{9}$/);
    });
  });

  test('the page can disable the button, and take it away', async () => {
    await onCheckout('?disabled', async (page) => {
      const button = page.getByRole('button', { name: 'Pay with PayPal' });
      await page.waitForFunction("document.querySelector('main h1') !== null");
      await page.getByRole('button', { name: 'Pay with PayPal', disabled: true }).waitFor();
      await page.getByRole('button', { name: 'Toggle' }).click();
      await page.getByRole('button', { name: 'Pay with PayPal', disabled: false }).waitFor();
      await page.getByRole('button', { name: 'Leave' }).click();
      await button.waitFor({ state: 'detached' });
    });
  });

  test('the link of an order leads to PayPal’s own page, which leads back to the shop', async () => {
    const back = `${shop.address}/back`;
    const context = { return_url: back, cancel_url: `${shop.address}/cancelled`, brand_name: 'Lanternworks' };
    for (const [button, expected] of [
      ['Pay 29.00 USD', /\/back\?token=\w{17}&PayerID=[2-9A-Z]{13}$/],
      ['Cancel and go back', /\/cancelled\?token=\w{17}$/],
    ] as const) {
      const made = await paypal.api(
        'POST',
        '/v2/checkout/orders',
        { ...order, payment_source: { paypal: { experience_context: context } } },
        { 'paypal-request-id': button },
      );
      const link = (made.body['links'] as { rel: string; href: string }[]).find(({ rel }) => rel === 'payer-action');
      const { context: profile, close } = await openWatchedContext(browser);
      const page = await profile.newPage();
      await page.goto(link?.href ?? '');
      await page.getByRole('heading', { name: 'Pay Lanternworks' }).waitFor();
      await page.getByRole('button', { name: button }).click();
      await page.waitForURL(expected);
      await close();
    }
  });

  for (const scheme of ['light', 'dark']) {
    test(`button and window are accessible on a ${scheme} page`, async () => {
      await onCheckout(scheme === 'dark' ? '?dark' : '', async (page) => {
        await page.getByRole('button', { name: 'Pay with PayPal' }).waitFor();
        assert.deepEqual(await violationsOf(page), []);
        await openWindow(page);
        assert.deepEqual(await violationsOf(page), []);
        const background = await page.evaluate(
          "getComputedStyle(document.body.lastElementChild.shadowRoot.querySelector('dialog')).backgroundColor",
        );
        assert.equal(background, scheme === 'dark' ? 'rgb(28, 34, 44)' : 'rgb(255, 255, 255)');
      });
    });
  }
});

async function openWindow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pay with PayPal' }).click();
  await page.getByRole('dialog').waitFor();
}

/** The shop's server: it makes orders, captures them, and keeps accounts. */
async function answerShop({ api }: TestPayPal, url: URL): Promise<object | undefined> {
  const id = url.searchParams.get('id') ?? '';
  switch (url.pathname) {
    case '/order':
      return (await api('POST', '/v2/checkout/orders', order)).body;
    case '/capture': {
      const { status, body } = await api('POST', `/v2/checkout/orders/${id}/capture`, {});
      return { httpStatus: status, ...outcomeIn(body) };
    }
    case '/setup':
      return (await api('POST', '/v3/vault/setup-tokens', { payment_source: { paypal: { usage_type: 'MERCHANT' } } }))
        .body;
    case '/keep':
      return (await api('POST', '/v3/vault/payment-tokens', { payment_source: { token: { id, type: 'SETUP_TOKEN' } } }))
        .body;
    default:
      return undefined;
  }
}

const order = {
  intent: 'CAPTURE',
  purchase_units: [{ amount: { currency_code: 'USD', value: '29.00' }, description: '500 credits' }],
};

type Captured = {
  details?: { issue: string }[];
  purchase_units?: { payments: { captures: { status: string }[] } }[];
};

function outcomeIn(body: Record<string, unknown>): { status?: string | undefined; issue?: string | undefined } {
  const { details, purchase_units: units } = body as Captured;
  return { status: units?.[0]?.payments.captures[0]?.status, issue: details?.[0]?.issue };
}
