import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLog } from './index.ts';

describe('the log', () => {
  test('has no secret in it, wherever it stands in a line', () => {
    const lines: string[] = [];
    const log = createLog('trace', { write: (line) => void lines.push(line) });
    const secrets = {
      password: 'hunter2-a',
      token: 'hunter2-b',
      authorization: 'Bearer hunter2-c',
      cookie: 'hunter2-d',
      client_secret: 'hunter2-e',
      clientSecret: 'hunter2-f',
      secret: 'hunter2-g',
      key: 'hunter2-h',
    };
    log.info(secrets, 'at the top');
    log.info({ request: secrets, headers: secrets }, 'one deeper');
    log.info({ request: { headers: secrets } }, 'two deeper');
    assert.equal(lines.length, 3);
    for (const line of lines) {
      assert.doesNotMatch(line, /hunter2/);
      assert.match(line, /\[secret\]/);
    }
  });

  test('writes JSON lines of its level and above', () => {
    const lines: string[] = [];
    const log = createLog('warn', { write: (line) => void lines.push(line) });
    log.info('quiet');
    log.warn({ payment: 'x' }, 'loud');
    assert.equal(lines.length, 1);
    const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    assert.deepEqual([line['msg'], line['payment']], ['loud', 'x']);
  });
});
