export { type MarkdownBlock, type MarkdownSpan, markdownBlocks } from './markdown.ts';
