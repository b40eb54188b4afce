import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { replacement } from './text-pieces.ts';
import { typeface } from './typefaces.ts';
import { createTypesetter, type TextLine } from './typesetter.ts';

const style = { weight: 'regular', size: 10 } as const;

function drawn(lines: readonly TextLine[]): string[] {
  return lines.map((line) => line.runs.map((run) => run.text).join(''));
}

function set(text: string, width = Number.POSITIVE_INFINITY): string[] {
  return drawn(createTypesetter().lines(text, style, width));
}

/** Any text at all: every plane, unpaired surrogates, joiners, marks of direction, and the scripts people write in. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        ' ',
        '\n',
        '\u200D',
        '\u200C',
        '\u202E',
        '\u2067',
        '\uFE0F',
        '\u0301',
        '\u064B',
        '🧾',
        '(',
        '۱۲۳',
      ),
      fc.constantFrom('شركة', 'الأمل', 'چائے', '上海', 'カモメ', 'København', 'Ελλάδα', 'हिन्दी', 'שלום', '안녕'),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

describe('typesetter', () => {
  test('any text is set without a missing glyph and within its width', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const line of createTypesetter().lines(text, style, 150)) {
          assert.ok(line.width <= 150 + style.size, `${line.width} points wide`);
          for (const run of line.runs) {
            assert.ok(Number.isFinite(run.width) && run.x >= 0);
            const ids = typeface(run.face)
              .layout(run.text)
              .glyphs.map((glyph) => glyph.id);
            assert.ok(!ids.includes(0), `.notdef in ${JSON.stringify(run)}`);
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  test('words stay whole where they fit, and their text is kept', () => {
    const text = 'Pro credit package with 2,000 credits for the harbour master';
    const lines = set(text, 90);
    assert.ok(lines.length > 2);
    assert.equal(lines.join(' '), text);
  });

  test('a word that fits nowhere is torn, and nothing of it is lost', () => {
    const lines = set('x'.repeat(300), 100);
    assert.ok(lines.length > 10);
    assert.equal(lines.join(''), 'x'.repeat(300));
  });

  test('an address of the web is torn after its slashes, a negative figure is not', () => {
    assert.deepEqual(set('https://example.com/account/invoices', 110), ['https://example.com/', 'account/invoices']);
    assert.ok(set('come to a total of -500', 95).some((line) => line.includes('-500')));
  });

  test('Chinese text breaks between characters but never before a full stop', () => {
    const lines = set('专业版积分套餐，永久有效。按次扣除，不可退款。', 60);
    assert.ok(lines.length > 3);
    for (const line of lines) assert.doesNotMatch(line, /^[，。]/);
  });

  test('Arabic words run from right to left, figures and Latin among them from left to right', () => {
    assert.deepEqual(set('شركة الأمل للتجارة'), ['للتجارة الأمل شركة']);
    assert.deepEqual(set('باقة 2,000 رصيد'), ['رصيد 2,000 باقة']);
    assert.deepEqual(set('رقم ۱۲۳'), ['۱۲۳ رقم']);
    assert.deepEqual(set('فاتورة (Pro 2000)'), ['(Pro 2000) فاتورة']);
    assert.deepEqual(set('Al Amal شركة الأمل Ltd'), ['Al Amal الأمل شركة Ltd']);
  });

  test('a character without a typeface is replaced where a reader sees it, a whole emoji by one sign', () => {
    assert.deepEqual(set('a👨‍👩‍👧b'), [`a${replacement}b`]);
    assert.deepEqual(set('a\uD800b'), [`a${replacement}b`]);
    assert.deepEqual(set('a\u0007\u00ADb\tc\u00A0d'), ['ab c d']);
  });

  test('a letter the shaper stumbles over is set all the same', () => {
    assert.deepEqual(set('\u06A2'), ['\u06A2']);
  });

  test('one line is cut with an ellipsis when there is no room', () => {
    const typesetter = createTypesetter();
    assert.deepEqual(drawn([typesetter.oneLine('short', style, 100)]), ['short']);
    const cut = typesetter.oneLine('a very long seller name', style, 60);
    assert.match(drawn([cut])[0] ?? '', /^a very.*…$/);
    assert.ok(cut.width <= 60);
  });

  test('figures are all equally wide, so that columns of amounts line up', () => {
    for (const weight of ['regular', 'bold'] as const) {
      const widths = Array.from('0123456789', (digit) => createTypesetter().oneLine(digit, { weight, size: 10 }).width);
      assert.equal(new Set(widths).size, 1);
    }
  });
});
