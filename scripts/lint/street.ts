/**
 * The one-way street of ARCHITECTURE.md as data:
 * entry points → http, jobs → flows → modules → platform → shared. What a folder may import is a line here.
 */
export type Area =
  | 'shared'
  | 'platform'
  | 'module'
  | 'frame'
  | 'step'
  | 'flow'
  | 'http'
  | 'job'
  | 'gateway'
  | 'mailer'
  | 'seed'
  | 'entry'
  | 'sandbox'
  | 'web'
  | 'tool'
  | 'test'
  | 'unknown';

/** Where a file stands: its area, and within the area the module, gateway or entry point it belongs to. */
export type Place = { readonly area: Area; readonly unit: string; readonly path: string };

/** The modules in their fixed order; each may import only those before it. */
const moduleOrder: readonly string[] = [
  'audit',
  'identity',
  'accounts',
  'team',
  'catalog',
  'tax',
  'credits',
  'usage',
  'invoices',
  'payments',
  'subscriptions',
  'inbox',
  'documents',
  'notifications',
  'reports',
];

/** Interfaces that live in a module and are implemented by leaves outside it, so that the leaves may import them. */
const ports: ReadonlyMap<Area, string> = new Map([
  ['gateway', 'src/server/modules/payments/gateway.ts'],
  ['mailer', 'src/server/modules/notifications/mailer.ts'],
]);

const everythingInServer: readonly Area[] = [
  'entry',
  'seed',
  'http',
  'job',
  'gateway',
  'mailer',
  'flow',
  'step',
  'frame',
  'module',
  'platform',
  'shared',
];

const mayImport: Readonly<Record<Area, readonly Area[]>> = {
  shared: ['shared'],
  platform: ['platform', 'shared'],
  module: ['module', 'platform', 'shared'],
  frame: ['frame', 'module', 'platform', 'shared'],
  step: ['step', 'frame', 'module', 'platform', 'shared'],
  flow: ['step', 'frame', 'module', 'platform', 'shared'],
  http: ['http', 'flow', 'frame', 'module', 'platform', 'shared'],
  job: ['job', 'flow', 'frame', 'module', 'platform', 'shared'],
  gateway: ['gateway', 'module', 'platform', 'shared'],
  mailer: ['mailer', 'module', 'platform', 'shared'],
  seed: ['seed', 'step', 'flow', 'frame', 'module', 'platform', 'shared'],
  entry: everythingInServer,
  sandbox: ['sandbox', 'shared'],
  web: ['web', 'shared'],
  tool: [...everythingInServer, 'sandbox', 'web', 'tool', 'test'],
  test: [...everythingInServer, 'sandbox', 'web', 'tool', 'test'],
  unknown: [],
};

const sentences: Readonly<Record<Exclude<Area, 'tool' | 'test' | 'unknown'>, string>> = {
  shared: 'shared-stands-alone: src/shared imports nothing of ours but itself.',
  platform: 'platform-knows-no-billing: platform imports only platform and shared.',
  module: 'modules-look-down: a module imports only earlier modules, platform and shared.',
  frame: 'frame-looks-down: what flows run with (flows/*.ts) knows modules, platform and shared only.',
  step: 'steps-look-down: a step imports only steps, modules, platform and shared, never a flow.',
  flow: 'flows-stand-apart: a flow imports modules, platform, shared and flows/steps, never another flow.',
  http: 'http-is-thin: a route imports only http, flows, modules, platform and shared.',
  job: 'jobs-are-thin: a job imports only jobs, flows, modules, platform and shared.',
  gateway: 'gateways-are-leaves: a gateway imports only itself, its port, platform and shared.',
  mailer: 'mailers-are-leaves: a mailer imports only itself, its port, platform and shared.',
  seed: 'seed-uses-flows: sample data is made by flows, modules, platform and shared only.',
  entry: 'entry-points-stay-in-server: an entry point imports only src/server and src/shared.',
  sandbox: 'sandbox-knows-the-wire: src/sandbox imports only itself and shared.',
  web: 'web-knows-the-contract: src/web imports only itself and shared.',
};

/** The place of a file given by its path from the root of the repository. */
export function placeOf(path: string): Place {
  const [top = '', second = '', third = '', fourth = ''] = path.split('/');
  if (top === 'test' || /\.test\.tsx?$/.test(path)) return { area: 'test', unit: '', path };
  if (top !== 'src') return { area: 'tool', unit: '', path };
  if (second === 'web' && third === 'vite.config.ts') return { area: 'tool', unit: '', path };
  if (second === 'shared' || second === 'sandbox' || second === 'web') return { area: second, unit: '', path };
  if (second !== 'server') return { area: 'unknown', unit: '', path };
  // A name with an extension is a file directly in src/server, which makes it an entry point.
  if (third.includes('.')) return { area: 'entry', unit: third, path };
  if (third === 'flows') {
    // A file directly in flows is what every flow runs with, such as the type App, and no flow itself.
    if (fourth.includes('.')) return { area: 'frame', unit: fourth, path };
    return { area: fourth === 'steps' ? 'step' : 'flow', unit: path, path };
  }
  const area = serverFolders.get(third) ?? 'unknown';
  return { area, unit: fourth, path };
}

