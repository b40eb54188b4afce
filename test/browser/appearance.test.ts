import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { createInvoice } from '#server/flows/invoices/create-invoice.ts';
import { makeStaff } from '#server/modules/identity/index.ts';
import { system } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { problems } from '#shared/contract/problems.ts';
import { type BrowserStage, goTo, heading, openBrowserStage, sees, seesNo } from '#test/support/browser-stage.ts';
import { makeOperation } from '#test/support/metering.ts';
import { buy, buyAndPay, type Purchase } from '#test/support/purchase.ts';
import { type Caller, uuidOf } from '#test/support/test-client.ts';
import { buyByTransfer, declare } from '#test/support/transfers.ts';

/** What the pages are about. */
type Story = {
  readonly reader: Caller;
  readonly paid: Purchase;
  readonly open: Purchase;
  /** Payments by bank transfer: one that waits for its payer, one that waits for the seller, and one rejected. */
  readonly transfers: Readonly<Record<'awaiting' | 'declared' | 'rejected', Purchase>>;
  /** The newest e-mail, a receipt. */
  readonly messageId: string;
  /** An entry of the statement, a use of an operation. */
  readonly entryId: string;
};

/** A page: its address, its heading, and something that is there once it has loaded. */
type Stop = {
  readonly address: string | ((story: Story) => string);
  readonly title: string | RegExp;
  readonly shows?: (page: Page, story: Story) => Locator;
};

const cardForm = (page: Page) => page.getByLabel('Card number');
const paidNumber = (page: Page, { paid }: Story) => page.getByText(paid.invoice.number ?? '');

const signedOut: Readonly<Record<string, Stop>> = {
  'sign-in': { address: '/sign-in', title: 'Sign in' },
  'sign-up': { address: '/sign-up', title: 'Create your account' },
  'forgotten password': { address: '/forgot-password', title: 'Set a new password' },
  'new password': { address: '/reset-password?token=of-an-old-mail', title: 'Choose a new password' },
  'incomplete link': { address: '/verify-email', title: 'This link is incomplete' },
  'sandbox controls': {
    address: '/sandbox',
    title: 'Sandbox controls',
    shows: (page) => page.getByText('payment_intent.succeeded'),
  },
  mailbox: { address: '/sandbox/mailbox', title: 'Mailbox', shows: (page) => page.getByText(/Your payment of/) },
  'message in the mailbox': {
    address: ({ messageId }) => `/sandbox/mailbox?message=${messageId}`,
    title: 'Mailbox',
    shows: (page) => page.getByRole('region', { name: 'Attachments' }),
  },
};

