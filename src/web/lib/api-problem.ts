import { type FieldProblem, type ProblemCode, problems } from '#shared/contract/problems.ts';

/** A request the server refused, as its problem details (RFC 9457) tell it. */
export class ApiProblem extends Error {
  readonly status: number;
  /** Stable, for comparing; null when the answer was no problem of ours, such as a proxy's error page. */
  readonly code: ProblemCode | null;
  readonly title: string;
  /** What happened and what to do, for the reader; where `code` is null the pages have words of their own. */
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly requestId: string | null;

  constructor(status: number, body: unknown) {
    const members = isRecord(body) ? body : {};
    const title = textOf(members['title']) ?? `The server answered ${String(status)}`;
    super(title);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = codeOf(members['code']);
    this.title = title;
    this.detail = textOf(members['detail']) ?? title;
    this.errors = Array.isArray(members['errors']) ? members['errors'].filter(isFieldProblem) : [];
    this.requestId = textOf(members['request_id']);
  }

  /** The page that explains the problem and names the fix. */
  get documentationUrl(): string | null {
    return this.code === null ? null : `/docs/problems/${this.code}`;
  }
}

/** The server could not be reached, or its answer broke off: whether the request was carried out is not known. */
export class NetworkFailure extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached', { cause });
    this.name = 'NetworkFailure';
  }
}

/** Whether an error is the problem with this code. */
export function isProblem(error: unknown, code: ProblemCode): error is ApiProblem {
  return error instanceof ApiProblem && error.code === code;
}

function codeOf(value: unknown): ProblemCode | null {
  return typeof value === 'string' && isProblemCode(value) ? value : null;
}

function isProblemCode(word: string): word is ProblemCode {
  return Object.hasOwn(problems, word);
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return isRecord(value) && typeof value['pointer'] === 'string' && typeof value['message'] === 'string';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
