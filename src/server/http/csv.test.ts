import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FastifyRequest } from 'fastify';
import { csvText, wantsCsv } from './csv.ts';

function asking(accept?: string): FastifyRequest {
  return { headers: { accept } } as unknown as FastifyRequest;
}

describe('CSV', () => {
  test('ends lines with CRLF and quotes only what needs it', () => {
    assert.equal(
      csvText(
        ['a', 'b'],
        [
          ['one, two', 'say "yes"'],
          [3n, null],
        ],
      ),
      'a,b\r\n"one, two","say ""yes"""\r\n3,\r\n',
    );
  });

  test('never lets a text be run as a formula, and leaves negative figures alone', () => {
    assert.equal(csvText([], [['=1+1', '@sum', '-x', '+1', -5n]]), "\r\n'=1+1,'@sum,'-x,'+1,-5\r\n");
  });

  test('is asked for by the format, else by the first type of the Accept header', () => {
    assert.equal(wantsCsv(asking('text/csv'), undefined), true);
    assert.equal(wantsCsv(asking('text/csv; q=0.9, application/json'), undefined), true);
    assert.equal(wantsCsv(asking('application/json, text/csv'), undefined), false);
    assert.equal(wantsCsv(asking(), undefined), false);
    assert.equal(wantsCsv(asking('text/csv'), 'json'), false);
    assert.equal(wantsCsv(asking('application/json'), 'csv'), true);
  });
});