const serverFolders: ReadonlyMap<string, Area> = new Map([
  ['platform', 'platform'],
  ['modules', 'module'],
  ['http', 'http'],
  ['jobs', 'job'],
  ['gateways', 'gateway'],
  ['mailers', 'mailer'],
  ['seed', 'seed'],
  // What the entry points do before the app runs: databases, simulators, pages.
  ['startup', 'entry'],
]);

/** Why `from` may not import `to`, as a named sentence, or null when it may. */
export function objectionTo(from: Place, to: Place): string | null {
  if (from.area === 'test' || from.area === 'tool') return null;
  if (from.area === 'unknown') return `no-unknown-folder: ${from.path} lies in no folder of ARCHITECTURE.md.`;
  if (to.area === 'test') return 'tests-are-not-imported: only tests and scripts import test files.';
  if (to.area === 'sandbox' && from.area === 'entry') {
    if (from.path === 'src/server/startup/start-simulators.ts') return null;
    return 'sandbox-is-started-in-one-place: only startup/start-simulators.ts and tests import src/sandbox.';
  }
  const knownToApp = to.area === 'gateway' || to.area === 'mailer';
  if (knownToApp && from.area === 'entry' && from.unit !== 'app.ts') {
    return 'leaves-are-known-to-app: gateways and mailers are imported by app.ts only.';
  }
  if (!mayImport[from.area].includes(to.area)) return sentences[from.area];
  if (knownToApp && from.area === to.area && from.unit !== to.unit) return sentences[from.area];
  return to.area === 'module' ? objectionToModule(from, to) : null;
}

function objectionToModule(from: Place, to: Place): string | null {
  if (from.area === 'module' && from.unit === to.unit) return null;
  const port = ports.get(from.area);
  if (port !== undefined) return to.path === port ? null : sentences[from.area === 'gateway' ? 'gateway' : 'mailer'];
  if (from.area === 'module') {
    const own = moduleOrder.indexOf(from.unit);
    const other = moduleOrder.indexOf(to.unit);
    if (own === -1) return `module-order: ${from.unit} has no place in the fixed order of modules.`;
    if (other === -1 || other > own) return `module-order: ${from.unit} may import only modules before it.`;
  }
  if (to.path === `src/server/modules/${to.unit}/index.ts`) return null;
  if (from.area === 'entry' && [...ports.values()].includes(to.path)) return null;
  return `module-door: ${to.unit} is imported through its index.ts only.`;
}

/**
 * Steps that several flows share because they ask something outside any transaction and apply the answer in one
 * (docs/decisions/0015).
 */
const stepsThatAskAndApply: ReadonlySet<string> = new Set([
  'src/server/flows/steps/end-payment.ts',
  'src/server/flows/steps/ensure-credit-note-document.ts',
  'src/server/flows/steps/ensure-invoice-document.ts',
  'src/server/flows/steps/mirror-refunds.ts',
  'src/server/flows/steps/sync-dispute.ts',
  'src/server/flows/steps/sync-method-setup.ts',
  'src/server/flows/steps/sync-refund.ts',
  'src/server/flows/steps/sync-saved-method.ts',
  'src/server/flows/steps/sync-with-gateway.ts',
]);

/** Whether a file may open a transaction: flows, the named steps, the consume batch, start-up, sample data, platform. */
export function mayOpenTransaction(place: Place): boolean {
  if (place.path.startsWith('src/server/modules/credits/consume-batch')) return true;
  if (place.path.startsWith('src/server/startup/') || stepsThatAskAndApply.has(place.path)) return true;
  return ['flow', 'platform', 'seed', 'tool', 'test'].includes(place.area);
}

const gatewaySdks: ReadonlyMap<string, string> = new Map([
  ['stripe', 'stripe'],
  ['@paypal/paypal-server-sdk', 'paypal'],
]);

const browserSdks = /^@(stripe|paypal)\/(stripe-js|react-stripe-js|paypal-js|react-paypal-js)(\/|$)/;

/** Why `from` may not import a package, as a named sentence, or null when it may. */
export function objectionToPackage(from: Place, specifier: string, typeOnly: boolean): string | null {
  if (from.area === 'test' || from.area === 'tool') return null;
  if (specifier.startsWith('node:') && (from.area === 'shared' || from.area === 'web')) {
    return 'runs-in-the-browser: src/shared and src/web import nothing of Node.';
  }
  if (from.area === 'sandbox' && typeOnly) return null;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const gateway = gatewaySdks.get(name);
  if (gateway !== undefined && !(from.area === 'gateway' && from.unit === gateway)) {
    return `sdk-in-its-gateway: ${name} is imported by gateways/${gateway} only (types also by src/sandbox).`;
  }
  if (browserSdks.test(specifier) && from.area !== 'web') {
    return `sdk-in-the-browser: ${name} is imported by src/web only (types also by src/sandbox).`;
  }
  return null;
}
