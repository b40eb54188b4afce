import { strict as assert } from 'node:assert';
import { before, describe, test } from 'node:test';
import { type LintReport, lintPlanted } from '#test/support/planted-lint.ts';

/** Imports that break an arrow, by the planted file, and the name of the sentence that must answer. */
const broken: Readonly<Record<string, readonly [sentence: string, source: string]>> = {
  'src/shared/money/to-server.ts': ['shared-stands-alone', "export { a } from '#server/platform/a.ts';"],
  'src/shared/money/to-web.ts': ['shared-stands-alone', "export { a } from '../../web/lib/a.ts';"],
  'src/shared/money/to-node.ts': ['runs-in-the-browser', "export { join } from 'node:path';"],
  'src/server/platform/db/to-module.ts': [
    'platform-knows-no-billing',
    "export { a } from '#server/modules/tax/index.ts';",
  ],
  'src/server/platform/db/to-http.ts': ['platform-knows-no-billing', "export { a } from '../../http/server.ts';"],
  'src/server/modules/tax/to-flow.ts': ['modules-look-down', "export { a } from '#server/flows/credits/a.ts';"],
  'src/server/modules/tax/to-gateway.ts': ['modules-look-down', "export { a } from '../../gateways/stripe/a.ts';"],
  'src/server/modules/credits/to-later.ts': ['module-order', "export { a } from '#server/modules/payments/index.ts';"],
  'src/server/modules/credits/to-later-relative.ts': ['module-order', "export { a } from '../invoices/index.ts';"],
  'src/server/modules/parcels/from-new.ts': ['module-order', "export { a } from '#server/modules/audit/index.ts';"],
  'src/server/modules/payments/past-door.ts': [
    'module-door',
    "export { a } from '#server/modules/credits/credits-store.ts';",
  ],
  'src/server/flows/credits/past-door.ts': [
    'module-door',
    "export { a } from '#server/modules/credits/credits-store.ts';",
  ],
  'src/server/flows/credits/to-flow.ts': ['flows-stand-apart', "export { a } from './purchase-credits.ts';"],
  'src/server/flows/credits/to-other-flow.ts': [
    'flows-stand-apart',
    "export { a } from '#server/flows/payments/a.ts';",
  ],
  'src/server/flows/credits/to-http.ts': ['flows-stand-apart', "export { a } from '#server/http/problem.ts';"],
  'src/server/flows/credits/to-gateway.ts': ['flows-stand-apart', "export { a } from '#server/gateways/stripe/a.ts';"],
  'src/server/flows/credits/to-app.ts': ['flows-stand-apart', "export type { App } from '#server/app.ts';"],
  'src/server/flows/frame.ts': ['frame-looks-down', "export { a } from './steps/settle-invoice.ts';"],
  'src/server/flows/steps/to-flow.ts': ['steps-look-down', "export { a } from '../payments/sync-payment.ts';"],
  'src/server/http/credits/to-job.ts': ['http-is-thin', "export { a } from '#server/jobs/schedule.ts';"],
  'src/server/http/credits/to-step.ts': ['http-is-thin', "export { a } from '#server/flows/steps/a.ts';"],
  'src/server/http/credits/to-gateway.ts': ['http-is-thin', "export { a } from '#server/gateways/stripe/a.ts';"],
  'src/server/jobs/to-http.ts': ['jobs-are-thin', "export { a } from '#server/http/server.ts';"],
  'src/server/gateways/stripe/to-flow.ts': ['gateways-are-leaves', "export { a } from '#server/flows/payments/a.ts';"],
  'src/server/gateways/stripe/to-other.ts': ['gateways-are-leaves', "export { a } from '../paypal/paypal-orders.ts';"],
  'src/server/gateways/stripe/to-module.ts': [
    'gateways-are-leaves',
    "export { a } from '#server/modules/payments/index.ts';",
  ],
  'src/server/mailers/smtp/to-module.ts': [
    'mailers-are-leaves',
    "export { a } from '#server/modules/notifications/index.ts';",
  ],
  'src/server/seed/to-http.ts': ['seed-uses-flows', "export { a } from '#server/http/server.ts';"],
  'src/server/main.ts': ['leaves-are-known-to-app', "export { a } from '#server/gateways/stripe/a.ts';"],
  'src/server/cli.ts': ['leaves-are-known-to-app', "export { a } from './mailers/smtp/a.ts';"],
  'src/server/app.ts': ['sandbox-is-started-in-one-place', "export { a } from '#sandbox/index.ts';"],
  'src/server/worker.ts': ['sandbox-is-started-in-one-place', "export { a } from '../sandbox/index.ts';"],
  'src/server/helpers/any.ts': ['no-unknown-folder', "export { a } from '#shared/money/index.ts';"],
  'src/sandbox/stripe/to-server.ts': ['sandbox-knows-the-wire', "export { a } from '#server/platform/a.ts';"],
  'src/sandbox/stripe/to-web.ts': ['sandbox-knows-the-wire', "export { a } from '#web/lib/a.ts';"],
  'src/sandbox/stripe/to-sdk.ts': ['sdk-in-its-gateway', "export { default as Stripe } from 'stripe';"],
  'src/server/flows/payments/to-sdk.ts': ['sdk-in-its-gateway', "export type { Stripe } from 'stripe';"],
  'src/server/http/billing/to-sdk.ts': ['sdk-in-the-browser', "export { loadStripe } from '@stripe/stripe-js';"],
  'src/web/lib/to-server.ts': ['web-knows-the-contract', "export { a } from '#server/platform/a.ts';"],
  'src/web/lib/to-sandbox.ts': ['web-knows-the-contract', "export { a } from '../../sandbox/index.ts';"],
  'src/web/lib/to-node.ts': ['runs-in-the-browser', "export { join } from 'node:path';"],
  'src/server/platform/log/to-test.ts': ['tests-are-not-imported', "export { a } from '#test/support/a.ts';"],
  'src/server/platform/log/to-test-file.ts': ['tests-are-not-imported', "export { a } from './log.test.ts';"],
  // Each way of importing is seen, not only the static one.
  'src/web/lib/as-static.ts': ['web-knows-the-contract', "import { a } from '#server/a.ts';\nexport const b = a;"],
  'src/web/lib/as-type.ts': ['web-knows-the-contract', "import type { A } from '#server/a.ts';\nexport type B = A;"],
  'src/web/lib/as-type-query.ts': ['web-knows-the-contract', "export type B = import('#server/a.ts').A;"],
  'src/web/lib/as-dynamic.ts': ['web-knows-the-contract', "export const load = () => import('#server/a.ts');"],
  'src/web/lib/as-everything.ts': ['web-knows-the-contract', "export * from '#server/a.ts';"],
  'src/web/lib/as-page.tsx': ['web-knows-the-contract', "export { a } from '#server/a.ts';"],
  // Transactions are opened by flows.
  'src/server/flows/steps/opens.ts': [
    'transactions-in-flows',
    "import { inTransaction } from '#server/platform/db/index.ts';\nexport const a = inTransaction;",
  ],
  'src/server/modules/tax/opens.ts': [
    'transactions-in-flows',
    "export { inTransaction as open } from '#server/platform/db/index.ts';",
  ],
  'src/server/http/billing/opens.ts': [
    'transactions-in-flows',
    "import * as db from '#server/platform/db/index.ts';\nexport const a = db.inTransaction;",
  ],
};

