import { createHash } from 'node:crypto';
import { changeCreditCost } from '../flows/admin/change-credit-cost.ts';
import { createOperation } from '../flows/admin/create-operation.ts';
import type { App } from '../flows/app.ts';
import type { CostRule } from '../modules/catalog/index.ts';
import { system } from '../modules/team/index.ts';

/** An operation of the sample product, with what it cost half a year ago. */
type SampleOperation = {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly rule: CostRule;
  /** The variants with a cost of their own. */
  readonly variants?: Readonly<Record<string, CostRule>>;
};

function rule(milliCreditsPerUnit: bigint, minimumCredits = 0n, rounding: CostRule['rounding'] = 'up'): CostRule {
  return { milliCreditsPerUnit, minimumCredits, rounding };
}

const operations: readonly SampleOperation[] = [
  {
    code: 'content.generate',
    name: 'Generate content',
    description: 'Writes an article or a product text.',
    unit: 'word',
    rule: rule(25n, 1n),
    variants: { large: rule(60n, 2n) },
  },
  {
    code: 'image.generate',
    name: 'Generate an image',
    description: 'Draws an illustration for a page.',
    unit: 'image',
    rule: rule(4_000n),
    variants: { hd: rule(8_000n) },
  },
  {
    code: 'text.translate',
    name: 'Translate text',
    description: 'Translates a page into another language.',
    unit: 'word',
    rule: rule(10n, 1n),
  },
  {
    code: 'seo.analyze',
    name: 'Analyze a page',
    description: 'Looks for what keeps a page from being found.',
    unit: 'page',
    rule: rule(2_000n),
  },
  {
    code: 'speech.transcribe',
    name: 'Transcribe speech',
    description: 'Turns a recording into text.',
    unit: 'minute',
    rule: rule(500n, 1n, 'half_up'),
  },
  {
    code: 'page.publish',
    name: 'Publish a page',
    description: 'Puts a finished page online, free of charge.',
    unit: 'page',
    rule: rule(0n),
  },
];

/** Adds the operations of the sample product. Answers their ids by code. */
export async function seedOperations(app: App): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { rule: cost, variants, ...text } of operations) {
    const request = requestNamed(text.code);
    const id = await createOperation(app, system, { text, variant: '', rule: cost }, request);
    ids.set(text.code, id);
    for (const [variant, own] of Object.entries(variants ?? {})) {
      await changeCost(app, id, variant, own, null);
    }
  }
  return ids;
}

/** The price of writing has come down since; that of images will go up. */
export async function seedCostChanges(app: App, ids: ReadonlyMap<string, string>, imagesFrom: Date): Promise<void> {
  const content = ids.get('content.generate');
  const image = ids.get('image.generate');
  if (content === undefined || image === undefined) throw new Error('A sample operation is missing.');
  await changeCost(app, content, '', rule(20n, 1n), null);
  await changeCost(app, image, '', rule(5_000n), imagesFrom);
}

async function changeCost(
  app: App,
  operationId: string,
  variant: string,
  cost: CostRule,
  effectiveFrom: Date | null,
): Promise<void> {
  const order = { operationId, variant, rule: cost, effectiveFrom };
  await changeCreditCost(
    app,
    system,
    order,
    requestNamed(`${operationId}-${variant}-${String(cost.milliCreditsPerUnit)}`),
  );
}

function requestNamed(name: string) {
  const idempotencyKey = `sample-${name}`;
  return { idempotencyKey, bodyHash: createHash('sha256').update(name).digest(), requestId: undefined };
}
