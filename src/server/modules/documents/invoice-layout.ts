import { brandColors } from '#shared/brand/index.ts';
import { type Texts, textsFor } from '#shared/texts/index.ts';
import { addNode, type Composition, inks, lineHeight, textAt } from './composition.ts';
import type { InvoiceDocument } from './invoice-document.ts';
import { letterhead, titleOf } from './letterhead.ts';
import { lineTable } from './line-table.ts';
import { instructions, notes } from './notes.ts';
import { type LaidOutDocument, mirroredItem, moved, type PageItem } from './page-items.ts';
import { type Band, paginate } from './paginate.ts';
import { standing } from './standing.ts';
import { payments, totals } from './totals.ts';
import { createTypesetter } from './typesetter.ts';

const margin = { x: 50, top: 46, bottom: 34 };
const paper = { a4: { width: 595.28, height: 841.89 }, letter: { width: 612, height: 792 } };
const laterHeadHeight = 34;

/**
 * Decides where everything on the document stands, page by page, as plain data. Pure: the same document gives the same
 * layout. The texts follow the document's locale unless others are given.
 */
export function layoutInvoice(document: InvoiceDocument, texts: Texts = textsFor(document.locale)): LaidOutDocument {
  const size = ['US', 'CA'].includes(document.buyer.country) ? paper.letter : paper.a4;
  const composition: Composition = {
    document,
    texts,
    typesetter: createTypesetter(),
    width: size.width - 2 * margin.x,
    nodes: [],
  };
  const footer = footerOf(composition, size.height);
  const root = addNode(composition, 'Document', null);
  const head = [...letterhead(composition, root), ...standing(composition, root)];
  const table = lineTable(composition, root);
  const bands = [
    ...head,
    table.heading,
    ...table.rows.slice(0, -1).flat(),
    // The last row goes where the totals go, so that they never stand on a page alone.
    ...(table.rows.at(-1) ?? []).map((band): Band => ({ ...band, keepWithNext: true })),
    ...totals(composition, root),
    ...payments(composition, root),
    ...instructions(composition, root),
    ...notes(composition, root),
  ];
  const contents = paginate(bands, {
    left: margin.x,
    firstTop: margin.top,
    laterTop: margin.top + laterHeadHeight,
    bottom: footer.top - 18,
    tableHeading: table.headingAgain,
  });
  const pages = contents.map((items, index) => {
    const all = [...(index === 0 ? [] : laterHead(composition)), ...items, ...footer.items(index + 1, contents.length)];
    return { items: texts.direction === 'rtl' ? all.map((item) => mirroredItem(item, size.width)) : all };
  });
  return { ...size, pages, nodes: composition.nodes };
}

/** The foot of every page: the seller's legal line and the page's number. */
function footerOf(composition: Composition, pageHeight: number) {
  const { document, texts, typesetter, width } = composition;
  const lines = document.footer === undefined ? [] : typesetter.lines(document.footer, inks.small, width - 90);
  const height = 8 + Math.max(1, lines.length) * lineHeight(inks.small);
  const top = pageHeight - margin.bottom - height;
  const items = (page: number, pages: number): PageItem[] => {
    const pageText = typesetter.oneLine(texts.documents.page(page, pages), inks.small);
    return [
      { kind: 'fill', x: margin.x, y: top, width, height: 0.6, color: brandColors.line, radius: 0 },
      ...lines.map((line, index) => textAt(line, inks.small, margin.x, top + 8 + index * lineHeight(inks.small), null)),
      textAt(pageText, inks.small, margin.x + width, top + 8, null, 'right'),
    ];
  };
  return { top, items };
}

/** The head of the pages after the first: which document this sheet belongs to. */
function laterHead(composition: Composition): PageItem[] {
  const { document, texts, typesetter, width } = composition;
  const title = typesetter.oneLine(
    texts.documents.continued(titleOf(composition), document.number),
    inks.label,
    width / 2,
  );
  const seller = typesetter.oneLine(document.seller.name, inks.label, width / 2 - 24);
  return [textAt(title, inks.label, 0, 0, null), textAt(seller, inks.label, width, 0, null, 'right')].map((item) =>
    moved(item, margin.x, margin.top),
  );
}