/** Imports that follow the street, and nothing may be said about them. */
const followed: Readonly<Record<string, string>> = {
  'src/shared/contract/money.ts': "export { money } from '#shared/money/index.ts';\nexport { z } from 'zod';",
  'src/server/platform/http/follows.ts': "export { a } from '../jobs/a.ts';\nexport { b } from '#shared/ids/index.ts';",
  'src/server/modules/payments/follows.ts':
    "export { a } from '#server/modules/invoices/index.ts';\nexport { b } from './payment-states.ts';\nexport { c } from '../credits/index.ts';",
  'src/server/modules/credits/consume-batch.ts': "export { inTransaction } from '#server/platform/db/index.ts';",
  'src/server/flows/payments/follows.ts':
    "export { inTransaction } from '#server/platform/db/index.ts';\nexport { a } from '../steps/settle-invoice.ts';\nexport { b } from '#server/modules/payments/index.ts';",
  'src/server/flows/steps/follows.ts': "export { a } from './apply-payment-state.ts';",
  'src/server/http/billing/follows.ts':
    "export { a } from '#server/flows/credits/purchase-credits.ts';\nexport { b } from '../problem.ts';\nexport { c } from '#server/modules/team/index.ts';",
  'src/server/http/route.ts': "export type { App } from '#server/flows/app.ts';",
  'src/server/jobs/follows.ts': "export { a } from '#server/flows/payments/sync-payment.ts';",
  'src/server/gateways/stripe/follows.ts':
    "export type { Gateway } from '#server/modules/payments/gateway.ts';\nexport { Stripe } from 'stripe';\nexport { a } from './stripe-events.ts';",
  'src/server/mailers/smtp/follows.ts': "export type { Mailer } from '#server/modules/notifications/mailer.ts';",
  'src/server/seed/follows.ts': "export { a } from '#server/flows/credits/purchase-credits.ts';",
  'src/server/start.ts': "export { a } from './app.ts';\nexport { b } from '#server/http/server.ts';",
  'src/sandbox/stripe/follows.ts':
    "export type { Stripe } from 'stripe';\nexport { a } from '../journal/journal.ts';\nexport { b } from '#shared/money/index.ts';",
  'src/web/lib/follows.ts':
    "export { a } from '#shared/contract/credits.ts';\nexport { loadStripe } from '@stripe/stripe-js';\nexport { b } from '#web/app/shell.ts';",
  'src/server/flows/payments/sync-payment.test.ts':
    "export { a } from './sync-payment.ts';\nexport { b } from '#sandbox/index.ts';\nexport { c } from '#test/support/a.ts';",
  'test/scenarios/story.ts': "export { a } from '#server/app.ts';\nexport { b } from '#sandbox/index.ts';",
};

