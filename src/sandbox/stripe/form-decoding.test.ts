import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { decodeForm } from '#sandbox/stripe/form-decoding.ts';

describe('decoding a form in the notation of Stripe', () => {
  const cases: [string, unknown][] = [
    ['', {}],
    ['a=1&b=', { a: '1', b: '' }],
    ['a', { a: '' }],
    ['a=1+2%2B3', { a: '1 2+3' }],
    ['a[b]=1&a[c][d]=2', { a: { b: '1', c: { d: '2' } } }],
    ['a[]=x&a[]=y', { a: ['x', 'y'] }],
    ['a[0]=x&a[1]=y', { a: ['x', 'y'] }],
    ['a[0][b]=x&a[1][b]=y', { a: [{ b: 'x' }, { b: 'y' }] }],
    ['a[2]=x', { a: { 2: 'x' } }],
    ['a=1&a=2', { a: '2' }],
    ['a%5Bb%5D=1', { a: { b: '1' } }],
    ['a=%E2%82%AC', { a: '€' }],
  ];
  for (const [text, expected] of cases) {
    test(`reads "${text}"`, () => assert.equal(JSON.stringify(decodeForm(text)), JSON.stringify(expected)));
  }

  for (const text of ['a=%zz', 'a[b=1', 'a]=1', '[a]=1', 'a[b]c=1', 'a=1&a[b]=2', 'a[b]=1&a=2']) {
    test(`refuses "${text}"`, () => assert.throws(() => decodeForm(text), { name: 'StripeError', status: 400 }));
  }

  test('never touches a prototype', () => {
    decodeForm('__proto__[polluted]=1&constructor[prototype][polluted]=1');
    assert.equal('polluted' in {}, false);
  });
});
