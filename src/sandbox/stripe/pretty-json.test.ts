import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { prettyJson } from '#sandbox/stripe/pretty-json.ts';

test('JSON is printed with two spaces and wide empty lists and objects', () => {
  const printed = prettyJson({ id: 'evt_1', data: { list: [], none: {}, deep: [{ a: null }], gone: undefined } });
  assert.equal(
    printed,
    [
      '{',
      '  "id": "evt_1",',
      '  "data": {',
      '    "list": [',
      '',
      '    ],',
      '    "none": {',
      '    },',
      '    "deep": [',
      '      {',
      '        "a": null',
      '      }',
      '    ]',
      '  }',
      '}',
    ].join('\n'),
  );
});

test('what is printed reads back the same', () => {
  const value = { text: 'ä "quoted"\n\u2028', numbers: [0, -1, 1.5], flags: [true, false, null], nested: [[], [[]]] };
  assert.deepEqual(JSON.parse(prettyJson(value)), value);
});
