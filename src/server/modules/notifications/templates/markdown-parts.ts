import { type MarkdownBlock, type MarkdownSpan, markdownBlocks } from '#shared/markdown/index.ts';
import { styles } from './email-style.ts';
import { type Html, html } from './html.ts';

/** Markdown as HTML for an e-mail: text and links alone, whatever was written. */
export function markdownHtml(source: string): Html {
  return html`${markdownBlocks(source).map(blockHtml)}`;
}

/** Markdown as plain text: what a reader of the HTML part sees, with the address behind each link. */
export function markdownText(source: string): string {
  return markdownBlocks(source).map(blockText).join('\n\n');
}

function blockHtml(block: MarkdownBlock): Html {
  switch (block.type) {
    case 'paragraph':
      return html`<p class="text" style="${styles.paragraph}overflow-wrap:anywhere;">${spansHtml(block.spans)}</p>`;
    case 'line':
      return spansHtml(block.spans);
    case 'heading':
      return html`<p class="text" style="${styles.paragraph}font-weight:600;">${spansHtml(block.spans)}</p>`;
    case 'list': {
      const items = block.items.map((item) => html`<li style="margin:4px 0;">${item.map(blockHtml)}</li>`);
      const style = `${styles.paragraph}padding-inline-start:24px;`;
      return block.ordered
        ? html`<ol class="text" start="${block.start}" style="${style}">${items}</ol>`
        : html`<ul class="text" style="${style}">${items}</ul>`;
    }
    case 'quote':
      return html`<blockquote class="text" style="${styles.paragraph}padding-inline-start:16px;">${block.blocks.map(blockHtml)}</blockquote>`;
    case 'code':
      return html`<pre class="text" style="${styles.paragraph}white-space:pre-wrap;">${block.text}</pre>`;
    case 'table':
      return html`<table class="text" style="${styles.paragraph}">${[block.head, ...block.rows].map(
        (row) => html`<tr>${row.map((cell) => html`<td style="padding:2px 12px 2px 0;">${spansHtml(cell)}</td>`)}</tr>`,
      )}</table>`;
    case 'rule':
      return html`<hr style="margin:12px 0 0;border:0;border-top:1px solid;">`;
  }
}

function spansHtml(spans: readonly MarkdownSpan[]): Html {
  return html`${spans.map(spanHtml)}`;
}

function spanHtml(span: MarkdownSpan): Html {
  switch (span.type) {
    case 'text':
      return html`${span.text}`;
    case 'code':
      return html`<code>${span.text}</code>`;
    case 'strong':
      return html`<strong>${spansHtml(span.spans)}</strong>`;
    case 'em':
      return html`<em>${spansHtml(span.spans)}</em>`;
    case 'del':
      return html`<del>${spansHtml(span.spans)}</del>`;
    case 'link':
      return html`<a class="link" href="${span.href}" style="${styles.link}">${spansHtml(span.spans)}</a>`;
    case 'break':
      return html`<br>`;
  }
}

function blockText(block: MarkdownBlock): string {
  switch (block.type) {
    case 'paragraph':
    case 'line':
    case 'heading':
      return spansText(block.spans);
    case 'list':
      return block.items
        .map((item, index) => {
          const sign = block.ordered ? `${String(block.start + index)}.` : '-';
          return `${sign} ${item.map(blockText).join('\n').replaceAll('\n', '\n   ')}`;
        })
        .join('\n');
    case 'quote':
      return block.blocks.map(blockText).join('\n\n').replaceAll(/^/gm, '> ');
    case 'code':
      return block.text.replaceAll(/^/gm, '    ');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(spansText).join(' | ')).join('\n');
    case 'rule':
      return '---';
  }
}

function spansText(spans: readonly MarkdownSpan[]): string {
  return spans.map(spanText).join('');
}

function spanText(span: MarkdownSpan): string {
  switch (span.type) {
    case 'text':
    case 'code':
      return span.text;
    case 'strong':
    case 'em':
    case 'del':
      return spansText(span.spans);
    case 'link': {
      const words = spansText(span.spans);
      return words === span.href ? words : `${words} (${span.href})`;
    }
    case 'break':
      return '\n';
  }
}
