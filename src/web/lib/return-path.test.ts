import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeReturnPath } from '#web/lib/return-path.ts';

test('after signing in only a path of our own is followed', () => {
  assert.equal(safeReturnPath('/account/invoices?status=paid'), '/account/invoices?status=paid');
  for (const elsewhere of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '']) {
    assert.equal(safeReturnPath(elsewhere), '/', elsewhere);
  }
  assert.equal(safeReturnPath(undefined), '/');
});
