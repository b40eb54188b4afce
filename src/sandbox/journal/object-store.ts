import { openJournal } from './journal.ts';

/** The maps behind a store: one per kind, in the order in which objects first appeared. */
type Tables<Kinds> = { [Kind in keyof Kinds]: Map<string, Kinds[Kind]> };

type Change = { kind: string; id: string; value: unknown };

export type Reader<Kinds> = {
  get<Kind extends keyof Kinds & string>(kind: Kind, id: string): Kinds[Kind] | undefined;
  /** Every object of a kind, oldest first. */
  all<Kind extends keyof Kinds & string>(kind: Kind): Kinds[Kind][];
  ids(kind: keyof Kinds & string): string[];
};

export type Writer<Kinds> = Reader<Kinds> & {
  put<Kind extends keyof Kinds & string>(kind: Kind, id: string, value: Kinds[Kind]): void;
  remove(kind: keyof Kinds & string, id: string): void;
};

export type ObjectStore<Kinds> = Reader<Kinds> & {
  /**
   * Runs `work` at once and as a whole: if it throws, nothing has happened. `durable` resolves when the changes are on
   * disk, and an answer must not leave before that.
   */
  transact<Result>(work: (writer: Writer<Kinds>) => Result): { result: Result; durable: Promise<void> };
  close(): Promise<void>;
};

/**
 * Opens the objects kept in the journal `name` of `directory`. `kinds` names every kind once; `keep` is asked about each
 * object at start, so that what has expired is left behind.
 */
export async function openObjectStore<Kinds extends Record<string, unknown>>(options: {
  directory: string;
  name: string;
  kinds: { [Kind in keyof Kinds]: true };
  keep: (kind: keyof Kinds & string, value: Kinds[keyof Kinds]) => boolean;
}): Promise<ObjectStore<Kinds>> {
  const tables = emptyTables<Kinds>(options.kinds);
  const journal = await openJournal({
    directory: options.directory,
    name: options.name,
    replay: (entry) => replayChanges(tables, entry),
    snapshot: () => snapshotOf(tables, options.keep),
  });
  const reader = readerOf(tables);
  return {
    ...reader,
    transact(work) {
      const undo: (() => void)[] = [];
      const changed = new Map<string, Change>();
      let result: ReturnType<typeof work>;
      try {
        result = work(writerOf(tables, reader, undo, changed));
      } catch (error) {
        for (const step of undo.toReversed()) step();
        throw error;
      }
      return { result, durable: changed.size === 0 ? Promise.resolve() : journal.append([...changed.values()]) };
    },
    close: () => journal.close(),
  };
}

function emptyTables<Kinds>(kinds: { [Kind in keyof Kinds]: true }): Tables<Kinds> {
  // The mapped type cannot be built key by key, so this is where the shape is vouched for.
  return Object.fromEntries(Object.keys(kinds).map((kind) => [kind, new Map()])) as Tables<Kinds>;
}

function readerOf<Kinds>(tables: Tables<Kinds>): Reader<Kinds> {
  return {
    get: (kind, id) => tables[kind].get(id),
    all: (kind) => [...tables[kind].values()],
    ids: (kind) => [...tables[kind].keys()],
  };
}

function writerOf<Kinds>(
  tables: Tables<Kinds>,
  reader: Reader<Kinds>,
  undo: (() => void)[],
  changed: Map<string, Change>,
): Writer<Kinds> {
  return {
    ...reader,
    put(kind, id, value) {
      const table = tables[kind];
      const before = table.get(id);
      undo.push(() => (before === undefined ? table.delete(id) : table.set(id, before)));
      table.set(id, value);
      changed.set(`${kind} ${id}`, { kind, id, value });
    },
    remove(kind, id) {
      const table = tables[kind];
      const before = table.get(id);
      if (before === undefined) return;
      // Undone, the object comes back as the newest of its kind: order matters only for what requests list.
      undo.push(() => table.set(id, before));
      table.delete(id);
      changed.set(`${kind} ${id}`, { kind, id, value: null });
    },
  };
}

/** Reads back what `transact` wrote; a kind that is no longer known is skipped. */
function replayChanges<Kinds>(tables: Tables<Kinds>, entry: unknown): void {
  for (const { kind, id, value } of entry as Change[]) {
    if (!Object.hasOwn(tables, kind)) continue;
    const table = tables[kind as keyof Kinds];
    if (value === null) table.delete(id);
    else table.set(id, value as Kinds[keyof Kinds]);
  }
}

function* snapshotOf<Kinds>(
  tables: Tables<Kinds>,
  keep: (kind: keyof Kinds & string, value: Kinds[keyof Kinds]) => boolean,
): Generator<Change[]> {
  for (const kind of Object.keys(tables) as (keyof Kinds & string)[]) {
    for (const [id, value] of tables[kind]) {
      if (keep(kind, value)) yield [{ kind, id, value }];
      else tables[kind].delete(id);
    }
  }
}
