import type { FieldProblem, ProblemCode } from '#shared/contract/problems.ts';

/**
 * Something that must be told to the caller as a problem (RFC 9457): a stable code, a sentence for a person that names
 * the fix, and members for programs. Every module's errors extend it; the HTTP edge alone turns it into a status.
 */
export class DomainError extends Error {
  readonly code: ProblemCode;
  readonly members: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldProblem[];

  constructor(
    code: ProblemCode,
    detail: string,
    options: { members?: Record<string, unknown>; errors?: readonly FieldProblem[]; cause?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.members = options.members ?? {};
    this.errors = options.errors ?? [];
  }
}

/** What was asked for does not exist, or belongs to another tenant, which is told in the same words. */
export class NotFound extends DomainError {
  constructor(what: string) {
    super('not_found', `There is no ${what} with this id in your account.`);
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
