import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type MarkdownBlock, markdownBlocks } from './index.ts';

const text = (words: string) => ({ type: 'text', text: words });

describe('reading Markdown', () => {
  it('knows paragraphs, lists, emphasis, code and line breaks', () => {
    assert.deepEqual(markdownBlocks('Open **your** app\nand send.\n\n1. First `A1`\n2. Second'), [
      {
        type: 'paragraph',
        spans: [
          text('Open '),
          { type: 'strong', spans: [text('your')] },
          text(' app'),
          { type: 'break' },
          text('and send.'),
        ],
      },
      {
        type: 'list',
        ordered: true,
        start: 1,
        items: [
          [{ type: 'line', spans: [text('First '), { type: 'code', text: 'A1' }] }],
          [{ type: 'line', spans: [text('Second')] }],
        ],
      },
    ]);
  });

  it('leaves HTML as the text it is', () => {
    const spoken = JSON.stringify(markdownBlocks('<script>alert(1)</script>\n\nA <img src=x onerror=alert(1)> b'));
    assert.match(spoken, /<script>alert\(1\)<\/script>/);
    assert.ok(everyType(markdownBlocks('<b>bold</b> <a href="javascript:x">y</a>')).every((type) => type !== 'link'));
  });

  it('links only to the web, e-mail and telephone', () => {
    for (const href of ['https://bank.example/help', 'http://bank.example', 'mailto:pay@shop.example', 'tel:+4912']) {
      assert.deepEqual(everyType(markdownBlocks(`[help](${href})`)), ['paragraph', 'link', 'text']);
    }
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '/account',
      '',
    ]) {
      assert.deepEqual(everyType(markdownBlocks(`[help](${href})`)).includes('link'), false, href);
    }
  });

  it('shows no image, only what it is called', () => {
    assert.deepEqual(markdownBlocks('![QR code](https://evil.example/pixel.png)'), [
      { type: 'paragraph', spans: [text('QR code')] },
    ]);
  });

  it('reads tables, quotes and headings', () => {
    assert.deepEqual(everyType(markdownBlocks('# Title\n\n> note\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---')), [
      'heading',
      'text',
      'quote',
      'paragraph',
      'text',
      'table',
      'rule',
    ]);
  });

  it('reads a bounded part of a text', () => {
    const [block] = markdownBlocks('a'.repeat(100_000));
    assert.ok(block?.type === 'paragraph');
    assert.ok(JSON.stringify(block).length < 21_000);
  });
});

/** The types of all blocks and spans, in the order they are read; cells of tables are left out. */
function everyType(blocks: readonly MarkdownBlock[]): string[] {
  const types: string[] = [];
  JSON.stringify(blocks, (key, value: unknown) => {
    if (key === 'type' && typeof value === 'string') types.push(value);
    return key === 'head' || key === 'rows' ? undefined : value;
  });
  return types;
}
