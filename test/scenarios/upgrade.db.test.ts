import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { copyFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { migrate } from '#server/platform/migrations/index.ts';
import { repository } from '#test/support/spawned-process.ts';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { createEmptyDatabase, type TestDatabase } from '#test/support/test-database.ts';
import { testServer } from '#test/support/test-server.ts';

const migrations = path.join(repository, 'migrations');

/** The last migration before there was more than one way to pay. */
const lastByCardAlone = '0017';

describe('an installation that knew cards alone', () => {
  let database: TestDatabase;
  let superuser: pg.Client;
  const accountId = randomUUID();
  const savedMethodId = randomUUID();

  before(async () => {
    database = await createEmptyDatabase();
    const older = temporaryDirectory();
    for (const name of readdirSync(migrations).filter((file) => file.slice(0, 4) <= lastByCardAlone)) {
      copyFileSync(path.join(migrations, name), path.join(older.path, name));
    }
    await migrate({ owner: database.connections.owner, directory: older.path, log: () => undefined });
    older[Symbol.dispose]();
    superuser = new pg.Client(testServer().url(database.name, 'postgres'));
    await superuser.connect();
    await fill();
    await migrate({ owner: database.connections.owner, directory: migrations, log: () => undefined });
  });
  after(async () => {
    await superuser.end();
    await database.drop();
  });

  /** An account with a paid and an open payment, a saved card, and a payment that charged it. */
  async function fill(): Promise<void> {
    await superuser.query(
      `insert into purser.accounts (id, name, slug, status, billing_email, country, time_zone, locale, currency,
         created_at, updated_at)
       values ($1, 'Fernwood', 'fernwood', 'active', 'pay@fernwood.example', 'US', 'UTC', 'en', 'USD', now(), now())`,
      [accountId],
    );
    await superuser.query(
      `insert into purser.saved_payment_methods (id, account_id, gateway, method, gateway_reference, details, is_default,
         created_at)
       values ($1, $2, 'stripe', 'card', 'pm_1', '{"brand": "visa", "last4": "4242", "expMonth": 2, "expYear": 2028}',
         true, now())`,
      [savedMethodId, accountId],
    );
    const payments = [
      ['succeeded', null],
      ['requires_payment_method', null],
      ['succeeded', savedMethodId],
    ];
    for (const [status, method] of payments) {
      await superuser.query(
        `insert into purser.payments (id, account_id, method, gateway, status, amount_minor, currency, saved_method_id,
           created_at, status_changed_at, checks)
         values ($1, $2, 'card', 'stripe', $3, 900, 'USD', $4, now(), now(), 0)`,
        [randomUUID(), accountId, status, method],
      );
    }
    await superuser.query(
      `insert into purser.payment_options (id, country, method, gateway, is_enabled, display_name, details, sort_order,
         created_at, updated_at)
       values ($1, null, 'card', 'stripe', true, 'Card', '{}', 1, now(), now())`,
      [randomUUID()],
    );
  }

  test('keeps its payments: what arrived is known, and whether its payer was there', async () => {
    const { rows } = await superuser.query(
      `select status, received_minor::int as received, refunded_minor::int as refunded, payer_is_present as present,
         keeps_method as keeps
       from purser.payments order by status desc, payer_is_present desc`,
    );
    assert.deepEqual(rows, [
      { status: 'succeeded', received: 900, refunded: 0, present: true, keeps: false },
      { status: 'succeeded', received: 900, refunded: 0, present: false, keeps: false },
      { status: 'requires_payment_method', received: 0, refunded: 0, present: true, keeps: false },
    ]);
  });

  test('keeps its saved card as the default, and learns when it expires', async () => {
    const { rows } = await superuser.query(
      `select id, is_default, expires_on::text as expires, fingerprint, removed_at from purser.saved_payment_methods`,
    );
    const kept = { id: savedMethodId, is_default: true, expires: '2028-02-29', fingerprint: null, removed_at: null };
    assert.deepEqual(rows, [kept]);
  });

  test('keeps its payment options as ways to pay by card', async () => {
    const { rows } = await superuser.query('select method, kind, is_enabled from purser.payment_options');
    assert.deepEqual(rows, [{ method: 'card', kind: 'card', is_enabled: true }]);
  });
});
