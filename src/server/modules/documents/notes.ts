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
import type { PaymentInstructions } from './invoice-document.ts';
import type { NodeId } from './page-items.ts';
import type { Band } from './paginate.ts';

const labelWidth = 128;
const indent = 14;

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
  const { texts, width } = composition;
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
  return [
    ...title,
    { height: 4, items: [] },
    ...given.rows.flatMap(([label, value]) => row(label, value, inks.body)),
    ...(given.reference === undefined ? [] : row(texts.documents.paymentReference, given.reference, inks.strong)),
    { height: 5, items: [] },
    ...paragraph(given.text, inks.soft, 'P'),
  ];
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
