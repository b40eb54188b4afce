/** Something that always holds in the books, and how to find what breaks it. */
export type Invariant = {
  /** What holds, in a few words. */
  readonly name: string;
  /** The tables whose rows it is about; how many they have is how many were looked at. */
  readonly tables: readonly string[];
  /** A query for what breaks it, with two columns of text: which row, and what is wrong with it. */
  readonly offenders: string;
};
