import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { endHold } from '#server/flows/credits/end-hold.ts';
import { adjustCredits } from '#server/flows/admin/adjust-credits.ts';
import { createHold } from '#server/flows/credits/create-hold.ts';
import { verifyBooks } from '#server/flows/reports/verify-books.ts';
import type { App } from '#server/flows/app.ts';
import { runDue } from '#server/jobs/schedule.ts';
import {
  type ConsumeBatch,
  type ConsumeOutcome,
  createConsumeBatch,
  InsufficientCredits,
} from '#server/modules/credits/index.ts';
import { openPool, type Pool } from '#server/platform/db/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { type Actor, anonymous, system } from '#server/modules/team/index.ts';
import { lotKinds } from '#shared/contract/metering.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { giveCredits, makeAccount, makeOperation } from '../support/metering.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';
import { CreditsModel } from './credits-model.ts';

/** One step of a random story. Whole credits; times in milliseconds. */
type Step =
  | {
      readonly do: 'grant';
      readonly kind: (typeof lotKinds)[number];
      readonly units: bigint;
      readonly lifetime: number | null;
    }
  | { readonly do: 'consume'; readonly units: bigint }
  | { readonly do: 'burst'; readonly units: readonly bigint[] }
  | { readonly do: 'repeat' }
  | { readonly do: 'hold'; readonly units: bigint; readonly lifetime: number }
  | { readonly do: 'end'; readonly which: number; readonly captured: number | null }
  | { readonly do: 'adjust'; readonly units: bigint }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'timetable' };

const few = fc.bigInt({ min: 1n, max: 40n });
const minute = 60_000;

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('grant' as const),
    kind: fc.constantFrom(...lotKinds),
    units: few,
    lifetime: fc.option(fc.integer({ min: 1, max: 20 }).map((minutes) => minutes * minute)),
  }),
  fc.record({ do: fc.constant('consume' as const), units: few }),
  fc.record({ do: fc.constant('burst' as const), units: fc.array(few, { minLength: 2, maxLength: 12 }) }),
  fc.constant({ do: 'repeat' as const }),
  fc.record({
    do: fc.constant('hold' as const),
    units: few,
    lifetime: fc.integer({ min: 1, max: 9 }).map((n) => n * minute),
  }),
  fc.record({
    do: fc.constant('end' as const),
    which: fc.nat(9),
    captured: fc.option(fc.integer({ min: 1, max: 100 })),
  }),
  fc.record({
    do: fc.constant('adjust' as const),
    units: fc.bigInt({ min: -30n, max: 30n }).filter((units) => units !== 0n),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 8 * minute }) }),
  fc.constant({ do: 'timetable' as const }),
);

/**
 * Random stories of an account are played to the database, through the flows and the batches, and to a model of a few
 * lines. After every step both must have the same; after every story the books must balance, entry by entry.
 */
