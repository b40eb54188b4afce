import { brandColors, markPath, markSize } from '#shared/brand/index.ts';
import type { EmailContent, EmailFrame, EmailTable, Fact } from './email-content.ts';
import { styleSheet, styles } from './email-style.ts';
import { Html, html } from './html.ts';
import { markdownHtml } from './markdown-parts.ts';

/** The e-mail as an HTML page of nested tables, which is what all mail programs agree on. It loads nothing. */
export function emailHtml(content: EmailContent, frame: EmailFrame): string {
  const page = html`<!doctype html>
<html lang="${frame.language}" dir="${frame.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${content.subject}</title>
<style>${new Html(styleSheet)}</style>
</head>
<body class="page" dir="${frame.direction}" style="${styles.page}">
<div style="${styles.preheader}">${content.preheader}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="${styles.page}${styles.font}">
<tr><td align="center" class="outer" style="${styles.outer}">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" class="card" style="${styles.card}${styles.font}">
${section(30, sellerHead(frame))}
${section(28, headlineAndText(content, frame))}
${content.amount === undefined ? null : section(22, amountBox(content.amount))}
${section(24, buttonWithAddress(content, frame))}
${content.facts === undefined ? null : section(26, factTable(content.facts, frame))}
${content.instructions === undefined ? null : section(14, markdownHtml(content.instructions))}
${content.table === undefined ? null : section(26, lineTable(content.table, frame))}
${content.closing === undefined ? null : section(26, paragraphs(content.closing, styles.closing))}
${section(36, html``)}
</table>
${foot(frame, content.whySent)}
</td></tr>
</table>
</body>
</html>
`;
  return page.markup;
}

/** A row of the card, with its distance from the one above. */
function section(above: number, content: Html): Html {
  return html`<tr><td class="section" style="${styles.section}padding-top:${above}px;">${content}</td></tr>`;
}

/** The mark and the name. Where a mail program drops the drawing, the name still says who writes. */
function sellerHead({ seller }: EmailFrame): Html {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td style="padding-inline-end:12px;line-height:0;"><svg width="30" height="30" viewBox="0 0 ${markSize} ${markSize}" aria-hidden="true"><path class="mark" fill="${brandColors.teal}" fill-rule="evenodd" d="${markPath}"/></svg></td>
<td class="text" dir="auto" style="${styles.sellerName}">${seller.name}</td>
</tr></table>`;
}

function headlineAndText(content: EmailContent, { greeting }: EmailFrame): Html {
  const texts = greeting === null ? content.paragraphs : [greeting, ...content.paragraphs];
  return html`<h1 class="text" style="${styles.headline}">${content.headline}</h1>
${paragraphs(texts, styles.paragraph, 'text')}`;
}

function paragraphs(texts: readonly string[], style: string, tone: 'text' | 'soft' = 'soft'): Html {
  return html`${texts.map((text) => html`<p class="${tone}" style="${style}overflow-wrap:anywhere;">${text}</p>`)}`;
}

function amountBox({ text, note }: NonNullable<EmailContent['amount']>): Html {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="inset" style="${styles.amountBox}">
<tr><td style="padding:18px 22px;"><div class="text" style="${styles.amount}">${text}</div><div class="soft" style="${styles.amountNote}">${note}</div></td></tr>
</table>`;
}

function buttonWithAddress({ button }: EmailContent, { buttonFallback }: EmailFrame): Html {
  return html`<a class="button" href="${button.url}" style="${styles.button}">${button.label}</a>
<p class="soft" style="${styles.fallback}">${buttonFallback}<br><a class="link" href="${button.url}" dir="ltr" style="${styles.link}">${button.url}</a></p>`;
}

function factTable(facts: readonly Fact[], { direction }: EmailFrame): Html {
  const end = direction === 'rtl' ? 'left' : 'right';
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.table}">
${facts.map(
  ([label, value]) => html`<tr><td class="soft" style="${styles.label}padding-inline-end:16px;">${label}</td>
<td class="text" align="${end}" style="${styles.value}"><bdi>${value}</bdi></td></tr>
`,
)}</table>`;
}

function lineTable({ headings, rows, total }: EmailTable, { direction }: EmailFrame): Html {
  const [start, end] = direction === 'rtl' ? (['right', 'left'] as const) : (['left', 'right'] as const);
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.table}">
<tr><th scope="col" class="soft heading" align="${start}" style="${styles.heading}">${headings[0]}</th>
<th scope="col" class="soft heading" align="${end}" style="${styles.heading}${styles.figures}">${headings[1]}</th></tr>
${rows.map(
  ({
    description,
    detail,
    amount,
  }) => html`<tr><td class="text line" align="${start}" style="${styles.cell}padding-inline-end:16px;"><bdi>${description}</bdi>${
    detail === '' ? null : html` <span class="soft" style="${styles.footer}">${detail}</span>`
  }</td>
<td class="text line" align="${end}" style="${styles.cell}${styles.figures}">${amount}</td></tr>
`,
)}<tr><td class="text" align="${start}" style="${styles.total}">${total[0]}</td>
<td class="text" align="${end}" style="${styles.total}${styles.figures}">${total[1]}</td></tr>
</table>`;
}

function foot({ seller }: EmailFrame, whySent: string): Html {
  const lines = [seller.name, ...seller.addressLines, ...(seller.website === undefined ? [] : [seller.website])];
  return html`<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;${styles.font}">
<tr><td class="section soft" align="center" style="${styles.section}padding-top:20px;${styles.footer}"><bdi>${lines.join(' · ')}</bdi><br>${whySent}</td></tr>
</table>`;
}
