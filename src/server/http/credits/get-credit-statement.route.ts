import { publicId } from '#shared/ids/index.ts';
import { getStatement, type Statement } from '#server/flows/credits/get-statement.ts';
import { type Cell, sendCsv, wantsCsv } from '../csv.ts';
import { numberPositionOf, pageFrom } from '../cursor.ts';
import { route } from '../route.ts';
import { presentEntry } from './present-credits.ts';

/** How many entries a file has at most. */
const fileEntriesMax = 10_000;

const heading = [
  'number',
  'occurred_at',
  'kind',
  'operation',
  'variant',
  'quantity',
  'unit',
  'change',
  'held_change',
  'balance',
  'held',
  'reason',
  'reference',
  'entry_id',
] as const;

export const getCreditStatementRoute = route('getCreditStatement', async (app, { actor, query, request, reply }) => {
  const asFile = wantsCsv(request, query.format);
  const statement = await getStatement(app, actor, {
    kind: query.kind,
    operation: query.operation,
    from: query.from,
    to: query.to,
    siteId: query.site_id,
    userId: query.user_id,
    limit: asFile ? fileEntriesMax : query.limit,
    afterId: numberPositionOf(query.cursor)?.id,
  });
  const limit = asFile ? fileEntriesMax : query.limit;
  const page = pageFrom(
    statement.entries,
    limit,
    (entry) => presentEntry(entry, statement.operations),
    (entry) => ({ key: entry.sequence.toString(), id: entry.id }),
  );
  if (!asFile) return page;
  if (page.next_cursor !== null) void reply.header('purser-next-cursor', page.next_cursor);
  return await sendCsv(reply, 'credit-statement.csv', heading, rowsOf(statement, limit));
});

function rowsOf(statement: Statement, limit: number): Cell[][] {
  return statement.entries.slice(0, limit).map((entry) => {
    const shown = presentEntry(entry, statement.operations);
    return [
      shown.number,
      shown.occurred_at.toISOString(),
      shown.kind,
      shown.operation?.code ?? null,
      shown.variant,
      shown.quantity,
      shown.operation?.unit ?? null,
      shown.change,
      shown.held_change,
      shown.balance,
      shown.held,
      shown.reason,
      shown.reference,
      publicId('led', entry.id),
    ];
  });
}