const signedIn: Readonly<Record<string, Stop>> = {
  dashboard: { address: '/', title: 'Dashboard', shows: (page) => page.getByText('Recent invoices') },
  billing: { address: '/account/billing', title: 'Plans & Billing', shows: (page) => page.getByText('2,000') },
  'entry of the statement': {
    address: ({ entryId }) => `/account/billing?entry=${entryId}`,
    title: 'Plans & Billing',
    shows: (page) => page.getByText('Who and how'),
  },
  usage: {
    address: '/account/usage',
    title: 'Usage & Analytics',
    shows: (page) => page.getByRole('table', { name: 'Top Operations' }),
  },
  playground: { address: '/playground', title: 'Playground', shows: (page) => page.getByText('Open holds') },
  'credit costs': {
    address: '/admin/credit-costs',
    title: 'Credit Costs',
    shows: (page) => page.getByText('Write a paragraph').first(),
  },
  'adjusting credits': {
    address: '/admin/credit-costs?tab=adjust',
    title: 'Credit Costs',
    shows: (page) => page.getByRole('button', { name: 'Find' }),
  },
  'billing history': { address: '/account/billing?tab=history', title: 'Plans & Billing', shows: paidNumber },
  'payment methods': {
    address: '/account/billing?tab=methods',
    title: 'Plans & Billing',
    shows: (page) => page.getByText('No payment method is saved'),
  },
  invoices: { address: '/account/invoices', title: 'Invoices', shows: paidNumber },
  invoice: {
    address: ({ paid }) => `/account/invoices?invoice=${paid.invoice.id}`,
    title: 'Invoices',
    shows: (page) => page.getByText('Visa ending 4242'),
  },
  purchase: { address: '/account/credits/purchase', title: 'Purchase credits', shows: cardForm },
  'resumed payment': {
    address: ({ open }) => `/account/credits/purchase?payment=${open.payment.id}`,
    title: /^Pay invoice INV-/,
    shows: cardForm,
  },
  'pay several invoices': {
    address: ({ open, transfers }) =>
      `/account/credits/purchase?invoices=${open.invoice.id},${transfers.awaiting.invoice.id}`,
    title: 'Pay 2 invoices',
    shows: cardForm,
  },
  'transfer that waits': {
    address: ({ transfers }) => `/account/credits/purchase?payment=${transfers.awaiting.payment.id}`,
    title: /^Pay invoice INV-/,
    shows: (page) => page.getByRole('button', { name: 'Choose a file' }),
  },
  'transfer in review': {
    address: ({ transfers }) => `/account/credits/purchase?payment=${transfers.declared.payment.id}`,
    title: /^Pay invoice INV-/,
    shows: (page) => page.getByRole('link', { name: 'Download receipt.png' }),
  },
  'rejected transfer': {
    address: ({ transfers }) => `/account/credits/purchase?payment=${transfers.rejected.payment.id}`,
    title: /^Pay invoice INV-/,
    shows: (page) => page.getByText('No such transfer has arrived.'),
  },
  'invoice with a rejected transfer': {
    address: ({ transfers }) => `/account/invoices?invoice=${transfers.rejected.invoice.id}`,
    title: 'Invoices',
    shows: (page) => page.getByText('No such transfer has arrived.'),
  },
  'finished payment': {
    address: ({ paid }) => `/account/credits/purchase?payment=${paid.payment.id}`,
    title: 'Purchase credits',
    shows: (page) => page.getByText('New balance'),
  },
  integration: {
    address: '/settings/integration',
    title: 'Integration',
    shows: (page) => page.getByText('Production'),
  },
  'platform keys': { address: '/admin/integration', title: 'System', shows: (page) => page.getByText('The product') },
  'gateway events': {
    address: '/admin/integration?tab=events',
    title: 'System',
    shows: (page) => page.getByText('payment_intent.succeeded'),
  },
  'payments that wait': {
    address: '/admin/payments',
    title: 'Payments',
    shows: (page, { transfers }) => page.getByText(transfers.declared.payment.transfer?.reference ?? ''),
  },
  'payment under review': {
    address: ({ transfers }) => `/admin/payments?payment=${transfers.declared.payment.id}`,
    title: 'Payments',
    shows: (page) => page.getByRole('img', { name: /^Proof of the transfer/ }),
  },
  'all payments': {
    address: '/admin/payments?view=all',
    title: 'Payments',
    shows: (page, { paid }) => page.getByText(paid.invoice.number ?? ''),
  },
  'payment of a card': {
    address: ({ paid }) => `/admin/payments?view=all&payment=${paid.payment.id}`,
    title: 'Payments',
    shows: (page) => page.getByRole('button', { name: 'Refund' }),
  },
  disputes: {
    address: '/admin/payments?view=disputes',
    title: 'Payments',
    shows: (page) => page.getByText('No open dispute'),
  },
  'payment methods of every country': {
    address: '/admin/payment-methods',
    title: 'Payment Methods',
    shows: (page) => page.getByText('Easypaisa').first(),
  },
  'new account': { address: '/accounts/new', title: 'Create an account' },
  'page that does not exist': { address: '/nowhere/at/all', title: 'There is nothing here' },
};

