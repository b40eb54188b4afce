import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInSearch, tokenSearch } from './auth-search.ts';

test('the sign-in page knows where to go back to, and whether a session has ended', () => {
  assert.deepEqual(signInSearch({ return_to: '/account', ended: true }), { return_to: '/account', ended: true });
  assert.deepEqual(signInSearch({ return_to: 7, ended: 'yes' }), {});
});

test('a token made of digits is read as the text it is', () => {
  assert.deepEqual(tokenSearch({ token: 123_456 }), { token: '123456' });
  assert.deepEqual(tokenSearch({ token: '' }), {});
  assert.deepEqual(tokenSearch({}), {});
});
