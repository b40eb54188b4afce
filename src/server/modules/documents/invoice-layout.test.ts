import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { textsFor } from '#shared/texts/index.ts';
import type { InvoiceDocument } from './invoice-document.ts';
import { layoutInvoice } from './invoice-layout.ts';
import type { LaidOutDocument, Page, PageItem } from './page-items.ts';
import { sampleDocument, sampleLine } from './sample-document.ts';

type TextItem = Extract<PageItem, { kind: 'text' }>;

function textItems(page: Page | undefined): TextItem[] {
  return (page?.items ?? []).filter((item) => item.kind === 'text');
}

/** The words of an item, every kind of space an ordinary one. */
function words(item: TextItem): string {
  return item.runs
    .map((run) => run.text)
    .join('')
    .replace(/\p{Zs}/gu, ' ');
}

/** What stands on each page, line by line from the top, a line's parts from the left. */
function readable(layout: LaidOutDocument): string[][] {
  return layout.pages.map((page) => {
    const lines = Map.groupBy(textItems(page), (item) => Math.round(item.y));
    return [...lines]
      .toSorted(([one], [other]) => one - other)
      .map(([, items]) =>
        items
          .toSorted((one, other) => one.x - other.x)
          .map(words)
          .join(' | '),
      );
  });
}

function withLines(count: number, more: Partial<InvoiceDocument> = {}) {
  const lines = Array.from({ length: count }, (_, index) => sampleLine(`Operation ${index + 1}`, BigInt(index), 12n));
  return layoutInvoice(sampleDocument({ ...more, lines }));
}

function find(layout: LaidOutDocument, text: string): { page: number; item: TextItem } {
  for (const [page, content] of layout.pages.entries()) {
    const item = textItems(content).find((candidate) => words(candidate) === text);
    if (item !== undefined) return { page, item };
  }
  assert.fail(`"${text}" stands nowhere`);
}

const taxed = { taxRateBasisPoints: 2000, taxCategory: 'S' };

