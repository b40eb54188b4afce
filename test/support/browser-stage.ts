import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { buildPages, pagesDirectory } from '#server/startup/build-pages.ts';
import { launchBrowser, openWatchedContext, type WatchOptions } from './browser.ts';
import { createTestApp, type TestApp, type TestAppOptions } from './test-app.ts';
import { type Caller, type Customer, uuidOf } from './test-client.ts';

/** The whole installation as people meet it: pages, API, worker and simulated gateway, and a browser before it. */
export type BrowserStage = {
  readonly app: TestApp;
  readonly url: string;
  /**
   * Opens a fresh profile, tells its story and closes it.
   * @throws what the story throws, or AssertionError for what its pages did wrong meanwhile
   */
  visit(story: (visitor: Visitor) => Promise<void>, options?: VisitOptions): Promise<void>;
  /** The same with somebody new who has just signed up. */
  visitSignedIn(story: (visitor: Visitor, customer: Customer) => Promise<void>, options?: VisitOptions): Promise<void>;
  /** Belongs into `after`. */
  close(): Promise<void>;
};

/** Somebody in front of the browser. */
export type Visitor = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Asks the API as this browser would. */
  caller(): Promise<Caller>;
  /** The account this browser is signed in to. */
  customer(): Promise<Customer>;
};

export type VisitOptions = WatchOptions & { readonly as?: Caller };

/** What a browser logs about a card that was refused: Stripe answers with 402. */
export const declinedCards = /status of 402/;

/** Where a picture is kept of a page whose story went wrong. */
const failuresDirectory = path.join(import.meta.dirname, '../../.cache/browser-failures');

/** How long a page may take for anything, in milliseconds: long, for a machine that does much else. */
const patienceMs = 20_000;

export type StageOptions = TestAppOptions & {
  /** Whether jobs wait until the test has them done, so that the clock stands where the test has put it. */
  readonly idle?: boolean;
};

/** Starts everything; a second or two, and some more when the pages have to be built. */
export async function openBrowserStage(options: StageOptions = {}): Promise<BrowserStage> {
  await buildPages(() => undefined);
  // First the browser: where it cannot start, nothing is left behind that would keep the test run alive.
  const browser = await launchBrowser();
  try {
    return await stageBefore(browser, options);
  } catch (failure) {
    await browser.close();
    throw failure;
  }
}

async function stageBefore(browser: Browser, { idle = false, ...options }: StageOptions): Promise<BrowserStage> {
  const app = await createTestApp({ ...options, webDirectory: pagesDirectory });
  const url = await app.listen();
  if (!idle) await app.startWorking();
  const visit: BrowserStage['visit'] = (story, visitOptions = {}) =>
    visitOnce({ app, url, browser }, story, visitOptions);
  return {
    app,
    url,
    visit,
    async visitSignedIn(story, visitOptions = {}) {
      const customer = await app.signUp();
      await visit((visitor) => story(visitor, customer), { ...visitOptions, as: customer });
    },
    async close() {
      await browser.close();
      await app.close();
    },
  };
}

async function visitOnce(
  { app, url, browser }: { app: TestApp; url: string; browser: Browser },
  story: (visitor: Visitor) => Promise<void>,
  { as, ...options }: VisitOptions,
): Promise<void> {
  const { context, close } = await openWatchedContext(browser, {
    baseURL: url,
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    timezoneId: 'America/New_York',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  if (as !== undefined) await context.addCookies(cookiesOf(as, url));
  const page = await context.newPage();
  const caller = async () => ({ headers: { cookie: await cookieOf(context), origin: url } });
  try {
    await story({
      context,
      page,
      caller,
      async customer() {
        const signedIn = await caller();
        const { account } = await app.ok('getSession', { as: signedIn });
        assert.ok(account !== null, 'the browser is signed in to an account');
        return { ...signedIn, id: account.id, accountId: uuidOf(account.id) };
      },
    });
  } catch (failure) {
    await keepPictures(context);
    await context.close();
    throw failure;
  }
  await close();
}

async function keepPictures(context: BrowserContext): Promise<void> {
  mkdirSync(failuresDirectory, { recursive: true });
  for (const page of context.pages()) {
    const file = path.join(failuresDirectory, `${Date.now()}.png`);
    await page.screenshot({ path: file }).catch(() => undefined);
    console.error(`${page.url()} as it was: ${file}`);
  }
}

async function cookieOf(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}

function cookiesOf(caller: Caller, url: string) {
  const pairs = (caller.headers['cookie'] ?? '').split('; ').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' as const };
  });
}

/** Waits until all of these can be seen. */
export async function sees(...locators: Locator[]): Promise<void> {
  for (const locator of locators) await locator.filter({ visible: true }).first().waitFor();
}

/** Waits until none of these can be seen. */
export async function seesNo(...locators: Locator[]): Promise<void> {
  for (const locator of locators) await locator.filter({ visible: true }).first().waitFor({ state: 'hidden' });
}

/** The heading of the page. */
export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}

/** Opens a page and waits for its heading. */
export async function goTo(page: Page, address: string, title: string | RegExp): Promise<void> {
  await page.goto(address);
  await sees(heading(page, title));
}
