/**
 * Whether a statement failed because it was prepared before a migration changed what it answers. PostgreSQL knows no
 * code for this alone, and its message may be translated, so the place in its source is asked too.
 */
export function isStalePlan(thrown: unknown): boolean {
  if (thrown === null || typeof thrown !== 'object') return false;
  const { code, routine } = thrown as { code?: unknown; routine?: unknown };
  return code === '0A000' && routine === 'RevalidateCachedQuery';
}
