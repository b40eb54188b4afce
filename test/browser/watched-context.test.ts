import { strict as assert } from 'node:assert';
import { createServer, type Server } from 'node:http';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { isLoopback, launchBrowser, openWatchedContext } from '#test/support/browser.ts';

/** What a page does wrong by its path, and what the watch must say about it. */
const misbehaviour: Readonly<Record<string, readonly [script: string, complaint: RegExp]>> = {
  '/logs': ['console.error("oops")', /console error: oops/],
  '/throws': ['setTimeout(() => { throw new Error("bang"); })', /page error: Error: bang/],
  '/rejects': ['Promise.reject(new Error("lost"))', /page error: Error: lost/],
  '/fetches': [
    'fetch("https://shop.example/x").catch(() => {})',
    /request to another host: https:\/\/shop\.example\/x/,
  ],
  '/loads': ['new Image().src = "http://192.0.2.1/a.png"', /request to another host: http:\/\/192\.0\.2\.1\/a\.png/],
  '/connects': ['new WebSocket("wss://shop.example/y")', /request to another host: wss:\/\/shop\.example\/y/],
};

describe('a watched browser context', () => {
  let server: Server;
  let address: string;
  let browser: Browser;

  before(async () => {
    server = createServer((request, response) => {
      const [script = ''] = misbehaviour[request.url ?? ''] ?? [];
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><link rel="icon" href="data:,"><h1>Paid</h1><script>${script}</script>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    assert.ok(bound !== null && typeof bound === 'object');
    address = `http://127.0.0.1:${bound.port}`;
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('lets a quiet page pass', async () => {
    const { context, close } = await openWatchedContext(browser);
    const page = await context.newPage();
    await page.goto(`${address}/quiet`, { waitUntil: 'networkidle' });
    assert.equal(await page.locator('h1').innerText(), 'Paid');
    await close();
  });

  for (const [path, [script, complaint]] of Object.entries(misbehaviour)) {
    test(`fails for ${script}`, async () => {
      const { context, close } = await openWatchedContext(browser);
      const page = await context.newPage();
      await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
      await assert.rejects(close(), complaint);
    });
  }

  test('lets an expected console error pass', async () => {
    const { context, close } = await openWatchedContext(browser, { expectedErrors: [/^oops/] });
    const page = await context.newPage();
    await page.goto(`${address}/logs`, { waitUntil: 'networkidle' });
    await close();
  });

  test('the Chromium that comes with npm shows text', { skip: bundledIsMissing() }, async () => {
    const bundled = await launchBrowser('bundled');
    try {
      const page = await bundled.newPage();
      await page.goto(address);
      assert.equal(await page.locator('h1').innerText(), 'Paid');
      const width = await page.evaluate<number>(
        'const range = document.createRange(); range.selectNodeContents(document.querySelector("h1")); range.getBoundingClientRect().width',
      );
      assert.ok(width > 20, `the text is ${width} pixels wide`);
    } finally {
      await bundled.close();
    }
  });
});

test('only this machine is loopback', () => {
  const answers = [
    'http://127.0.0.1:3000/',
    'http://localhost/',
    'http://[::1]:1/',
    'data:,x',
    'blob:http://localhost/1',
  ];
  for (const url of answers) assert.equal(isLoopback(new URL(url)), true, url);
  const others = ['http://127.0.0.1.example/', 'http://localhost.example/', 'https://10.0.0.1/', 'http://128.0.0.1/'];
  for (const url of others) assert.equal(isLoopback(new URL(url)), false, url);
});

function bundledIsMissing(): string | false {
  return process.platform === 'linux' && process.arch === 'x64' ? false : 'npm brings a Chromium for Linux on x64 only';
}
