import { type ProblemCode, problems } from '#shared/contract/problems.ts';

/** The page of the API reference: two scripts of our own origin, nothing inline, no host but ours. */
export function referencePage(): string {
  return page(
    'API reference',
    '<div id="reference"></div><script src="/docs/api/scalar.js"></script><script src="/docs/api/start.js"></script>',
  );
}

/** What starts the reference. */
export function referenceStart(): string {
  const options = {
    url: '/v1/openapi.json',
    withDefaultFonts: false,
    telemetry: false,
    hideClientButton: true,
    // On this machine the library would offer its vendor's own services above the page.
    showDeveloperTools: 'never',
    agent: { disabled: true },
  };
  return `Scalar.createApiReference('#reference', ${JSON.stringify(options)});`;
}

/** The page that explains a problem, from its Markdown. */
export function problemPage(code: ProblemCode, markdown: string): string {
  return page(
    problems[code].title,
    `<main class="sheet"><p class="code">${String(problems[code].status)} · ${code}</p>${htmlOf(markdown)}<p><a href="/docs/api">API reference</a></p></main>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escaped(title)} · Purser</title><link rel="icon" href="/favicon.svg"><style>${style}</style></head><body>${body}</body></html>`;
}

const style = `
:root{color-scheme:light dark;font-family:Inter,ui-sans-serif,system-ui,"Segoe UI",sans-serif;line-height:1.6}
body{margin:0;background:light-dark(#f6f8fa,#0d1722);color:light-dark(#122033,#e3eaf2)}
.sheet{max-width:44rem;margin:4rem auto;padding:2.5rem;background:light-dark(#fff,#142131);border:1px solid light-dark(#dbe3ea,#26374a);border-radius:12px}
.code{font:600 .85rem ui-monospace,monospace;color:light-dark(#0b6e69,#5cc8c0);margin:0}
h1{font-size:1.6rem;margin:.25rem 0 1rem}h2{font-size:1.1rem;margin-top:1.75rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{padding:1rem;overflow:auto;border-radius:8px;background:light-dark(#f0f4f7,#0d1722)}
a{color:light-dark(#0b6e69,#5cc8c0)}
@media(max-width:40rem){.sheet{margin:0;border:0;border-radius:0;padding:1.5rem}}`;

/** The few forms of Markdown our own pages use: headings, paragraphs, lists, code, emphasis and links. */
function htmlOf(markdown: string): string {
  return markdown
    .split(/\n{2,}/)
    .map((block) => blockOf(block.trim()))
    .join('\n');
}

function blockOf(block: string): string {
  if (block === '') return '';
  const heading = /^(#{1,3}) (.*)$/s.exec(block);
  if (heading !== null) {
    const level = String((heading[1] ?? '#').length);
    return `<h${level}>${inline(heading[2] ?? '')}</h${level}>`;
  }
  if (block.startsWith('```'))
    return `<pre tabindex="0">${escaped(block.replace(/^```\w*\n/, '').replace(/\n?```$/, ''))}</pre>`;
  if (/^[-*] /.test(block)) {
    const items = block.split(/\n(?=[-*] )/).map((item) => `<li>${inline(item.slice(2))}</li>`);
    return `<ul>${items.join('')}</ul>`;
  }
  return `<p>${inline(block)}</p>`;
}

function inline(text: string): string {
  return escaped(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/\[([^\]]+)\]\((\/[^)\s]*|https:\/\/[^)\s]+|[a-z_]+\.md)\)/g, (_all, words: string, target: string) => {
      const href = target.endsWith('.md') ? `/docs/problems/${target.slice(0, -3)}` : target;
      return `<a href="${href}">${words}</a>`;
    });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