const phone = { width: 390, height: 844 };

describe('how the pages look and read', () => {
  let stage: BrowserStage;
  let story: Story;
  let reader: Caller;

  before(async () => {
    stage = await openBrowserStage();
    story = await tellStory(stage);
    ({ reader } = story);
  });
  after(() => stage.close());

  for (const [name, stop] of [...Object.entries(signedOut), ...Object.entries(signedIn)]) {
    test(`the page “${name}” is accessible in light and dark, and fits a phone`, async () => {
      await stage.visit(
        async ({ page }) => {
          const { address, title, shows } = stop;
          await goTo(page, typeof address === 'string' ? address : address(story), title);
          if (shows !== undefined) await sees(shows(page, story));
          await page.waitForLoadState('networkidle');
          // In the frame of an e-mail no script may run, axe's neither; it would wait for the frame for ever.
          await page.locator('iframe').evaluateAll(removeAll);
          assert.deepEqual(await violationsOf(page), []);

          await page.emulateMedia({ colorScheme: 'dark' });
          await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' });
          assert.deepEqual(await contrastFaultsOf(page), [], 'in dark colours');

          await page.setViewportSize(phone);
          if (shows !== undefined) await sees(shows(page, story));
          const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
          await stage.app.eventually('the page fits the phone', async () => (await width()) <= phone.width);
        },
        { colorScheme: 'light', ...(name in signedIn ? { as: reader } : {}) },
      );
    });
  }

  test('the menu of a phone opens, leads to a page and closes', async () => {
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/', 'Dashboard');
        const invoices = page.getByRole('navigation').getByRole('link', { name: 'Invoices' });
        await seesNo(invoices);
        await page.getByRole('button', { name: 'Open the menu' }).click();
        await invoices.click();
        await sees(heading(page, 'Invoices'), page.getByRole('list', { name: 'Invoices' }));
        await seesNo(invoices);
      },
      { viewport: phone, as: reader },
    );
  });

  test('dark colours are chosen in the menu and stay', async () => {
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/', 'Dashboard');
        const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        const scheme = () => page.evaluate('document.documentElement.dataset.mantineColorScheme');
        const light = await background();
        await page.getByRole('button', { name: /^Menu of/ }).click();
        await page.getByRole('menuitemradio', { name: 'Dark' }).click();
        assert.equal(await scheme(), 'dark');
        const dark = await background();
        assert.notEqual(dark, light);
        await page.reload({ waitUntil: 'commit' });
        await sees(heading(page, 'Dashboard'));
        assert.deepEqual([await scheme(), await background()], ['dark', dark]);
      },
      { colorScheme: 'light', as: reader },
    );
  });

  test('single keys lead to pages, and the list of them says so', async () => {
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/', 'Dashboard');
        await page.keyboard.press('g');
        await page.keyboard.press('i');
        await sees(heading(page, 'Invoices'));
        await page.keyboard.press('?');
        const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
        await sees(sheet.getByText('Go to Invoices'));
        await page.keyboard.press('Escape');
        await seesNo(sheet);
      },
      { as: reader },
    );
  });

  test('the content security policy is strict, and lets an injected script do nothing', async () => {
    const answer = await fetch(stage.url);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'self';script-src 'self';/);
    assert.doesNotMatch(policy, /script-src[^;]*(unsafe|\*|data:)/);
    await stage.visit(
      async ({ page }) => {
        await goTo(page, '/', 'Dashboard');
        await page.evaluate(
          'const script = document.createElement("script"); script.textContent = "window.injected = true"; document.head.append(script)',
        );
        assert.equal(await page.evaluate('window.injected'), undefined);
      },
      { as: reader, expectedErrors: [/inline script/] },
    );
  });

  test('the API reference can be read, and offers nothing of others', async () => {
    await stage.visit(async ({ page }) => {
      await page.goto('/docs/api');
      await sees(heading(page, 'Purser API'), page.getByText('/v1/auth/session/'));
      await page.getByRole('button', { name: 'billing' }).first().click();
      await sees(page.getByText('Purchase a credit package'));
      await seesNo(page.getByText('Deploy API'));
    });
  });

  test('a problem has a page that explains it', async () => {
    await stage.visit(async ({ page }) => {
      await goTo(page, '/docs/problems/price_changed', /price/i);
      await sees(page.getByText(`${problems.price_changed.status} · price_changed`));
      assert.deepEqual(await violationsOf(page), []);
    });
  });
});

