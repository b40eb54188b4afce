import { amountFigures, amountWithCode, type Texts } from '#shared/texts/index.ts';
import { brandColors } from '#shared/brand/index.ts';
import { money } from '#shared/money/index.ts';
import type { InvoiceDocument } from './invoice-document.ts';
import type { NodeId, PageItem, StructureNode } from './page-items.ts';
import type { Band } from './paginate.ts';
import type { TextLine, TextStyle, Typesetter } from './typesetter.ts';

/** What every part of an invoice is composed with. */
export type Composition = {
  readonly document: InvoiceDocument;
  readonly texts: Texts;
  readonly typesetter: Typesetter;
  /** Width between the margins, in points. */
  readonly width: number;
  readonly nodes: StructureNode[];
};

/** A style of text with its colour; sizes in points. */
export type Ink = TextStyle & { readonly color: string };

/** The few styles an invoice is set in. */
export const inks = {
  title: { weight: 'bold', size: 22, color: brandColors.ink },
  name: { weight: 'bold', size: 12.5, color: brandColors.ink },
  standing: { weight: 'bold', size: 15, color: brandColors.ink },
  heading: { weight: 'bold', size: 10, color: brandColors.ink },
  strong: { weight: 'bold', size: 9.5, color: brandColors.ink },
  body: { weight: 'regular', size: 9.5, color: brandColors.ink },
  soft: { weight: 'regular', size: 9, color: brandColors.inkSoft },
  label: { weight: 'regular', size: 8.5, color: brandColors.inkFaint },
  small: { weight: 'regular', size: 7.5, color: brandColors.inkFaint },
  link: { weight: 'regular', size: 8.5, color: brandColors.teal },
} as const satisfies Readonly<Record<string, Ink>>;

/** Adds an element to the structure tree and says where it is. */
export function addNode(
  { nodes }: Composition,
  type: StructureNode['type'],
  parent: NodeId,
  more: Pick<StructureNode, 'alt' | 'scope'> = {},
): number {
  nodes.push({ type, parent, ...more });
  return nodes.length - 1;
}

/** Adds a row of two cells to a table: what it is called, and what it is. */
export function addLabelledRow(composition: Composition, table: NodeId): { label: NodeId; value: NodeId } {
  const row = addNode(composition, 'TR', table);
  return {
    label: addNode(composition, 'TH', row, { scope: 'Row' }),
    value: addNode(composition, 'TD', row),
  };
}

/** Height of a line of text of a size, in points. */
export function lineHeight({ size }: TextStyle): number {
  return size * 1.45;
}

/** A line of text whose line box starts at `y`; `x` is its left edge, or its right one when it is aligned there. */
export function textAt(line: TextLine, ink: Ink, x: number, y: number, node: NodeId, edge: 'left' | 'right' = 'left') {
  return {
    kind: 'text',
    x: edge === 'left' ? x : x - line.width,
    // Capitals, seven tenths of the size high, stand in the middle of the line box.
    y: y + lineHeight(ink) / 2 + ink.size * 0.357,
    width: line.width,
    runs: line.runs,
    size: ink.size,
    color: ink.color,
    node,
  } as const satisfies PageItem;
}

/** A paragraph as strips of one line each, with `x` as its left edge. */
export function paragraphBands(
  composition: Composition,
  text: string,
  ink: Ink,
  place: { readonly x: number; readonly width: number; readonly node: NodeId },
): Band[] {
  return composition.typesetter.lines(text, ink, place.width).map((line) => ({
    height: lineHeight(ink),
    items: [textAt(line, ink, place.x, 0, place.node)],
  }));
}

/** Lines of several columns side by side: each strip holds the next line of every column. */
export function columnBands(columns: readonly (readonly Band[])[]): Band[] {
  const rows = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length: rows }, (_, row) => ({
    height: Math.max(...columns.map((column) => column[row]?.height ?? 0)),
    items: columns.flatMap((column) => column[row]?.items ?? []),
  }));
}

/** Empty space between strips. */
export function gap(height: number, options: { readonly keepWithNext?: boolean } = {}): Band {
  return { height, items: [], isGap: true, ...options };
}

/** The strips, none of which may be left behind by the one after it; the last is free. */
export function together(bands: readonly Band[]): Band[] {
  return bands.map((band, index) => (index === bands.length - 1 ? band : { ...band, keepWithNext: true }));
}

/** An amount of the document with its currency: `USD 29.00`. */
export function amountText({ document, texts }: Composition, amountMinor: bigint): string {
  return amountWithCode(money(amountMinor, document.currency), texts.locale);
}

/** The figures of an amount of the document: `29.00`. */
export function figuresText({ document, texts }: Composition, amountMinor: bigint): string {
  return amountFigures(money(amountMinor, document.currency), texts.locale);
}
