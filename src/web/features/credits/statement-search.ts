import { type EntryKind, entryKinds } from '#shared/contract/metering.ts';
import type { CalendarDate } from '#shared/time/index.ts';
import { calendarDateOf, publicIdOf } from '#web/lib/search-values.ts';

/** What the address of a statement says: the filter, and the entry that is explained. */
export type StatementSearch = {
  kind?: EntryKind;
  /** The code of an operation. */
  operation?: string;
  from?: CalendarDate;
  to?: CalendarDate;
  /** The entry in the dialog (`led_…`). */
  entry?: string;
};

/** Reads the address of a statement; what it cannot mean is left out. */
export function statementSearch(search: Record<string, unknown>): StatementSearch {
  const kind = entryKinds.find((known) => known === search['kind']);
  const operation = search['operation'];
  const from = calendarDateOf(search['from']);
  const to = calendarDateOf(search['to']);
  const entry = publicIdOf('led', search['entry']);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(typeof operation === 'string' && /^[a-z][a-z0-9_.]{0,79}$/.test(operation) ? { operation } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(entry === null ? {} : { entry }),
  };
}

/** The filter of an address: what the API is asked for, without the page. */
export function statementQuery(search: StatementSearch): Omit<StatementSearch, 'entry'> {
  const { entry: _, ...filter } = search;
  return filter;
}

/** Whether an address narrows the statement down. */
export function isFiltered(search: StatementSearch): boolean {
  return Object.keys(statementQuery(search)).length > 0;
}
