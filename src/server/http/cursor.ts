import { z } from 'zod';
import { calendarDate } from '#shared/contract/codecs.ts';
import { ValidationFailed } from './problem.ts';

/** A position in a list, opaque to the caller: the sort key and the id of the last row seen. */
export type Position = { readonly key: string; readonly id: string };

/** Writes a position as a cursor. */
function cursorOf(position: Position): string {
  return Buffer.from(JSON.stringify([position.key, position.id])).toString('base64url');
}

/** A position whose key is a calendar date; none is the start. @throws ValidationFailed when it is not one of ours */
export function datePositionOf(cursor: string | undefined): { readonly on: string; readonly id: string } | undefined {
  const position = positionOf(cursor, calendarDate);
  return position === undefined ? undefined : { on: position.key, id: position.id };
}

/** A position whose key is an instant; none is the start. @throws ValidationFailed when it is not one of ours */
export function instantPositionOf(cursor: string | undefined): { readonly at: Date; readonly id: string } | undefined {
  const position = positionOf(cursor, z.iso.datetime());
  return position === undefined ? undefined : { at: new Date(position.key), id: position.id };
}

/** A position whose key is a whole number; none is the start. @throws ValidationFailed when it is not one of ours */
export function numberPositionOf(cursor: string | undefined): { readonly id: string } | undefined {
  return positionOf(cursor, z.string().regex(/^\d{1,19}$/));
}

function positionOf(cursor: string | undefined, keyShape: z.ZodType<string>): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const shape = z.tuple([keyShape, z.uuid()]);
    const [key, id] = shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { key, id };
  } catch {
    throw new ValidationFailed([{ pointer: '/query/cursor', message: 'must be the next_cursor of an earlier page' }]);
  }
}

/** A page from rows of which one more than `limit` was read. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  position: (row: Row) => Position,
): { data: Item[]; next_cursor: string | null; has_more: boolean } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit;
  return {
    data: shown.map(present),
    next_cursor: hasMore && last !== undefined ? cursorOf(position(last)) : null,
    has_more: hasMore,
  };
}
