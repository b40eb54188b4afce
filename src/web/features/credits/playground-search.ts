import { publicIdOf } from '#web/lib/search-values.ts';

/** What the address of the playground says: the entry that is explained (`led_…`). */
export type PlaygroundSearch = { entry?: string };

/** Reads the address of the playground. */
export function playgroundSearch(search: Record<string, unknown>): PlaygroundSearch {
  const entry = publicIdOf('led', search['entry']);
  return entry === null ? {} : { entry };
}
