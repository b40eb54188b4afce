import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import pg from 'pg';
import { createTestDatabase } from './test-database.ts';

test('a test database is migrated, separate from others, and used by the app without the right to pass row security', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  try {
    const client = new pg.Client(one.connections.app);
    await client.connect();
    try {
      const migrations = await client.query('select name from purser.schema_migrations');
      assert.ok((migrations.rowCount ?? 0) > 0);
      const role = await client.query(
        'select current_user as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
      );
      assert.deepEqual(role.rows, [
        { name: 'purser_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
      ]);
    } finally {
      await client.end();
    }
    assert.notEqual(one.name, other.name);
  } finally {
    await Promise.all([one.drop(), other.drop()]);
  }
  const gone = new pg.Client(one.connections.app);
  await assert.rejects(gone.connect(), { code: '3D000' });
});
