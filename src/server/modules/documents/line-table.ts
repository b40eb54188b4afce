import { brandColors } from '#shared/brand/index.ts';
import { rateText, wholeNumber } from '#shared/texts/index.ts';
import {
  addNode,
  type Composition,
  columnBands,
  figuresText,
  type Ink,
  inks,
  lineHeight,
  paragraphBands,
  textAt,
  together,
} from './composition.ts';
import type { DocumentLine } from './invoice-document.ts';
import type { NodeId, PageItem } from './page-items.ts';
import type { Band } from './paginate.ts';

/** The lines of the document: a heading that can stand on every page, and the rows. */
export type LineTable = {
  readonly heading: Band;
  /** The heading without its place in the structure tree, for the pages after the first. */
  readonly headingAgain: Band;
  /** Each row's strips are kept together. */
  readonly rows: readonly (readonly Band[])[];
};

const cellGap = 16;
const columnWidthMax = 112;
const rowPadding = 6;
const periodInk = inks.label;

/** A column of figures, aligned at its right edge. */
type Column = { readonly title: string; readonly cell: (line: DocumentLine) => string };

export function lineTable(composition: Composition, root: NodeId): LineTable {
  const table = addNode(composition, 'Table', root);
  const columns = placedColumns(composition);
  const headingRow = addNode(composition, 'TR', table);
  return {
    heading: heading(composition, columns, () => addNode(composition, 'TH', headingRow, { scope: 'Column' })),
    headingAgain: heading(composition, columns, () => null),
    rows: composition.document.lines.map((line) => row(composition, columns, line, table)),
  };
}

type PlacedColumns = {
  readonly descriptionWidth: number;
  readonly figures: readonly (Column & { readonly right: number; readonly width: number })[];
};

/** Each column of figures is as wide as its widest cell; the description takes what is left. */
function placedColumns(composition: Composition): PlacedColumns {
  const { document, typesetter, width } = composition;
  const widthOf = ({ title, cell }: Column) =>
    Math.max(
      typesetter.oneLine(title, inks.label).width,
      ...document.lines.map((line) => typesetter.oneLine(cell(line), inks.body).width),
    );
  let right = width;
  const figures = figureColumns(composition)
    .toReversed()
    .map((column) => {
      const placed = { ...column, right, width: Math.min(columnWidthMax, widthOf(column) + 0.01) };
      right -= placed.width + cellGap;
      return placed;
    })
    .toReversed();
  return { descriptionWidth: right, figures };
}

function figureColumns(composition: Composition): Column[] {
  const { document, texts } = composition;
  const words = texts.documents;
  const isTaxed = document.lines.some((line) => line.taxRateBasisPoints !== 0);
  const rate = (line: DocumentLine) =>
    line.taxCategory === 'O' ? '–' : rateText(line.taxRateBasisPoints, texts.locale);
  return [
    { title: words.quantity, cell: (line) => wholeNumber(line.quantity, texts.locale) },
    { title: words.unitPrice, cell: (line) => figuresText(composition, line.unitAmountMinor) },
    ...(isTaxed ? [{ title: words.tax, cell: rate }] : []),
    { title: words.amountIn(document.currency), cell: (line) => figuresText(composition, line.amountMinor) },
  ];
}

function heading(composition: Composition, columns: PlacedColumns, node: () => NodeId): Band {
  const { texts, typesetter, width } = composition;
  const height = lineHeight(inks.label) + 8;
  const description = typesetter.oneLine(texts.documents.description, inks.label, columns.descriptionWidth);
  return {
    height,
    keepWithNext: true,
    items: [
      textAt(description, inks.label, 0, 0, node()),
      ...columns.figures.map((column) =>
        textAt(
          typesetter.oneLine(column.title, inks.label, column.width),
          inks.label,
          column.right,
          0,
          node(),
          'right',
        ),
      ),
      { kind: 'fill', x: 0, y: height - 3, width, height: 0.9, color: brandColors.ink, radius: 0 },
    ],
  };
}

function row(composition: Composition, columns: PlacedColumns, line: DocumentLine, table: NodeId): Band[] {
  const tableRow = addNode(composition, 'TR', table);
  const bands = columnBands([
    descriptionCell(composition, line, columns.descriptionWidth, addNode(composition, 'TD', tableRow)),
    ...columns.figures.map((column) =>
      figureCell(composition, column.cell(line), column, addNode(composition, 'TD', tableRow)),
    ),
  ]);
  return together(padded(bands, composition.width).map((band) => ({ ...band, inTable: true })));
}

function descriptionCell(composition: Composition, line: DocumentLine, width: number, node: NodeId): Band[] {
  const paragraph = (text: string, ink: Ink) => paragraphBands(composition, text, ink, { x: 0, width, node });
  return [
    ...paragraph(line.description, inks.body),
    ...(line.periodText === undefined ? [] : paragraph(line.periodText, periodInk)),
  ];
}

function figureCell(
  composition: Composition,
  text: string,
  { right, width }: { readonly right: number; readonly width: number },
  node: NodeId,
): Band[] {
  return composition.typesetter.lines(text, inks.body, width).map((line) => ({
    height: lineHeight(inks.body),
    items: [textAt(line, inks.body, right, 0, node, 'right')],
  }));
}

/** Air above and below a row, and a thin line under it. */
function padded(bands: readonly Band[], width: number): Band[] {
  return bands.map((band, index) => {
    const top = index === 0 ? rowPadding : 0;
    const isLast = index === bands.length - 1;
    const height = top + band.height + (isLast ? rowPadding : 0);
    const rule: PageItem = {
      kind: 'fill',
      x: 0,
      y: height - 0.6,
      width,
      height: 0.6,
      color: brandColors.line,
      radius: 0,
    };
    const items = band.items.map((item) => ({ ...item, y: item.y + top }));
    return { height, items: isLast ? [...items, rule] : items };
  });
}
