import type { App } from '../flows/app.ts';
import { createHold } from '../flows/credits/create-hold.ts';
import { endHold } from '../flows/credits/end-hold.ts';
import type { OperationUse } from '#server/modules/credits/index.ts';
import { recordUsageEvents } from '../flows/usage/record-usage-events.ts';
import type { Actor } from '../modules/team/index.ts';

/** Who uses the sample product, and for what. */
export type SampleUsers = {
  readonly customer: Actor;
  readonly siteIds: readonly string[];
  readonly userIds: readonly string[];
};

/** How a use of each operation looks: how often it comes in twenty, and between what quantities. */
const habits: readonly {
  readonly operation: string;
  readonly variant: string;
  readonly weight: number;
  readonly least: number;
  readonly most: number;
  readonly reference: string;
}[] = [
  { operation: 'content.generate', variant: '', weight: 6, least: 150, most: 900, reference: 'Article' },
  { operation: 'content.generate', variant: 'large', weight: 1, least: 120, most: 400, reference: 'Essay' },
  { operation: 'image.generate', variant: '', weight: 2, least: 1, most: 2, reference: 'Illustration' },
  { operation: 'image.generate', variant: 'hd', weight: 1, least: 1, most: 1, reference: 'Cover' },
  { operation: 'text.translate', variant: '', weight: 4, least: 80, most: 600, reference: 'Translation' },
  { operation: 'seo.analyze', variant: '', weight: 2, least: 1, most: 3, reference: 'Page check' },
  { operation: 'speech.transcribe', variant: '', weight: 1, least: 3, most: 25, reference: 'Interview' },
  { operation: 'page.publish', variant: '', weight: 3, least: 1, most: 4, reference: 'Release' },
];

/**
 * The uses of one day: more as the months go by, fewer at weekends. The same for the same day, so that sample data can
 * be told apart only by its dates.
 *
 * @param daysAgo of half a year
 */
export async function useForADay(
  app: App,
  users: SampleUsers,
  daysAgo: number,
  part: number,
  parts: number,
): Promise<void> {
  const chance = chanceFrom(daysAgo * 31 + part);
  const weekday = app.clock.now().getUTCDay();
  const weekdayPercent = weekday === 0 || weekday === 6 ? 30 : 100;
  const percent = weekdayPercent * (60 + chance(81));
  const count = Math.round(((3 + (180 - daysAgo) / 24) * percent) / 10_000 / parts);
  const events: OperationUse[] = [];
  for (let index = 0; index < count; index += 1) {
    events.push(anyUse(users, `sample-${String(daysAgo)}-${String(part)}-${String(index)}`, chance));
  }
  if (events.length > 0) await recordUsageEvents(app, users.customer, events, undefined);
}

/** Work whose cost was known only afterwards: one hold that was captured, and one that is still open. */
export async function holdForWork(app: App, users: SampleUsers): Promise<void> {
  const use = {
    operation: 'speech.transcribe',
    variant: '',
    siteId: null,
    userId: users.userIds[0] ?? null,
    metadata: null,
  };
  const day = 24 * 60 * 60_000;
  const past = { ...use, key: 'sample-hold-1', quantity: 60n, reference: 'Podcast 12', lifetimeMs: day };
  const { hold } = await createHold(app, users.customer, past, undefined);
  await endHold(app, users.customer, {
    id: hold.id,
    key: 'sample-capture-1',
    requestId: undefined,
    as: 'captured',
    quantity: 47n,
  });
  const open = { ...use, key: 'sample-hold-2', quantity: 40n, reference: 'Podcast 13', lifetimeMs: 7 * day };
  await createHold(app, users.customer, open, undefined);
}

function anyUse(users: SampleUsers, key: string, chance: Chance): OperationUse {
  const habit = habitAt(chance);
  const quantity = habit.least + chance(habit.most - habit.least + 1);
  return {
    key,
    operation: habit.operation,
    variant: habit.variant,
    quantity: BigInt(quantity),
    siteId: users.siteIds[chance(100) < 65 ? 0 : 1] ?? null,
    userId: users.userIds[chance(100) < 55 ? 0 : 1] ?? null,
    reference: `${habit.reference} ${String(100 + chance(900))}`,
    metadata: null,
  };
}

function habitAt(chance: Chance): (typeof habits)[number] {
  let left = chance(habits.reduce((sum, habit) => sum + habit.weight, 0));
  const found = habits.find((habit) => {
    left -= habit.weight;
    return left < 0;
  });
  if (found === undefined) throw new Error('There is no habit to choose.');
  return found;
}

/** A whole number from 0 on that is less than `below`. */
type Chance = (below: number) => number;

/** Numbers that look like chance and are the same for the same seed (a linear congruential generator). */
function chanceFrom(seed: number): Chance {
  let state = (seed * 2_654_435_761) % 4_294_967_296;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The upper bits are the better ones.
    return Math.floor((state / 4_294_967_296) * below);
  };
}
