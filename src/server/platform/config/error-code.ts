/** The `code` of a system error (`ENOENT`, `EEXIST`, …) or of a PostgreSQL error (SQLSTATE), or null. */
export function errorCode(error: unknown): string | null {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return null;
}
