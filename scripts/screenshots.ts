import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '#test/support/browser.ts';
import { spawnProgram } from '#test/support/spawned-process.ts';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { repositoryRoot } from './run-tool.ts';

/** Where the pictures of the README and the guides go. */
const images = path.join(repositoryRoot, 'docs/images');

const screen = { width: 1280, height: 860 };

/** So high that the purchase page needs no scrolling, from the packages to the foot of the card form. */
const wholePurchase = { width: 1280, height: 1420 };

/**
 * Takes the pictures of the documentation anew: starts a Purser of its own with sample data, buys a package in a browser
 * as the README tells it, and keeps what is seen on the way.
 */
async function takeScreenshots(): Promise<void> {
  mkdirSync(images, { recursive: true });
  using data = temporaryDirectory();
  const environment = {
    PORT: '0',
    SANDBOX_STRIPE_PORT: '0',
    SANDBOX_PAYPAL_PORT: '0',
    PURSER_DATA_DIR: data.path,
    LOG_LEVEL: 'warn',
  };
  const purser = spawnProgram('src/server/main.ts', environment, data.path);
  try {
    const [, url = ''] = await purser.says(/Purser runs at (\S+)/);
    const browser = await launchBrowser();
    try {
      await tellTheStory(browser, url);
    } finally {
      await browser.close();
    }
  } finally {
    await purser.stop('SIGTERM');
  }
}

/** The first paid invoice, picture by picture. */
async function tellTheStory(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: screen,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /owner@example\.com/ }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  await picture(page, 'dashboard');

  await page.setViewportSize(wholePurchase);
  await page.goto('/account/credits/purchase?package=pro');
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByLabel('Expiration date').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('ZIP code').fill('10001');
  await picture(page, 'purchase');
  await page.setViewportSize(screen);

  await page.getByRole('button', { name: /^Pay / }).click();
  const paid = page.getByRole('dialog', { name: 'Payment received' });
  await paid.waitFor();
  await picture(page, 'paid');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    paid.getByRole('link', { name: 'Download PDF' }).click(),
  ]);
  pictureOfDocument(await download.path());

  await page.setViewportSize(wholePurchase);
  await page.goto('/account/usage');
  await page.getByRole('table', { name: 'Top Operations' }).waitFor({ state: 'attached' });
  await picture(page, 'usage');
  await page.setViewportSize(screen);

  await page.goto('/account/invoices');
  await page.getByRole('table').waitFor();
  await picture(page, 'invoices');

  await page.goto('/sandbox/mailbox');
  await page.getByText('Your payment of').first().click();
  await page.frameLocator('iframe').getByText('Thank you').first().waitFor();
  await picture(page, 'mailbox');
  await context.close();
  await reviewAsStaff(browser, url);
}

/** The transfer that waits in the sample data, as staff look at it. */
async function reviewAsStaff(browser: Browser, baseURL: string): Promise<void> {
  const context = await browser.newContext({ baseURL, viewport: screen, locale: 'en-US', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /staff@example\.com/ }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  await page.goto('/admin/payments');
  await page.getByRole('table').getByRole('row').nth(1).click();
  await page
    .getByRole('img', { name: /proof|\.png/i })
    .first()
    .waitFor();
  await picture(page, 'review');
  await context.close();
}

async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  const content = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(path.join(images, `${name}.png`), content);
  console.log(`${name}.png (${String(Math.ceil(content.length / 1024))} KB)`);
}

/** The first page of a PDF as a picture. No package of ours draws PDF, so a tool of the machine does it. */
function pictureOfDocument(file: string): void {
  const target = path.join(images, 'invoice');
  const drawn = spawnSync('pdftoppm', ['-png', '-singlefile', '-r', '90', file, target], { encoding: 'utf8' });
  if (drawn.status === 0) console.log('invoice.png');
  else console.log(`SKIPPED invoice.png: pdftoppm (poppler-utils) is needed. ${drawn.error?.message ?? drawn.stderr}`);
}

await takeScreenshots();
