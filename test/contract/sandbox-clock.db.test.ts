import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clockStepSecondsMax } from '#shared/contract/sandbox.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';

describe('the clock of the sandbox moves at most two years at once', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  function ahead(seconds: number): string {
    return new Date(app.app.clock.now().getTime() + seconds * 1_000).toISOString();
  }

  test('to an instant beyond them it does not move at all', async () => {
    const offsetMs = app.app.clock.offsetMs();
    for (const target of [ahead(clockStepSecondsMax + 60), '9999-12-31T23:59:59Z']) {
      const problem = await app.refused('moveSandboxClock', 'validation_failed', { body: { advance_to: target } });
      assert.equal(problem.errors?.[0]?.pointer, '/body/advance_to');
      assert.match(problem.errors?.[0]?.message ?? '', /two years ahead/);
    }
    await app.refused('moveSandboxClock', 'validation_failed', { body: { advance_seconds: clockStepSecondsMax + 1 } });
    assert.equal(app.app.clock.offsetMs(), offsetMs);
  });

  test('to their end it moves, and from there on again', async () => {
    const target = ahead(clockStepSecondsMax);
    const moved = await app.ok('moveSandboxClock', { body: { advance_to: target } });
    assert.ok(moved.now >= target);
    const further = ahead(clockStepSecondsMax - 60);
    assert.ok((await app.ok('moveSandboxClock', { body: { advance_to: further } })).now >= further);
  });

  test('backwards it does not move', async () => {
    await app.refused('moveSandboxClock', 'clock_backwards', { body: { advance_to: '0000-01-01T00:00:00Z' } });
  });
});
