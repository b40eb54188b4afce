import { brandColors } from '#shared/brand/index.ts';
import { formatCalendarDate } from '#shared/time/index.ts';
import {
  addLabelledRow,
  addNode,
  type Composition,
  columnBands,
  gap,
  type Ink,
  inks,
  lineHeight,
  paragraphBands,
  textAt,
} from './composition.ts';
import type { NodeId, PageItem } from './page-items.ts';
import type { Band } from './paginate.ts';

const markHeight = 30;
const logoBox = { width: 180, height: 44 };

/** The head of the first page: whose paper it is, what it is, and who is who on it. */
export function letterhead(composition: Composition, root: NodeId): Band[] {
  return [...nameplate(composition, root), gap(30), ...parties(composition, root), gap(24)];
}

/** The title of the document, as it is also written into the file's properties. */
export function titleOf({ document, texts }: Pick<Composition, 'document' | 'texts'>): string {
  return document.kind === 'invoice' ? texts.documents.titleInvoice : texts.documents.titleCreditNote;
}

function nameplate(composition: Composition, root: NodeId): Band[] {
  const { document, typesetter, width } = composition;
  const titleLine = typesetter.oneLine(titleOf(composition), inks.title);
  const numberLine = typesetter.oneLine(document.number, inks.soft, width / 2);
  const title = addNode(composition, 'H1', root);
  const heading = {
    title: textAt(titleLine, inks.title, width, 0, title, 'right'),
    number: textAt(numberLine, inks.soft, width, lineHeight(inks.title), addNode(composition, 'P', root), 'right'),
  };
  const headingHeight = lineHeight(inks.title) + lineHeight(inks.soft);
  const figure = addNode(composition, 'Figure', root, { alt: document.seller.name });
  const room = width - Math.max(titleLine.width, numberLine.width) - 24;
  if (document.logo !== undefined) {
    const box = { x: 0, y: 0, width: Math.min(logoBox.width, room), height: logoBox.height };
    const image: PageItem = { kind: 'image', ...box, bytes: document.logo.bytes, node: figure };
    return [{ height: Math.max(logoBox.height, headingHeight), items: [image, heading.title, heading.number] }];
  }
  const mark: PageItem = {
    kind: 'mark',
    x: 0,
    y: 2,
    width: markHeight,
    height: markHeight,
    color: brandColors.teal,
    node: figure,
  };
  const names = typesetter.lines(document.seller.name, inks.name, room - markHeight - 12);
  const nameHeight = lineHeight(inks.name);
  const first = Math.max(0, 2 + (markHeight - names.length * nameHeight) / 2);
  const name = addNode(composition, 'P', root);
  return [
    {
      height: Math.max(headingHeight, first + names.length * nameHeight),
      items: [
        mark,
        ...names.map((line, index) => textAt(line, inks.name, markHeight + 12, first + index * nameHeight, name)),
        heading.title,
        heading.number,
      ],
    },
  ];
}

/** Seller, buyer and dates side by side. */
function parties(composition: Composition, root: NodeId): Band[] {
  const { document, texts, width } = composition;
  const { seller, buyer } = document;
  const third = (width - 2 * 24) / 3;
  const words = texts.documents;
  const sellerLines = [
    ...seller.addressLines,
    ...(seller.taxId === undefined ? [] : [words.taxId(seller.taxId)]),
    ...(seller.registration === undefined ? [] : [words.registration(seller.registration)]),
    ...(seller.email === undefined ? [] : [seller.email]),
    ...(seller.website === undefined ? [] : [seller.website]),
  ];
  const buyerLines = [
    ...buyer.addressLines,
    ...(buyer.taxId === undefined ? [] : [words.taxId(buyer.taxId)]),
    ...(buyer.email === undefined ? [] : [buyer.email]),
  ];
  return columnBands([
    party(composition, root, { label: words.from, name: seller.name, lines: sellerLines, x: 0, width: third }),
    party(composition, root, { label: words.billTo, name: buyer.name, lines: buyerLines, x: third + 24, width: third }),
    dates(composition, root, { x: 2 * (third + 24), width: third }),
  ]);
}

type Party = { label: string; name: string; lines: readonly string[]; x: number; width: number };

function party(composition: Composition, root: NodeId, { label, name, lines, x, width }: Party): Band[] {
  const section = addNode(composition, 'Sect', root);
  const paragraph = (text: string, ink: Ink, type: 'H2' | 'P') =>
    paragraphBands(composition, text, ink, { x, width, node: addNode(composition, type, section) });
  return evenHeights([
    ...paragraph(label, inks.label, 'H2'),
    ...paragraph(name, inks.strong, 'P'),
    ...lines.flatMap((line) => paragraph(line, inks.soft, 'P')),
  ]);
}

function dates(composition: Composition, root: NodeId, place: { x: number; width: number }): Band[] {
  const { document, texts } = composition;
  const words = texts.documents;
  const table = addNode(composition, 'Table', root);
  const written = (date: string) => formatCalendarDate(date, texts.locale);
  const rows: [label: string, value: string][] = [
    ...(document.correctsNumber === undefined ? [] : [[words.corrects, document.correctsNumber] as [string, string]]),
    [words.issued, written(document.issuedOn)],
    ...(document.kind === 'invoice' ? [[words.due, written(document.dueOn)] as [string, string]] : []),
    ...(document.paidOn === undefined ? [] : [[words.paid, written(document.paidOn)] as [string, string]]),
  ];
  return evenHeights(rows.flatMap(([label, value]) => labelled(composition, table, { label, value, ...place })));
}

type Labelled = { label: string; value: string; x: number; width: number };

/** A label and its value on one line, or the value below where the two do not fit. */
function labelled(composition: Composition, table: NodeId, { label, value, x, width }: Labelled): Band[] {
  const { typesetter } = composition;
  const node = addLabelledRow(composition, table);
  const labelLine = typesetter.oneLine(label, inks.label, width);
  const height = lineHeight(inks.soft);
  const labelItem = textAt(labelLine, inks.label, x, 0, node.label);
  const values = typesetter.lines(value, inks.soft, width);
  const placed = values.map((line) =>
    textAt(line, { ...inks.soft, color: brandColors.ink }, x + width, 0, node.value, 'right'),
  );
  const [only] = placed;
  if (only !== undefined && placed.length === 1 && labelLine.width + only.width + 8 <= width) {
    return [{ height, items: [labelItem, only] }];
  }
  return [{ height, items: [labelItem] }, ...placed.map((item) => ({ height, items: [item] }))];
}

/** Columns side by side stay level only when every line is equally high and stands on the same baseline. */
function evenHeights(bands: readonly Band[]): Band[] {
  const height = lineHeight(inks.strong);
  const y = height / 2 + inks.strong.size * 0.357;
  return bands.map((band) => ({
    ...band,
    height,
    items: band.items.map((item) => (item.kind === 'text' ? { ...item, y } : item)),
  }));
}
