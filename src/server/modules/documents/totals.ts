import { brandColors } from '#shared/brand/index.ts';
import { rateText } from '#shared/texts/index.ts';
import { formatCalendarDate } from '#shared/time/index.ts';
import {
  addLabelledRow,
  addNode,
  amountText,
  type Composition,
  gap,
  type Ink,
  inks,
  lineHeight,
  textAt,
  together,
} from './composition.ts';
import type { NodeId, PageItem } from './page-items.ts';
import type { Band } from './paginate.ts';

const blockWidth = 262;
const due: Ink = { weight: 'bold', size: 11, color: brandColors.ink };

/** Subtotal to amount due, one below the other with their figures in one column; kept on one page. */
export function totals(composition: Composition, root: NodeId): Band[] {
  const { document, texts } = composition;
  const words = texts.documents;
  const table = addNode(composition, 'Table', root);
  const row = (label: string, amountMinor: bigint, ink: Ink, isRuled = false) =>
    totalRow(composition, table, { label, amount: amountText(composition, amountMinor), ink, isRuled });
  const taxes = document.taxGroups.filter((group) => group.rateBasisPoints !== 0 || group.taxMinor !== 0n);
  const isOpen = document.kind === 'invoice' && !['void', 'draft'].includes(document.state);
  return together([
    gap(9, { keepWithNext: true }),
    ...row(words.subtotal, document.subtotalMinor, inks.body),
    ...(taxes.length === 0 ? row(words.tax, 0n, inks.body) : []),
    ...taxes.flatMap((group) => {
      const basis = amountText(composition, group.basisMinor);
      return row(words.taxOn(rateText(group.rateBasisPoints, texts.locale), basis), group.taxMinor, inks.body);
    }),
    ...row(words.total, document.totalMinor, inks.strong, true),
    ...(isOpen ? row(words.amountPaid, document.amountPaidMinor, inks.body) : []),
    ...(isOpen ? row(words.amountDue, document.amountDueMinor, due, true) : []),
  ]);
}

type TotalRow = { label: string; amount: string; ink: Ink; isRuled: boolean };

function totalRow(composition: Composition, table: NodeId, { label, amount, ink, isRuled }: TotalRow): Band[] {
  const { typesetter, width } = composition;
  const node = addLabelledRow(composition, table);
  const left = width - blockWidth;
  const amountLine = typesetter.oneLine(amount, ink, blockWidth * 0.7);
  const labels = typesetter.lines(label, ink, blockWidth - amountLine.width - 16);
  const height = lineHeight(ink) + (isRuled ? 9 : 4);
  const top = isRuled ? 6.5 : 2;
  const rule: PageItem = {
    kind: 'fill',
    x: left,
    y: 1.5,
    width: blockWidth,
    height: 0.6,
    color: brandColors.line,
    radius: 0,
  };
  return labels.map((line, index) => {
    const isFirst = index === 0;
    return {
      height: isFirst ? height : lineHeight(ink),
      items: [
        ...(isRuled && isFirst ? [rule] : []),
        textAt(line, ink, left, isFirst ? top : 0, node.label),
        ...(isFirst ? [textAt(amountLine, ink, width, top, node.value, 'right')] : []),
      ],
    };
  });
}

/** What was paid, or given back on a credit note, when and with what; nothing where nothing was. */
export function payments(composition: Composition, root: NodeId): Band[] {
  const { document, texts, typesetter, width } = composition;
  if (document.payments.length === 0) return [];
  const section = addNode(composition, 'Sect', root);
  const words = document.kind === 'invoice' ? texts.documents.payments : texts.documents.refunds;
  const title = typesetter.oneLine(words, inks.heading, width);
  const heading: Band = {
    height: lineHeight(inks.heading) + 4,
    keepWithNext: true,
    items: [textAt(title, inks.heading, 0, 0, addNode(composition, 'H2', section))],
  };
  const table = addNode(composition, 'Table', section);
  const rows = document.payments.map((payment): Band => {
    const row = addNode(composition, 'TR', table);
    const cell = () => addNode(composition, 'TD', row);
    const amount = typesetter.oneLine(amountText(composition, payment.amountMinor), inks.body, width / 3);
    const date = typesetter.oneLine(formatCalendarDate(payment.paidOn, texts.locale), inks.soft, 120);
    const what = typesetter.oneLine(payment.description, inks.body, width - 132 - amount.width - 16);
    return {
      height: lineHeight(inks.body) + 5,
      items: [
        textAt(date, inks.soft, 0, 3, cell()),
        textAt(what, inks.body, 132, 2.5, cell()),
        textAt(amount, inks.body, width, 2.5, cell(), 'right'),
      ],
    };
  });
  return [gap(24), heading, ...rows];
}
