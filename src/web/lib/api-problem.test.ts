import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiProblem, isProblem } from '#web/lib/api-problem.ts';

test('a problem keeps its code, words, fields and request id, and knows the page that explains it', () => {
  const problem = new ApiProblem(422, {
    type: '/docs/problems/price_changed',
    code: 'price_changed',
    title: 'The price has changed',
    detail: 'It is now $31.00.',
    request_id: 'req_1',
    errors: [{ pointer: '/body/expected_total', message: 'is another' }, { pointer: 7 }],
  });
  assert.ok(isProblem(problem, 'price_changed'));
  assert.equal(problem.detail, 'It is now $31.00.');
  assert.equal(problem.requestId, 'req_1');
  assert.equal(problem.documentationUrl, '/docs/problems/price_changed');
  assert.deepEqual(problem.errors, [{ pointer: '/body/expected_total', message: 'is another' }]);
});

test('an answer that is no problem of ours has no code, and no page that would explain it', () => {
  for (const body of [undefined, '<html>Bad gateway</html>', { code: 'toString' }, null]) {
    const problem = new ApiProblem(502, body);
    assert.equal(problem.code, null);
    assert.equal(problem.documentationUrl, null);
    assert.equal(problem.title, 'The server answered 502');
  }
});
