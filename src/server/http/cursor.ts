import { z } from 'zod';
import { ValidationFailed } from './problem.ts';

/** A position in a list, opaque to the caller: the sort key and the id of the last row seen. */
export type Position = { readonly key: string; readonly id: string };

const positionShape = z.tuple([z.string().max(40), z.uuid()]);

/** Writes a position as a cursor. */
function cursorOf(position: Position): string {
  return Buffer.from(JSON.stringify([position.key, position.id])).toString('base64url');
}

/** Reads a cursor; none is the start. @throws ValidationFailed when it is not one of ours */
export function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [key, id] = positionShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { key, id };
  } catch {
    throw new ValidationFailed([{ pointer: '/query/cursor', message: 'must be the next_cursor of an earlier page' }]);
  }
}

/** A position whose key is an instant. @throws ValidationFailed */
export function instantPositionOf(cursor: string | undefined): { readonly at: Date; readonly id: string } | undefined {
  const position = positionOf(cursor);
  if (position === undefined) return undefined;
  const at = new Date(position.key);
  if (Number.isNaN(at.getTime())) {
    throw new ValidationFailed([{ pointer: '/query/cursor', message: 'must be the next_cursor of an earlier page' }]);
  }
  return { at, id: position.id };
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
