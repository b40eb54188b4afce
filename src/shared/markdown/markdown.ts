import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';

/** A part of a line. There is no raw HTML and no image: whatever was written so is text. */
export type MarkdownSpan =
  | { readonly type: 'text' | 'code'; readonly text: string }
  | { readonly type: 'strong' | 'em' | 'del'; readonly spans: readonly MarkdownSpan[] }
  | { readonly type: 'link'; readonly href: string; readonly spans: readonly MarkdownSpan[] }
  | { readonly type: 'break' };

/** A part of a text. */
export type MarkdownBlock =
  | { readonly type: 'paragraph' | 'line' | 'heading'; readonly spans: readonly MarkdownSpan[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly start: number; readonly items: readonly Blocks[] }
  | { readonly type: 'quote'; readonly blocks: Blocks }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'table'; readonly head: readonly Spans[]; readonly rows: readonly (readonly Spans[])[] }
  | { readonly type: 'rule' };

type Spans = readonly MarkdownSpan[];
type Blocks = readonly MarkdownBlock[];

/** Characters of a text that are read. */
const charactersMax = 20_000;

/**
 * Reads Markdown (CommonMark with GitHub's tables and strike-through) into blocks that hold nothing but text and links
 * to http, https, mailto and tel. The text comes from staff and is shown to customers: HTML in it stays visible text,
 * and a link to anywhere else is its words alone.
 */
export function markdownBlocks(source: string): MarkdownBlock[] {
  return blocksOf(lexer(source.slice(0, charactersMax), { gfm: true, breaks: true }));
}

function blocksOf(tokens: readonly Token[]): MarkdownBlock[] {
  return knownTokens(tokens).flatMap((token): MarkdownBlock[] => {
    switch (token.type) {
      case 'paragraph':
        return [{ type: 'paragraph', spans: spansOf(token.tokens) }];
      case 'heading':
        return [{ type: 'heading', spans: spansOf(token.tokens) }];
      case 'text':
        return [{ type: 'line', spans: spansOf(token.tokens ?? [token]) }];
      case 'list':
        return [listOf(token)];
      case 'blockquote':
        return [{ type: 'quote', blocks: blocksOf(token.tokens) }];
      case 'code':
        return [{ type: 'code', text: token.text }];
      case 'table':
        return [tableOf(token)];
      case 'hr':
        return [{ type: 'rule' }];
      case 'html':
        return token.text.trim() === ''
          ? []
          : [{ type: 'paragraph', spans: [{ type: 'text', text: token.text.trim() }] }];
      case 'space':
      case 'def':
      case 'list_item':
      case 'checkbox':
      case 'strong':
      case 'em':
      case 'del':
      case 'codespan':
      case 'br':
      case 'link':
      case 'image':
      case 'escape':
        return [];
    }
  });
}

function listOf(token: Tokens.List): MarkdownBlock {
  const start = token.start === '' ? 1 : token.start;
  return { type: 'list', ordered: token.ordered, start, items: token.items.map((item) => blocksOf(item.tokens)) };
}

function tableOf(token: Tokens.Table): MarkdownBlock {
  const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => spansOf(cell.tokens));
  return { type: 'table', head: cells(token.header), rows: token.rows.map(cells) };
}

function spansOf(tokens: readonly Token[]): MarkdownSpan[] {
  return knownTokens(tokens).flatMap((token): MarkdownSpan[] => {
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        return [{ type: token.type, spans: spansOf(token.tokens) }];
      case 'codespan':
        return [{ type: 'code', text: token.text }];
      case 'br':
        return [{ type: 'break' }];
      case 'link':
        return linkOf(token);
      case 'image':
      case 'escape':
      case 'text':
        return [{ type: 'text', text: token.text }];
      case 'html':
        return [{ type: 'text', text: token.raw }];
      case 'space':
      case 'def':
      case 'list':
      case 'list_item':
      case 'checkbox':
      case 'paragraph':
      case 'heading':
      case 'blockquote':
      case 'code':
      case 'table':
      case 'hr':
        return [];
    }
  });
}

function linkOf(token: Tokens.Link): MarkdownSpan[] {
  const spans = spansOf(token.tokens);
  return isSafeAddress(token.href) ? [{ type: 'link', href: token.href, spans }] : spans;
}

function isSafeAddress(href: string): boolean {
  return /^(?:https?:\/\/[^\s/]|(?:mailto|tel):[^\s])/i.test(href);
}

/** Without extensions the lexer makes no tokens but its own; of the others it types nothing. */
function knownTokens(tokens: readonly Token[]): readonly MarkedToken[] {
  return tokens as readonly MarkedToken[];
}
