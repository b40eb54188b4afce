import type { FastifyReply, FastifyRequest } from 'fastify';

/** A cell of a table: text, or a figure that is written as it is; null is an empty cell. */
export type Cell = string | bigint | number | null;

/** Whether a request asks for the answer as CSV: by `format=csv`, or by its Accept header alone. */
export function wantsCsv(request: FastifyRequest, format: 'json' | 'csv' | undefined): boolean {
  if (format !== undefined) return format === 'csv';
  return /^\s*text\/csv\s*(;|,|$)/i.test(request.headers.accept ?? '');
}

/** Sends a table as a CSV file (RFC 4180), in UTF-8 with the mark that spreadsheets look for. */
export async function sendCsv(
  reply: FastifyReply,
  filename: string,
  heading: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<FastifyReply> {
  return await reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('cache-control', 'private, no-store')
    .send(`\uFEFF${csvText(heading, rows)}`);
}

/** A table as CSV text: comma, CRLF, quotes only where they are needed. */
export function csvText(heading: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [heading, ...rows].map((cells) => `${cells.map(cellText).join(',')}\r\n`);
  return lines.join('');
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return cell.toString();
  // What starts like a formula would be run by a spreadsheet; an apostrophe makes it text.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
