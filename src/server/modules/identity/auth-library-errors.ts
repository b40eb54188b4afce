import { isAPIError } from 'better-auth/api';

/** The library's name for what it refused; null for anything else that was thrown. */
export function codeOf(thrown: unknown): string | null {
  return isAPIError(thrown) && typeof thrown.body?.code === 'string' ? thrown.body.code : null;
}

/** What lies behind an error of the library: a database that does not answer stays recognisable as that. */
export function ourErrorOf(thrown: unknown): unknown {
  return isAPIError(thrown) && thrown.cause instanceof Error ? thrown.cause : thrown;
}