describe('credits against their model', () => {
  let api: TestApi;
  let app: App;
  let pool: Pool;
  let clock: ManualClock;
  let batches: readonly ConsumeBatch[];
  let staff: Actor;

  before(async () => {
    api = await startTestApi();
    clock = createManualClock(new Date('2026-03-01T10:00:00Z'));
    const ids = createIds(clock);
    pool = openPool(api.database.connections.app, 6);
    // Two, as two processes would have.
    batches = [1, 2].map(() => createConsumeBatch(pool, { clock, ids }, createLog('silent')));
    app = { ...api.app, clock, ids };
    await makeOperation(app, 'one.credit');
    const { user } = await api.app.identity.ensureUser({
      name: 'Staff',
      email: 'staff@example.com',
      password: 'correct horse',
      verified: true,
    });
    staff = { ...anonymous, type: 'user', id: user.id, staffRole: 'owner' };
  });

  after(async () => {
    await pool.close();
    await api.close();
  });

  async function play(steps: readonly Step[]): Promise<void> {
    const accountId = await makeAccount(app, 'Asia/Kathmandu');
    const story = new Story(accountId);
    for (const step of steps) {
      await story.play(step);
      await story.compare(step);
    }
  }

  class Story {
    readonly accountId: string;
    readonly model = new CreditsModel();
    readonly actor: Actor;
    #count = 0;
    #last: { readonly key: string; readonly units: bigint; readonly outcome: ConsumeOutcome } | null = null;

    constructor(accountId: string) {
      this.accountId = accountId;
      this.actor = { ...system, account: { id: accountId, status: 'active' } };
    }

    async play(step: Step): Promise<void> {
      this.model.expire(clock.now());
      switch (step.do) {
        case 'grant':
          return await this.#grant(step);
        case 'consume':
          return await this.#consume(step.units);
        case 'burst':
          return await this.#burst(step.units);
        case 'repeat':
          return await this.#repeat();
        case 'hold':
          return await this.#hold(step);
        case 'end':
          return await this.#end(step);
        case 'adjust':
          return await this.#adjust(step.units);
        case 'wait':
          clock.moveBy(step.ms);
          this.model.expire(clock.now());
          return;
        case 'timetable':
          return await this.#timetable();
        default:
          return step satisfies never;
      }
    }

    /** What the database has, by what a caller is told and by its rows. */
    async compare(step: Step): Promise<void> {
      const found = await rows<{ id: string; remaining: string; held: string; expires_at: Date | null }>(
        'select id, remaining::text, held::text, expires_at from purser.credit_lots where account_id = $1',
        this.accountId,
      );
      const now = clock.now();
      const told = found.map((lot) => {
        // Its expiry may not be written down yet.
        const spendable = lot.expires_at === null || lot.expires_at > now ? BigInt(lot.remaining) : 0n;
        return [lot.id, spendable, BigInt(lot.held)] as const;
      });
      const expected = this.model.lots.map((lot) => [lot.id, lot.remaining, lot.held] as const);
      assert.deepEqual(told.toSorted(byId), expected.toSorted(byId), `after ${step.do}`);
    }

    async #grant(step: Extract<Step, { do: 'grant' }>): Promise<void> {
      const expiresAt = step.lifetime === null ? null : new Date(clock.now().getTime() + step.lifetime);
      await giveCredits(app, this.accountId, step.units, {
        kind: step.kind,
        ...(expiresAt === null ? {} : { expiresAt }),
      });
      await this.#adoptNewestLot(step.units);
    }

    async #adoptNewestLot(units: bigint): Promise<void> {
      const [lot] = await rows<{
        id: string;
        kind: (typeof lotKinds)[number];
        granted_at: Date;
        expires_at: Date | null;
      }>(
        'select id, kind, granted_at, expires_at from purser.credit_lots where account_id = $1 order by id desc limit 1',
        this.accountId,
      );
      assert.ok(lot !== undefined);
      this.model.grant({ id: lot.id, kind: lot.kind, grantedAt: lot.granted_at, expiresAt: lot.expires_at }, units);
    }

    async #ask(key: string, units: bigint, batch = batches[0]): Promise<ConsumeOutcome> {
      assert.ok(batch !== undefined);
      return await batch.consume({
        accountId: this.accountId,
        key,
        operation: 'one.credit',
        variant: '',
        quantity: units,
        siteId: null,
        userId: null,
        reference: null,
        metadata: null,
        actor: { type: 'system', id: null },
        requestId: undefined,
      });
    }

    async #consume(units: bigint): Promise<void> {
      const key = this.#key();
      const outcome = await this.#ask(key, units);
      const balance = this.model.available();
      if (this.model.spend(units)) assert.equal(outcome.status, 'consumed');
      else assert.deepEqual(outcome, { status: 'insufficient', required: units, balance });
      this.#last = { key, units, outcome };
    }

    /** Clients of two processes at once, half of them sending everything twice: any order will do, if it adds up. */
    async #burst(wanted: readonly bigint[]): Promise<void> {
      const asked = wanted.map((units) => ({ units, key: this.#key() }));
      const twice = [...asked, ...asked.slice(0, asked.length / 2)];
      const outcomes = await Promise.all(
        twice.map(({ key, units }, index) => this.#ask(key, units, batches[index % batches.length])),
      );
      const spent = new Map<string, { at: bigint; units: bigint }>();
      for (const [index, outcome] of outcomes.entries()) {
        const { key, units } = twice[index] ?? { key: '', units: 0n };
        if (outcome.status === 'consumed') spent.set(key, { at: outcome.consumed.available, units });
        else assert.equal(outcome.status, 'insufficient');
      }
      const balances = [this.model.available()];
      for (const { at, units } of [...spent.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1))) {
        assert.ok(this.model.spend(units));
        assert.equal(this.model.available(), at);
        balances.push(at);
      }
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status !== 'insufficient') continue;
        assert.ok(balances.includes(outcome.balance), 'a refusal names a balance that was');
        assert.ok(outcome.balance < (twice[index]?.units ?? 0n));
        // The balance only falls in a burst: whoever was refused once can never have been served.
        const { key, units } = twice[index] ?? { key: '', units: 0n };
        assert.ok(!spent.has(key) && this.model.available() < units);
      }
    }

    async #repeat(): Promise<void> {
      if (this.#last === null || this.#last.outcome.status !== 'consumed') return;
      const { key, units, outcome } = this.#last;
      assert.deepEqual(await this.#ask(key, units), outcome);
      assert.deepEqual(await this.#ask(key, units + 1n), { status: 'key_reused' });
    }

    async #hold(step: Extract<Step, { do: 'hold' }>): Promise<void> {
      const order = {
        key: this.#key(),
        operation: 'one.credit',
        variant: '',
        quantity: step.units,
        lifetimeMs: step.lifetime,
        siteId: null,
        userId: null,
        reference: null,
        metadata: null,
      };
      const affordable = this.model.available() >= step.units;
      if (!affordable) {
        await assert.rejects(createHold(app, this.actor, order, undefined), InsufficientCredits);
        return;
      }
      const { hold, available, held } = await createHold(app, this.actor, order, undefined);
      assert.ok(this.model.hold({ id: hold.id, units: step.units, expiresAt: hold.expiresAt }));
      assert.deepEqual([available, held], [this.model.available(), this.model.held()]);
      assert.deepEqual(await createHold(app, this.actor, order, undefined), { hold, available, held });
    }

    async #end(step: Extract<Step, { do: 'end' }>): Promise<void> {
      const hold = this.model.holds[step.which % Math.max(1, this.model.holds.length)];
      if (hold === undefined) return;
      const request = { id: hold.id, key: this.#key(), requestId: undefined };
      const spent = step.captured === null ? 0n : (hold.units * BigInt(step.captured) + 99n) / 100n;
      const order =
        step.captured === null
          ? ({ ...request, as: 'released' } as const)
          : ({ ...request, as: 'captured', quantity: spent } as const);
      if (hold.expiresAt <= clock.now()) {
        await assert.rejects(endHold(app, this.actor, order), { code: 'hold_not_open' });
        return;
      }
      const ended = await endHold(app, this.actor, order);
      this.model.end(hold, spent, clock.now());
      assert.deepEqual([ended.availableAfter, ended.heldAfter], [this.model.available(), this.model.held()]);
      assert.deepEqual(await endHold(app, this.actor, order), ended);
    }

    async #adjust(units: bigint): Promise<void> {
      const order = {
        accountId: this.accountId,
        units,
        reason: 'Because',
        kind: 'adjustment' as const,
        expiresAt: null,
        idempotencyKey: this.#key(),
        bodyHash: Buffer.from('x'),
        requestId: undefined,
      } as const;
      if (units < 0n && this.model.available() < -units) {
        await assert.rejects(adjustCredits(app, staff, order), InsufficientCredits);
        return;
      }
      await adjustCredits(app, staff, order);
      if (units > 0n) await this.#adoptNewestLot(units);
      else assert.ok(this.model.spend(-units));
    }

    /** What the worker does once a second: nothing but what is true anyway is written down. */
    async #timetable(): Promise<void> {
      while ((await runDue(app)) > 0);
      const due = this.model.holds.filter((hold) => hold.expiresAt <= clock.now());
      for (const hold of due) this.model.end(hold, 0n, clock.now());
    }

    #key(): string {
      this.#count += 1;
      return `${this.accountId}-${String(this.#count)}`;
    }
  }

  async function rows<Row>(text: string, accountId: string): Promise<Row[]> {
    const client = await pool.pg.connect();
    try {
      await client.query(`begin; set local purser.scope = 'system'`);
      const found = await client.query(text, [accountId]);
      await client.query('commit');
      return found.rows as Row[];
    } finally {
      client.release();
    }
  }

  test('any story ends in the same balances, lots and holds', async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40 }), play), {
      numRuns: 40,
      interruptAfterTimeLimit: 20_000,
      endOnFailure: false,
    });
    const broken: unknown[] = [];
    const holds = await verifyBooks(app, (result) => {
      if (result.problems > 0n) broken.push(result);
    });
    assert.deepEqual([holds, broken], [true, []]);
  });
});

function byId(one: readonly [string, ...unknown[]], other: readonly [string, ...unknown[]]): number {
  return one[0] < other[0] ? -1 : 1;
}
