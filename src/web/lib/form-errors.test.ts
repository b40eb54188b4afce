import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiProblem, NetworkFailure } from '#web/lib/api-problem.ts';
import { formErrorsOf } from '#web/lib/form-errors.ts';

const fields = ['email', 'scopes'] as const;

function problemWith(errors: { pointer: string; message: string }[]): ApiProblem {
  return new ApiProblem(422, { code: 'validation_failed', title: 'Some fields need another value', errors });
}

test('what the server says about a field is shown at that field, and nowhere else', () => {
  const problem = problemWith([
    { pointer: '/body/email', message: 'must be an e-mail address' },
    { pointer: '/body/scopes/0', message: 'must be read or purchase' },
  ]);
  assert.deepEqual(formErrorsOf(problem, fields), {
    fields: { email: 'Must be an e-mail address', scopes: 'Must be read or purchase' },
    rest: null,
  });
});

test('a field is shown the first thing that is wrong with it', () => {
  const problem = problemWith([
    { pointer: '/body/email', message: 'first' },
    { pointer: '/body/email', message: 'second' },
  ]);
  assert.equal(formErrorsOf(problem, fields).fields.email, 'First');
});

test('nothing the server says is lost: what no field can show stays a problem of the form', () => {
  const unknownField = problemWith([{ pointer: '/body/emailing', message: 'is unknown' }]);
  assert.deepEqual(formErrorsOf(unknownField, fields), { fields: {}, rest: unknownField });
  const withoutFields = new ApiProblem(429, { code: 'rate_limited', title: 'Too many requests' });
  assert.equal(formErrorsOf(withoutFields, fields).rest, withoutFields);
  const silence = new NetworkFailure(new TypeError('fetch failed'));
  assert.equal(formErrorsOf(silence, fields).rest, silence);
});
