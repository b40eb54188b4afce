import { brandColors } from '#shared/brand/index.ts';
import type { StateTone } from '#shared/texts/index.ts';
import { formatCalendarDate } from '#shared/time/index.ts';
import { addNode, amountText, type Composition, gap, type Ink, inks, lineHeight, textAt } from './composition.ts';
import type { NodeId, PageItem } from './page-items.ts';
import type { Band } from './paginate.ts';

const padding = { x: 16, y: 13 };
const pillHeight = 19;

const toneColor: { readonly [tone in StateTone]: string } = {
  neutral: brandColors.inkSoft,
  waiting: brandColors.teal,
  good: brandColors.green,
  warning: brandColors.amber,
  bad: brandColors.red,
};

/** The one line that says how the document stands, with its state and, while money is owed, the way to pay. */
export function standing(composition: Composition, root: NodeId): Band[] {
  const { document, texts, typesetter, width } = composition;
  const section = addNode(composition, 'Sect', root);
  const { word, tone } = texts.states.invoice[document.state];
  const wordInk: Ink = { weight: 'bold', size: 9, color: toneColor[tone] };
  const wordLine = typesetter.oneLine(word, wordInk, 140);
  const pillWidth = wordLine.width + 22;
  const lines = typesetter.lines(sentence(composition), inks.standing, width - 2 * padding.x - pillWidth - 16);
  const sentenceNode = addNode(composition, 'P', section);
  const textHeight = lines.length * lineHeight(inks.standing);
  const pay = payLine(composition, section, { x: padding.x, y: padding.y + textHeight, width: width - 2 * padding.x });
  const height = 2 * padding.y + textHeight + pay.height;
  const pill = { x: width - padding.x - pillWidth, y: padding.y + (lineHeight(inks.standing) - pillHeight) / 2 };
  const pillText = { x: pill.x + 11, y: pill.y + (pillHeight - lineHeight(wordInk)) / 2 };
  return [
    {
      height,
      items: [
        { kind: 'fill', x: 0, y: 0, width, height, color: brandColors.mist, radius: 6 },
        ...lines.map((line, index) =>
          textAt(line, inks.standing, padding.x, padding.y + index * lineHeight(inks.standing), sentenceNode),
        ),
        {
          kind: 'outline',
          ...pill,
          width: pillWidth,
          height: pillHeight,
          color: toneColor[tone],
          radius: pillHeight / 2,
        },
        textAt(wordLine, wordInk, pillText.x, pillText.y, addNode(composition, 'P', section)),
        ...pay.items,
      ],
    },
    gap(26),
  ];
}

function sentence(composition: Composition): string {
  const { document, texts } = composition;
  const words = texts.documents;
  const due = amountText(composition, document.amountDueMinor);
  const total = amountText(composition, document.totalMinor);
  const dueOn = formatCalendarDate(document.dueOn, texts.locale);
  if (document.kind === 'credit_note' && document.state !== 'void') return words.credited(total);
  switch (document.state) {
    case 'paid':
      return words.paidOn(total, formatCalendarDate(document.paidOn ?? document.issuedOn, texts.locale));
    case 'pending':
    case 'partially_paid':
      return words.amountDueOn(due, dueOn);
    case 'overdue':
      return words.amountOverdueSince(due, dueOn);
    case 'draft':
      return words.draftNotAnInvoice;
    case 'void':
      return words.nothingToPayVoid;
    case 'uncollectible':
      return words.uncollectible(due);
    case 'refunded':
      return words.refunded(total);
    default:
      return document.state satisfies never;
  }
}

/** The address of the payment page, to click on the screen and to type from paper; absent when nothing is owed. */
function payLine(composition: Composition, section: NodeId, place: { x: number; y: number; width: number }) {
  const { document, texts, typesetter } = composition;
  const isOwed = ['pending', 'partially_paid', 'overdue'].includes(document.state) && document.amountDueMinor > 0n;
  if (document.payUrl === undefined || !isOwed) return { height: 0, items: [] };
  const url = document.payUrl;
  const node = addNode(composition, 'Link', section);
  const lines = typesetter.lines(`${texts.documents.payOnline}: ${url}`, inks.link, place.width);
  const height = lineHeight(inks.link);
  const items = lines.flatMap((line, index): PageItem[] => {
    const y = place.y + 3 + index * height;
    return [
      textAt(line, inks.link, place.x, y, node),
      { kind: 'link', x: place.x, y, width: line.width, height, url, node },
    ];
  });
  return { height: 3 + lines.length * height, items };
}