/** An account with much to show: long names, a paid and an open purchase, another invoice, a key; its owner is staff. */
async function tellStory({ app }: BrowserStage): Promise<Story> {
  const customer = await app.signUp({ name: 'Wolfeschlegelsteinhausen', account_name: 'Donaudampfschiff'.repeat(4) });
  const paid = await buyAndPay(app, customer, 'pro');
  const open = await buy(app, customer, { slug: 'business' });
  await makeOperation(app.app, 'content.generate', { minimumCredits: 5n }, 'Write a paragraph');
  const use = { operation: 'content.generate', quantity: 120 };
  const { id: entryId } = await app.ok('consumeCredits', { as: customer, body: use });
  await app.ok('createHold', { as: customer, body: { ...use, reference: 'A long piece of work' } });
  const lines = [{ description: 'Professional Plan, monthly', quantity: 1n, unitAmountMinor: 99_00n }];
  await createInvoice(app.app, system, { accountId: customer.accountId, lines });
  await app.ok('createAccountApiKey', { as: customer, body: { name: 'Production', scopes: ['read', 'purchase'] } });
  const { user } = await app.ok('getSession', { as: customer });
  assert.ok(user !== null);
  const userId = uuidOf(user.id);
  // Staff belong to no account.
  await inTransaction(app.app, 'system', async (tx) => {
    await makeStaff(tx, { userId, role: 'owner', now: app.app.clock.now() });
  });
  const transfers = await tellOfTransfers(app, customer);
  const messages = async () => (await app.ok('listSandboxMessages', { query: { to: customer.email } })).data;
  await app.eventually('the receipt is sent', async () =>
    (await messages()).some(({ template, status }) => template === 'payment_success' && status === 'sent'),
  );
  const receipt = (await messages()).find(({ template }) => template === 'payment_success');
  assert.ok(receipt !== undefined);
  return { reader: customer, paid, open, transfers, messageId: receipt.id, entryId };
}

/** The same customer pays by bank transfer, and, being staff as well, looks at what was declared. */
async function tellOfTransfers(app: BrowserStage['app'], customer: Caller): Promise<Story['transfers']> {
  const begin = async () => await buyByTransfer(app, customer, { slug: 'pro', method: 'bank_transfer' });
  const [awaiting, declared, rejected] = [await begin(), await begin(), await begin()];
  await declare(app, customer, declared.payment.id, '20261122-0001');
  await declare(app, customer, rejected.payment.id, '20261122-0002');
  const body = { reason: 'No such transfer has arrived.' };
  await app.ok('rejectPayment', { as: customer, params: { id: rejected.payment.id }, body });
  return { awaiting, declared, rejected };
}

/** The success criteria of WCAG 2.2, A and AA, and what axe recommends beside them. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with a page. */
async function violationsOf(page: Page): Promise<string[]> {
  return findings(await new AxeBuilder({ page }).setLegacyMode().withTags(wcag).analyze());
}

/** Where a page is hard to read: all that can differ between its light and its dark colours. */
async function contrastFaultsOf(page: Page): Promise<string[]> {
  return findings(await new AxeBuilder({ page }).setLegacyMode().withRules('color-contrast').analyze());
}

function findings({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

function removeAll(elements: { remove(): void }[]): void {
  for (const element of elements) element.remove();
}