/** The rest of what only the linter guards, one planted file each. */
const guarded: Readonly<Record<string, readonly [rule: string, source: string]>> = {
  'src/server/modules/tax/circle.ts': [
    'import(no-cycle)',
    "import { b } from '#server/modules/tax/circle-back.ts';\nexport const a: number = b;",
  ],
  'src/server/modules/tax/circle-back.ts': [
    'import(no-cycle)',
    "import { a } from './circle.ts';\nexport const b: number = a;",
  ],
  'src/server/modules/tax/floating.ts': [
    'typescript(no-floating-promises)',
    'export async function ask(): Promise<void> {}\nexport function run(): void {\n  ask();\n}',
  ],
  'src/sandbox/stripe/floating.ts': [
    'typescript(no-floating-promises)',
    'export async function ask(): Promise<void> {}\nexport function run(): void {\n  ask();\n}',
  ],
  'src/web/features/usage/floating.ts': [
    'typescript(no-floating-promises)',
    'export async function ask(): Promise<void> {}\nexport function run(): void {\n  ask();\n}',
  ],
  'src/web/features/usage/floating.test.ts': [
    'typescript(no-floating-promises)',
    'export async function ask(): Promise<void> {}\nexport function run(): void {\n  ask();\n}',
  ],
  'src/web/features/usage/floating-page.tsx': [
    'typescript(no-floating-promises)',
    'export async function ask(): Promise<void> {}\nexport function run(): void {\n  ask();\n}',
  ],
  'src/shared/money/floating.test.ts': [
    'typescript(no-floating-promises)',
    'export async function ask(): Promise<void> {}\nexport function run(): void {\n  ask();\n}',
  ],
  'bench/floating.ts': [
    'typescript(no-floating-promises)',
    'export async function ask(): Promise<void> {}\nexport function run(): void {\n  ask();\n}',
  ],
  'test/scenarios/floating.ts': [
    'typescript(no-floating-promises)',
    'export async function ask(): Promise<void> {}\nexport function run(): void {\n  ask();\n}',
  ],
  'src/server/modules/tax/misused.ts': [
    'typescript(no-misused-promises)',
    'export async function ask(): Promise<boolean> {\n  return true;\n}\nexport function run(): boolean {\n  return ask() ? true : false;\n}',
  ],
  'src/server/modules/tax/unclosed.ts': [
    'typescript(switch-exhaustiveness-check)',
    "export function run(state: 'paid' | 'void'): void {\n  switch (state) {\n    case 'paid':\n      return;\n  }\n}",
  ],
  'src/server/modules/tax/anything.ts': ['typescript(no-explicit-any)', 'export const a: any = 1;'],
  'src/server/modules/tax/surely.ts': [
    'typescript(no-non-null-assertion)',
    'export const a = (list: readonly string[]): string => list[0]!;',
  ],
};

describe('the one-way street', () => {
  let report: LintReport;
  const brokenArrows = Object.entries(broken);
  const planted = {
    ...Object.fromEntries(brokenArrows.map(([file, [, source]]) => [file, source])),
    ...followed,
    ...Object.fromEntries(Object.entries(guarded).map(([file, [, source]]) => [file, source])),
  };

  before(() => {
    report = lintPlanted(planted);
  });

  test('the linter reads every planted file', () => {
    assert.equal(report.filesRead, Object.keys(planted).length);
  });

  for (const [file, [sentence]] of brokenArrows) {
    test(`${file} is stopped by ${sentence}`, () => {
      const findings = report.findings(file).filter((finding) => finding.startsWith('purser('));
      assert.equal(findings.length, 1, `expected one finding, got ${JSON.stringify(report.findings(file))}`);
      assert.match(findings.join(), new RegExp(`^purser\\(arrows\\): ${sentence}: `));
    });
  }

  for (const file of Object.keys(followed)) {
    test(`${file} passes`, () => assert.deepEqual(report.findings(file), []));
  }

  for (const [file, [rule]] of Object.entries(guarded)) {
    test(`${file} is stopped by ${rule}`, () => {
      const rules = report.findings(file).map((finding) => finding.split(':', 1)[0]);
      assert.ok(rules.includes(rule), `expected ${rule}, got ${JSON.stringify(report.findings(file))}`);
    });
  }
});
