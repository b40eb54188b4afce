import { Anchor, Code, Table, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import classes from '#web/components/markdown.module.css';
import { type MarkdownBlock, type MarkdownSpan, markdownBlocks } from '#shared/markdown/index.ts';

/** A text that staff wrote in Markdown, such as how to transfer money. Its headings stand below those of the page. */
export function Markdown({ source }: { source: string }) {
  return <div className={classes['text']}>{blocks(markdownBlocks(source))}</div>;
}

function blocks(all: readonly MarkdownBlock[]): ReactNode {
  // What is shown is read anew whenever the text changes, so that its place is all the key that a part needs.
  return all.map((block, index) => <Fragment key={index}>{blockElement(block)}</Fragment>);
}

function blockElement(block: MarkdownBlock): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <p>{spans(block.spans)}</p>;
    case 'line':
      return spans(block.spans);
    case 'heading':
      return (
        <Text component="p" fw={600}>
          {spans(block.spans)}
        </Text>
      );
    case 'list':
      return <List block={block} />;
    case 'quote':
      return <blockquote>{blocks(block.blocks)}</blockquote>;
    case 'code':
      return <Code block>{block.text}</Code>;
    case 'table':
      return <MarkdownTable block={block} />;
    case 'rule':
      return <hr />;
    default:
      return neverPart(block);
  }
}

function List({ block }: { block: Extract<MarkdownBlock, { type: 'list' }> }) {
  const items = block.items.map((item, index) => <li key={index}>{blocks(item)}</li>);
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
}

function MarkdownTable({ block }: { block: Extract<MarkdownBlock, { type: 'table' }> }) {
  return (
    <Table withTableBorder>
      <Table.Thead>
        <Table.Tr>
          {block.head.map((cell, index) => (
            <Table.Th key={index} scope="col">
              {spans(cell)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {block.rows.map((row, index) => (
          <Table.Tr key={index}>
            {row.map((cell, column) => (
              <Table.Td key={column}>{spans(cell)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function spans(all: readonly MarkdownSpan[]): ReactNode {
  return all.map((span, index) => <Fragment key={index}>{spanElement(span)}</Fragment>);
}

function spanElement(span: MarkdownSpan): ReactNode {
  switch (span.type) {
    case 'text':
      return span.text;
    case 'code':
      return <Code>{span.text}</Code>;
    case 'strong':
      return <strong>{spans(span.spans)}</strong>;
    case 'em':
      return <em>{spans(span.spans)}</em>;
    case 'del':
      return <del>{spans(span.spans)}</del>;
    case 'link':
      return (
        <Anchor href={span.href} target="_blank" rel="noopener noreferrer" inherit underline="always">
          {spans(span.spans)}
        </Anchor>
      );
    case 'break':
      return <br />;
    default:
      return neverPart(span);
  }
}

function neverPart(part: never): never {
  throw new Error(`Unknown part of a text ${JSON.stringify(part)}.`);
}
