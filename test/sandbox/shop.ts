import { strict as assert } from 'node:assert';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { build } from 'vite';

/** A page that pays by a simulator, whose script and API it reaches at its own origin. */
export type Shop = { address: string; close(): Promise<void> };

export type ShopOptions = {
  /** The module of the page: it renders into #root. */
  source: string;
  /** Scripts of the simulator that come before the module. */
  scripts: readonly string[];
  /** Where the simulator is found at this origin, such as `/sandbox/stripe`, and where it is really. */
  prefix: string;
  simulatorUrl: string;
  /** What the shop's own server answers; undefined for what it does not know. */
  answer: (url: URL) => Promise<object | undefined>;
};

const contentSecurity =
  "default-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'";

/** Builds the page and serves it, with the strict policy that the app has. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const script = await bundled(options.source);
  const server = createServer((request, response) => {
    serve(options, script, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  assert.ok(typeof bound === 'object' && bound !== null);
  return {
    address: `http://127.0.0.1:${bound.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundled(source: string): Promise<string> {
  const root = path.resolve(import.meta.dirname, '../..');
  const entry = path.join(root, 'checkout-of-the-tests.js');
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    mode: 'development',
    build: { write: false, minify: false, rollupOptions: { input: entry } },
    plugins: [
      {
        name: 'checkout',
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
  });
  assert.ok(!Array.isArray(result) && 'output' in result);
  return result.output[0].code;
}

async function serve(
  options: ShopOptions,
  script: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname.startsWith(`${options.prefix}/`)) {
    const target = `${options.simulatorUrl}${url.pathname.slice(options.prefix.length)}${url.search}`;
    const { origin: _origin, ...headers } = request.headers;
    const onward = forward(target, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
    return;
  }
  response.setHeader('content-security-policy', contentSecurity);
  const answer = await options.answer(url);
  if (answer) {
    response.end(JSON.stringify(answer));
    return;
  }
  const isScript = url.pathname === '/checkout.js';
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(isScript ? script : pageOf(options));
}

function pageOf({ prefix, scripts }: ShopOptions): string {
  return `<!doctype html><html lang="en"><title>Checkout</title><link rel="icon" href="data:,"><div id="root"></div>
${scripts.map((name) => `<script src="${prefix}/${name}"></script>`).join('')}<script type="module" src="/checkout.js"></script></html>`;
}

/** What the page says at its element labelled Outcome, once it says something. */
export async function outcomeOf(page: Page): Promise<string> {
  const outcome = page.getByLabel('Outcome');
  await outcome.filter({ hasText: /\w/ }).waitFor();
  return await outcome.innerText();
}

/** What is not accessible on the page. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`);
}
