import PDFDocument from 'pdfkit';
import { markPath, markSize } from '#shared/brand/index.ts';
import type { LaidOutDocument, NodeId, Page, PageItem } from './page-items.ts';
import { embeddable, type FaceName, typeface } from './typefaces.ts';
import type { TextRun } from './typesetter.ts';

/** What the file says about itself. */
export type FileProperties = {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** BCP 47. */
  readonly language: string;
  /** Taken from the document, never from a clock. */
  readonly createdAt: Date;
};

type Pdf = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

type Painter = {
  readonly pdf: Pdf;
  readonly elements: readonly Element[];
  readonly layout: LaidOutDocument;
  readonly registered: Set<FaceName>;
};

/**
 * Draws a laid out document as PDF/A-3b (ISO 19005-3) with its structure tagged for screen readers. The same layout and
 * properties give the same bytes.
 */
export async function paintPages(layout: LaidOutDocument, properties: FileProperties): Promise<Buffer> {
  const pdf = emptyFile(properties);
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const painter = { pdf, elements: structureOf(pdf, layout), layout, registered: new Set<FaceName>() };
  for (const page of layout.pages) {
    pdf.addPage({ size: [layout.width, layout.height], margin: 0 });
    paintPage(painter, page);
  }
  pdf.end();
  await finished;
  return Buffer.concat(chunks);
}

function emptyFile({ title, author, subject, language, createdAt }: FileProperties): Pdf {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    // Below 1.7 no metadata is written, and without metadata the file is no PDF/A.
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    tagged: true,
    lang: language,
    displayTitle: true,
    info: {
      Title: withoutMarkup(title),
      Subject: withoutMarkup(subject),
      Producer: 'Purser',
      Creator: 'Purser',
      CreationDate: createdAt,
    },
  });
  // The library writes its own properties unescaped, so a free name goes in by this door.
  pdf.appendXML(
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>' +
      `${escapedXml(author)}</rdf:li></rdf:Seq></dc:creator></rdf:Description>`,
  );
  return pdf;
}

/** The structure tree, complete and in reading order before anything is drawn. */
function structureOf(pdf: Pdf, layout: LaidOutDocument): Element[] {
  const elements: Element[] = [];
  for (const { type, parent, ...more } of layout.nodes) {
    const element = pdf.struct(type, more);
    const parentElement = parent === null ? undefined : elements[parent];
    if (parentElement === undefined) pdf.addStructure(element);
    else parentElement.add(element);
    elements.push(element);
  }
  return elements;
}

function paintPage(painter: Painter, page: Page): void {
  for (const group of groupedByNode(page.items)) {
    const [first] = group;
    const node = first === undefined ? null : nodeOf(first);
    const element = node === null ? undefined : painter.elements[node];
    const type = node === null ? undefined : painter.layout.nodes[node]?.type;
    if (element === undefined || type === undefined) paintArtifacts(painter, group);
    else paintContent(painter, group, element, type);
  }
}

function paintArtifacts(painter: Painter, items: readonly PageItem[]): void {
  painter.pdf.markContent('Artifact', { type: 'Layout' });
  for (const item of items) paintItem(painter, item);
  painter.pdf.endMarkedContent();
}

function paintContent(painter: Painter, items: readonly PageItem[], element: Element, type: string): void {
  const content = painter.pdf.markStructureContent(type);
  for (const item of items) paintItem(painter, item);
  painter.pdf.endMarkedContent();
  element.add(content);
  for (const item of items) {
    if (item.kind !== 'link') continue;
    painter.pdf.link(item.x, item.y, item.width, item.height, item.url, { structParent: element });
  }
  // A link's place in the tree names the page that is open when the element ends, so it ends here and not at the end.
  if (type === 'Link') element.end();
}

function paintItem({ pdf, registered }: Painter, item: PageItem): void {
  switch (item.kind) {
    case 'text':
      for (const run of item.runs) paintRun(pdf, registered, item, run);
      return;
    case 'fill':
      if (item.radius === 0) pdf.rect(item.x, item.y, item.width, item.height);
      else pdf.roundedRect(item.x, item.y, item.width, item.height, item.radius);
      pdf.fill(item.color);
      return;
    case 'outline':
      pdf.lineWidth(1.1).roundedRect(item.x, item.y, item.width, item.height, item.radius).stroke(item.color);
      return;
    case 'mark':
      pdf.save().translate(item.x, item.y);
      pdf.scale(item.width / markSize, item.height / markSize);
      pdf.path(markPath).fill(item.color, 'even-odd').restore();
      return;
    case 'image':
      pdf.image(item.bytes, item.x, item.y, { fit: [item.width, item.height] });
      return;
    case 'code':
      paintCode(pdf, item);
      return;
    case 'link':
      return;
    default:
      item satisfies never;
  }
}

/** A QR code as one shape of squares, so that it stays sharp at any size. */
function paintCode(pdf: Pdf, { x, y, width, code }: Extract<PageItem, { kind: 'code' }>): void {
  pdf
    .save()
    .translate(x, y)
    .scale(width / code.size);
  for (const [row, modules] of code.rows.entries()) {
    for (const [column, isDark] of modules.entries()) if (isDark) pdf.rect(column, row, 1, 1);
  }
  pdf.fill('#000000');
  for (const { color, box } of code.overlay) pdf.rect(box.x, box.y, box.width, box.height).fill(color);
  pdf.restore();
}

function paintRun(pdf: Pdf, registered: Set<FaceName>, item: Extract<PageItem, { kind: 'text' }>, run: TextRun): void {
  if (!registered.has(run.face)) pdf.registerFont(run.face, embeddable(typeface(run.face)));
  registered.add(run.face);
  pdf.font(run.face, item.size).fillColor(item.color);
  pdf.text(run.text, item.x + run.x, item.y, { lineBreak: false, baseline: 'alphabetic' });
}

function groupedByNode(items: readonly PageItem[]): PageItem[][] {
  const groups: PageItem[][] = [];
  for (const item of items) {
    const before = groups.at(-1)?.at(-1);
    if (before !== undefined && nodeOf(before) === nodeOf(item)) groups.at(-1)?.push(item);
    else groups.push([item]);
  }
  return groups;
}

function nodeOf(item: PageItem): NodeId {
  return item.kind === 'fill' || item.kind === 'outline' ? null : item.node;
}

function withoutMarkup(text: string): string {
  return text.replace(/[<>&]/g, ' ');
}

function escapedXml(text: string): string {
  const printable = text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
  return printable.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
