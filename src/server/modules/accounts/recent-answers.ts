import type { Clock } from '#server/platform/clock/index.ts';

/** How long an answer is believed, in milliseconds of wall time: a revoked key works no longer than that. */
const lifetimeMs = 5_000;
const entriesMax = 10_000;

/** What this process has lately been told by the database about keys and accounts, that there are none included. */
export type RecentAnswers<Answer> = {
  /** The answer as known at most five seconds ago, else what `look` finds. */
  find(question: string, look: () => Promise<Answer>): Promise<Answer>;
  /** The answer as known at most five seconds ago, else undefined. */
  known(question: string): Answer | undefined;
};

/** Remembers at most 10,000 answers; the oldest gives way. */
export function createRecentAnswers<Answer>(clock: Clock): RecentAnswers<Answer> {
  const entries = new Map<string, { readonly answer: Answer; readonly askedAtMs: number }>();

  function remember(question: string, answer: Answer, askedAtMs: number): void {
    entries.delete(question);
    entries.set(question, { answer, askedAtMs });
    if (entries.size <= entriesMax) return;
    const oldest = entries.keys().next();
    if (oldest.done !== true) entries.delete(oldest.value);
  }

  function fresh(question: string) {
    const entry = entries.get(question);
    if (entry === undefined) return undefined;
    const ageMs = clock.wall().getTime() - entry.askedAtMs;
    // A machine's clock that was set back makes an age negative, and the entry's real age unknown.
    return ageMs >= 0 && ageMs < lifetimeMs ? entry : undefined;
  }

  return {
    known: (question) => fresh(question)?.answer,
    async find(question, look) {
      const entry = fresh(question);
      if (entry !== undefined) return entry.answer;
      // Taken before the look-up, since the answer may be as old as its question.
      const askedAtMs = clock.wall().getTime();
      const answer = await look();
      remember(question, answer, askedAtMs);
      return answer;
    },
  };
}
