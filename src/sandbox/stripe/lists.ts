import type { Call } from './call.ts';
import { invalidParameter, missingResource } from './errors.ts';

export type List<Listed> = { object: 'list'; data: Listed[]; has_more: boolean; url: string };

/**
 * One page of Stripe's lists, newest first: reads `limit`, `starting_after`, `ending_before` and `created` from the
 * parameters. `objects` come oldest first. Throws Stripe's errors for a limit outside 1 to 100 and an unknown cursor.
 */
export function listPage<Listed extends { id: string; created?: number }>(
  call: Call,
  url: string,
  objects: Listed[],
  matches: (object: Listed) => boolean,
): List<Listed> {
  const limit = call.params.integer('limit') ?? 10;
  const startingAfter = call.params.word('starting_after');
  const endingBefore = call.params.word('ending_before');
  const isCreatedThen = createdFilter(call);
  call.params.end();
  if (limit < 1 || limit > 100) {
    throw invalidParameter('limit', 'Invalid integer: limit must be from 1 to 100', 'parameter_invalid_integer');
  }
  if (startingAfter !== undefined && endingBefore !== undefined) {
    throw invalidParameter('ending_before', 'Pass either starting_after or ending_before, not both.');
  }
  const all = objects.filter((object) => matches(object) && isCreatedThen(object.created ?? 0)).toReversed();
  if (endingBefore !== undefined) {
    const end = cursorIndex(all, endingBefore, 'ending_before');
    const start = Math.max(0, end - limit);
    return page(url, all.slice(start, end), start > 0);
  }
  const start = startingAfter === undefined ? 0 : cursorIndex(all, startingAfter, 'starting_after') + 1;
  return page(url, all.slice(start, start + limit), start + limit < all.length);
}

function page<Listed>(url: string, data: Listed[], hasMore: boolean): List<Listed> {
  return { object: 'list', data, has_more: hasMore, url };
}

function cursorIndex(objects: { id: string }[], id: string, param: string): number {
  const index = objects.findIndex((object) => object.id === id);
  if (index === -1) throw missingResource('object', id, param);
  return index;
}

function createdFilter(call: Call): (created: number) => boolean {
  if (!call.params.has('created')) return () => true;
  const range = createdRange(call);
  return (created) =>
    (range.gt === undefined || created > range.gt) &&
    (range.gte === undefined || created >= range.gte) &&
    (range.lt === undefined || created < range.lt) &&
    (range.lte === undefined || created <= range.lte);
}

function createdRange(call: Call): { gt?: number; gte?: number; lt?: number; lte?: number } {
  if (call.params.isText('created')) {
    const exact = call.params.integer('created') ?? 0;
    return { gte: exact, lte: exact };
  }
  const child = call.params.child('created');
  const range: { gt?: number; gte?: number; lt?: number; lte?: number } = {};
  for (const bound of ['gt', 'gte', 'lt', 'lte'] as const) {
    const value = child?.integer(bound);
    if (value !== undefined) range[bound] = value;
  }
  return range;
}