describe('layout of an invoice', () => {
  test('an invoice to be paid reads from head to foot', () => {
    const document = sampleDocument({
      lines: [
        sampleLine('Pro credit package', 1n, 29_00n, taxed),
        sampleLine('Business plan', 3n, 59_00n, { ...taxed, periodText: 'December 2026' }),
      ],
      payUrl: 'https://billing.example/pay/1',
      paymentInstructions: { title: 'Pay by transfer', rows: [['IBAN', 'PK36']], reference: 'REF-1', text: 'In full.' },
      terms: 'Seven days.',
    });
    assert.deepEqual(readable(layoutInvoice(document)), [
      [
        'Northwind Instruments',
        'Invoice',
        'INV-2026-11-00042',
        'From | Bill to | Issued | 29 November 2026',
        'Northwind Instruments | Ada Larsen ApS | Due | 6 December 2026',
        '14 Harbour Street | Havnegade 7',
        'Bristol BS1 4RW | 1058 København K',
        'United Kingdom | Denmark',
        'Tax ID GB 123 4567 89 | Tax ID DK 12 34 56 78',
        'billing@northwind.example | accounts@larsen.example',
        'Pending',
        'USD 247.20 due 6 December 2026',
        'Pay online: https://billing.example/pay/1',
        'Description | Quantity | Unit price | Tax | Amount (USD)',
        'Pro credit package | 1 | 29.00 | 20% | 29.00',
        'Business plan | 3 | 59.00 | 20% | 177.00',
        'December 2026',
        'Subtotal | USD 206.00',
        'Tax 20% on USD 206.00 | USD 41.20',
        'Total | USD 247.20',
        'Amount paid | USD 0.00',
        'Amount due | USD 247.20',
        'Pay by transfer',
        'IBAN | PK36',
        'Payment reference | REF-1',
        'In full.',
        'Terms',
        'Seven days.',
        'Northwind Instruments Ltd · Registered in England 01234567 · northwind.example | Page 1 of 1',
      ],
    ]);
  });

  test('a paid invoice says when and with what, and asks for nothing more', () => {
    const layout = layoutInvoice(
      sampleDocument({
        state: 'paid',
        paidOn: '2026-11-30',
        payUrl: 'https://billing.example/pay/1',
        paymentInstructions: { title: 'Pay by transfer', rows: [], text: '' },
      }),
    );
    const text = readable(layout).flat().join('\n');
    assert.match(text, /^Paid\nUSD 29\.00 paid on 30 November 2026$/m);
    assert.match(text, /30 November 2026 \| Visa ending 4242 \| USD 29\.00/);
    assert.match(text, /Amount due \| USD 0\.00/);
    assert.doesNotMatch(text, /Pay online|Pay by transfer/);
    assert.ok(!layout.pages.some((page) => page.items.some((item) => item.kind === 'link')));
  });

  test('each state has its own sentence, and a void invoice asks for no money', () => {
    const sentenceOf = (state: InvoiceDocument['state']) =>
      readable(layoutInvoice(sampleDocument({ state, paidOn: '2026-11-30' })))
        .flat()
        .join('\n');
    assert.match(sentenceOf('overdue'), /^Overdue\nUSD 29\.00 was due 6 December 2026$/m);
    assert.match(sentenceOf('void'), /^Void\nVoid: nothing to pay$/m);
    assert.doesNotMatch(sentenceOf('void'), /Amount due/);
    assert.match(sentenceOf('draft'), /^Draft\nDraft: not an invoice yet$/m);
    assert.match(sentenceOf('uncollectible'), /USD 29\.00 written off/);
    assert.match(sentenceOf('refunded'), /USD 29\.00 refunded/);
  });

  test('a credit note names the invoice it corrects', () => {
    const document = sampleDocument({
      kind: 'credit_note',
      number: 'CN-2026-12-00001',
      correctsNumber: 'INV-2026-11-00042',
      state: 'refunded',
      lines: [sampleLine('Pro, returned', 1n, 29_00n, { taxCategory: 'AE' })],
    });
    const text = readable(layoutInvoice(document)).flat().join('\n');
    assert.match(text, /Credit note/);
    assert.match(text, /INV-2026-11-00042/);
    assert.match(text, /USD 29\.00 credited/);
    assert.match(text, /Reverse charge: the recipient accounts for the tax\./);
  });

  test('terms and a foot left empty leave no trace', () => {
    const text = readable(layoutInvoice(sampleDocument({ terms: ' ', footer: '' })))
      .flat()
      .join('\n');
    assert.doesNotMatch(text, /Terms/);
    assert.match(text, /Page 1 of 1$/);
  });

  test('figures have the digits of their currency', () => {
    const yen = layoutInvoice(sampleDocument({ currency: 'JPY', lines: [sampleLine('a', 2n, 2_310n)] }));
    assert.ok(find(yen, 'JPY 4,620'));
    const dinar = layoutInvoice(sampleDocument({ currency: 'KWD', lines: [sampleLine('a', 1n, 1_250n)] }));
    assert.ok(find(dinar, 'KWD 1.250'));
  });

  test('a column of amounts ends at one edge', () => {
    const layout = layoutInvoice(
      sampleDocument({
        lines: [sampleLine('a', 1n, 5n), sampleLine('b', 1n, 1_234_567_89n), sampleLine('c', 1n, -99n)],
      }),
    );
    const edges = ['0.05', '1,234,567.89', '−0.99'].flatMap((figure) =>
      textItems(layout.pages[0])
        .filter((item) => words(item) === figure)
        .slice(-1)
        .map((item) => (item.x + item.width).toFixed(3)),
    );
    assert.equal(edges.length, 3);
    assert.equal(new Set(edges).size, 1);
  });

  test('the paper is Letter for the United States and Canada, A4 elsewhere', () => {
    const { buyer } = sampleDocument();
    const widthFor = (country: string) => layoutInvoice(sampleDocument({ buyer: { ...buyer, country } })).width;
    assert.deepEqual(['US', 'CA', 'DE', 'PK', 'MX'].map(widthFor), [612, 612, 595.28, 595.28, 595.28]);
  });

  test('however many lines: the heading stands on every page of the table, the totals never without a line', () => {
    for (const count of [1, 12, 13, 14, 15, 16, 17, 18, 19, 20, 38, 39, 40, 41, 42, 43, 44, 45, 46, 60, 300]) {
      const layout = withLines(count);
      const pages = readable(layout);
      for (const [index, lines] of pages.entries()) {
        assert.equal(lines.at(-1)?.endsWith(`Page ${index + 1} of ${pages.length}`), true, `${count} lines, foot`);
        const isTable = lines.some((line) => line.startsWith('Operation '));
        assert.equal(
          lines.some((line) => line.startsWith('Description | ')),
          isTable,
          `${count} lines, heading`,
        );
      }
      const { page } = find(layout, 'Amount due');
      assert.equal(find(layout, 'Subtotal').page, page, `${count} lines, totals together`);
      assert.ok(
        pages[page]?.some((line) => line.startsWith(`Operation ${count} |`)),
        `${count} lines, totals alone`,
      );
      assert.equal(pages.flat().filter((line) => line.startsWith('Operation ')).length, count);
    }
  });

  test('nothing leaves the paper or runs into the foot, whatever is written', () => {
    const { buyer, seller } = sampleDocument();
    const name = 'Donaudampfschifffahrtsgesellschaft'.repeat(12);
    const layout = layoutInvoice(
      sampleDocument({
        number: 'INV-2026-11-123456789012345678901234567890',
        buyer: { ...buyer, name, addressLines: Array.from({ length: 30 }, () => name) },
        seller: { ...seller, name, registration: name },
        lines: [
          sampleLine(`${name} `.repeat(40), 9_007_199_254_740_991n, 9_007_199_254_740_991n, {
            ...taxed,
            periodText: name,
          }),
          sampleLine('x', 1n, -1n, taxed),
        ],
        payments: [{ paidOn: '2026-11-30', description: name, amountMinor: 1n }],
        paymentInstructions: { title: name, rows: [[name, name]], reference: name, text: name },
        payUrl: `https://billing.example/${name}`,
        terms: name,
      }),
    );
    assert.ok(layout.pages.length > 3);
    for (const page of layout.pages) {
      const footTop = Math.max(...page.items.map((item) => item.y)) - 12;
      for (const item of textItems(page)) {
        assert.ok(item.x >= 40 && item.x + item.width <= layout.width - 40, `${words(item)} at ${item.x}`);
        assert.ok(item.y > 40 && item.y < layout.height - 30);
        const isFoot = /^Page |^Northwind/.test(words(item));
        assert.ok(isFoot || item.y < footTop, `${words(item)} in the foot`);
      }
    }
  });

  test('a language written from right to left turns the sheet round', () => {
    const document = sampleDocument();
    const there = layoutInvoice(document);
    const back = layoutInvoice(document, { ...textsFor('en-GB'), direction: 'rtl' });
    for (const [index, item] of (there.pages[0]?.items ?? []).entries()) {
      const mirrored = back.pages[0]?.items[index];
      assert.ok(mirrored !== undefined && Math.abs(mirrored.x + mirrored.width + item.x - there.width) < 1e-6);
    }
  });

  test('everything a reader needs stands in the structure tree, the repeated heading does not', () => {
    const layout = withLines(60);
    const typeOf = (item: TextItem | undefined) => (item?.node == null ? null : layout.nodes[item.node]?.type);
    assert.equal(typeOf(find(layout, 'Invoice').item), 'H1');
    assert.equal(typeOf(find(layout, 'Description').item), 'TH');
    assert.equal(typeOf(find(layout, 'Operation 40').item), 'TD');
    const again = textItems(layout.pages[1]).find((item) => words(item) === 'Description');
    assert.ok(again !== undefined && typeOf(again) === null);
    for (const [index, node] of layout.nodes.entries()) {
      assert.ok(index === 0 ? node.parent === null : node.parent !== null && node.parent < index);
    }
  });

  test('a payment code stands beside the bank details, whole on one page, and says what it is', () => {
    const code = {
      size: 29,
      rows: Array.from({ length: 29 }, () => Array.from({ length: 29 }, () => true)),
      overlay: [],
    };
    const rows = [['IBAN', 'DE89']] as const;
    const paymentInstructions = { title: 'Pay by transfer', rows, reference: 'REF-1', text: 'In full.', code };
    for (const count of [1, 12, 18, 19, 20, 21, 22]) {
      const lines = Array.from({ length: count }, (_, index) => sampleLine(`Line ${String(index)}`, 1n, 100n));
      const layout = layoutInvoice(sampleDocument({ lines, paymentInstructions }));
      const pages = layout.pages.filter(({ items }) => items.some((item) => item.kind === 'code'));
      const items = pages[0]?.items ?? [];
      const item = items.find((candidate) => candidate.kind === 'code');
      assert.ok(pages.length === 1 && item !== undefined, `${String(count)} lines`);
      assert.ok(item.y > 0 && item.y + item.height < layout.height - 34, 'above the foot');
      assert.equal(item.width, item.height);
      assert.ok(items.some((text) => text.kind === 'text' && text.runs.some((run) => run.text.includes('REF-1'))));
      const touching = items.filter(
        (text) =>
          text.kind === 'text' &&
          text.x + text.width > item.x &&
          text.y > item.y &&
          text.y - text.size < item.y + item.height,
      );
      assert.deepEqual(touching, [], 'nothing is printed over it');
      const node = item.node === null ? undefined : layout.nodes[item.node];
      assert.deepEqual([node?.type, node?.alt?.includes('banking app')], ['Figure', true]);
    }
  });
});
