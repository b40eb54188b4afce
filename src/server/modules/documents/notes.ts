import { brandColors } from '#shared/brand/index.ts';
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
import type { DocumentCode, PaymentInstructions } from './invoice-document.ts';
import type { NodeId, PageItem } from './page-items.ts';
import type { Band } from './paginate.ts';

const labelWidth = 128;
const indent = 14;

/** A code is read from paper at three and a half centimetres; the Swiss standard prints it at 46 mm. */
const codeSide = 100;
const swissCodeSide = 130.4;

/** How to pay without the link, for as long as something is owed. */
export function instructions(composition: Composition, root: NodeId): Band[] {
  const { paymentInstructions, amountDueMinor, state } = composition.document;
  if (paymentInstructions === undefined || amountDueMinor <= 0n || state === 'void') return [];
  const section = addNode(composition, 'Sect', root);
  const bands = instructionBands(composition, section, paymentInstructions).map(
    (band): Band => ({
      ...band,
      keepWithNext: true,
      items: [
        { kind: 'fill', x: 0, y: 0, width: 2.4, height: band.height, color: brandColors.teal, radius: 0 },
        ...band.items,
      ],
    }),
  );
  const last = bands.at(-1);
  return [gap(26), ...bands.slice(0, -1), ...(last === undefined ? [] : [{ ...last, keepWithNext: false }])];
}

function instructionBands(composition: Composition, section: NodeId, given: PaymentInstructions): Band[] {
  const { texts } = composition;
  const codeWidth = given.code === undefined ? 0 : sideOf(given.code);
  const width = composition.width - (codeWidth === 0 ? 0 : codeWidth + 12);
  const paragraph = (text: string, ink: Ink, type: 'H2' | 'P') =>
    paragraphBands(composition, text, ink, {
      x: indent,
      width: width - indent,
      node: addNode(composition, type, section),
    });
  const title = paragraph(given.title, inks.heading, 'H2');
  const table = addNode(composition, 'Table', section);
  const row = (label: string, value: string, ink: Ink) => {
    const node = addLabelledRow(composition, table);
    const valueX = indent + labelWidth;
    return columnBands([
      paragraphBands(composition, label, inks.soft, { x: indent, width: labelWidth - 12, node: node.label }),
      paragraphBands(composition, value, ink, { x: valueX, width: width - valueX, node: node.value }),
    ]);
  };
  const bands: Band[] = [
    ...title,
    { height: 4, items: [] },
    ...given.rows.flatMap(([label, value]) => row(label, value, inks.body)),
    ...(given.reference === undefined ? [] : row(texts.documents.paymentReference, given.reference, inks.strong)),
    { height: 5, items: [] },
    ...paragraph(given.text, inks.soft, 'P'),
  ];
  return given.code === undefined ? bands : besideCode(composition, section, bands, given.code);
}

/** The strips with the code at their right, and as much space below as it needs. */
function besideCode(composition: Composition, section: NodeId, bands: readonly Band[], code: DocumentCode): Band[] {
  const side = sideOf(code);
  const node = addNode(composition, 'Figure', section, { alt: composition.texts.documents.paymentCode });
  const item: PageItem = { kind: 'code', x: composition.width - side, y: 0, width: side, height: side, code, node };
  const height = bands.reduce((sum, band) => sum + band.height, 0);
  const rest = height < side ? [{ height: side - height, items: [] }] : [];
  const all = [...bands, ...rest];
  // Painted with the last strip, so that it is read after the words; its place is counted from there.
  const before = all.slice(0, -1).reduce((sum, band) => sum + band.height, 0);
  return all.map((band, index) =>
    index === all.length - 1 ? { ...band, items: [...band.items, { ...item, y: -before }] } : band,
  );
}

function sideOf(code: DocumentCode): number {
  return code.overlay.length === 0 ? codeSide : (swissCodeSide * code.size) / (code.size - 8);
}

/** What the tax rules and the seller's terms have to say. */
export function notes(composition: Composition, root: NodeId): Band[] {
  const { document, texts } = composition;
  const taxNotes = document.taxGroups.flatMap((group) => (group.note === undefined ? [] : [group.note]));
  return [
    ...noteBlock(composition, root, texts.documents.reason, [document.reason ?? '']),
    ...noteBlock(composition, root, texts.documents.notes, taxNotes),
    ...noteBlock(composition, root, texts.documents.terms, [document.terms ?? '']),
  ];
}

function noteBlock(composition: Composition, root: NodeId, title: string, paragraphs: readonly string[]): Band[] {
  const written = paragraphs.filter((text) => text.trim() !== '');
  if (written.length === 0) return [];
  const { typesetter, width } = composition;
  const section = addNode(composition, 'Sect', root);
  const titleLine = typesetter.oneLine(title, inks.heading, width);
  return [
    gap(22),
    {
      height: lineHeight(inks.heading) + 1,
      keepWithNext: true,
      items: [textAt(titleLine, inks.heading, 0, 0, addNode(composition, 'H2', section))],
    },
    ...written.flatMap((text) =>
      paragraphBands(composition, text, inks.soft, { x: 0, width, node: addNode(composition, 'P', section) }),
    ),
  ];
}
