import type { EmailContent, EmailFrame, EmailTable } from './email-content.ts';
import { markdownText } from './markdown-parts.ts';

/** The e-mail as plain text, with everything the HTML part says. */
export function emailText(content: EmailContent, frame: EmailFrame): string {
  const blocks = [
    `${content.headline}\n${'='.repeat(Math.min(72, content.headline.length))}`,
    frame.greeting,
    content.paragraphs.join('\n\n'),
    content.amount === undefined ? null : `${content.amount.text} (${content.amount.note})`,
    `${content.button.label}:\n${content.button.url}`,
    content.facts === undefined ? null : content.facts.map(([label, value]) => `${label}: ${flat(value)}`).join('\n'),
    content.instructions === undefined ? null : markdownText(content.instructions),
    content.table === undefined ? null : tableText(content.table),
    ...(content.closing ?? []),
    // "-- " opens the signature, which mail programs fold away (RFC 3676, 4.3).
    ['-- ', frame.seller.name, ...frame.seller.addressLines, frame.seller.website, content.whySent]
      .filter((line) => line !== undefined)
      .map((line) => (line === '-- ' ? line : flat(line)))
      .join('\n'),
  ];
  return `${blocks.filter((block) => block !== null && block !== '').join('\n\n')}\n`;
}

function tableText({ headings, rows, total }: EmailTable): string {
  const lines = rows.map(({ description, detail, amount }) => {
    const what = [flat(description), detail].filter((part) => part !== '').join(' ');
    return `- ${what}: ${amount}`;
  });
  return [headings.join(': '), ...lines, `${total[0]}: ${total[1]}`].join('\n');
}

/** Text from outside on one line, so that it cannot pass for a line of ours. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
