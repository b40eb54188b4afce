import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { safeInteger } from '#shared/contract/codecs.ts';
import { type FieldProblem, type ProblemCode, problems } from '#shared/contract/problems.ts';
import { isStalePlan } from '#server/platform/db/index.ts';
import { DomainError, messageOf } from '#server/platform/errors/index.ts';

/** Some fields of a request need another value. */
export class ValidationFailed extends DomainError {
  constructor(errors: readonly FieldProblem[]) {
    const first = errors[0];
    const detail = first === undefined ? 'The request is not valid.' : `${first.pointer} ${first.message}.`;
    super('validation_failed', errors.length > 1 ? `${detail} ${String(errors.length - 1)} more.` : detail, { errors });
  }
}

/** The one place where anything that was thrown becomes a problem (RFC 9457) with a status. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = thrown instanceof DomainError ? thrown : foreignProblem(thrown);
  const { status, title } = problems[problem.code];
  // The contract should have refused such a value by name: the caller is told, and so are we.
  if (isValueRefused(thrown)) request.log.error({ err: thrown, code: problem.code }, 'the database refused a value');
  if (status >= 500) request.log.error({ err: thrown, code: problem.code }, 'a request failed');
  if (status === 503) void reply.header('retry-after', '2');
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="Purser"');
  return reply
    .code(status)
    .type('application/problem+json')
    .send({
      ...encoded(problem.members),
      type: `/docs/problems/${problem.code}`,
      title,
      status,
      code: problem.code,
      detail: problem.message,
      request_id: request.id,
      ...(problem.errors.length === 0 ? {} : { errors: problem.errors }),
    });
}

/** The members of a problem as JSON carries them: whole numbers travel like every amount. */
function encoded(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, typeof value === 'bigint' ? safeInteger(value) : value]),
  );
}

/** What the HTTP library, the database driver or a bug threw, as a problem; the details stay in the log. */
function foreignProblem(thrown: unknown): DomainError {
  if (isValueRefused(thrown)) {
    const detail = 'A value of the request holds a control character, or is a number or date out of range.';
    return new DomainError('validation_failed', detail, { cause: thrown });
  }
  const known = codeOfForeign(thrown);
  if (known === undefined) {
    return new DomainError(
      'internal_error',
      'The request failed on our side. Try again; if it stays, tell us the request id.',
    );
  }
  return new DomainError(known, detailOfForeign[known], { cause: thrown });
}

const detailOfForeign = {
  malformed_json: 'The body is not valid JSON. Check quotes, commas and braces.',
  body_too_large: 'The body is larger than this endpoint takes.',
  unsupported_media_type: 'Send the body as application/json, or as one of the kinds of file that this endpoint takes.',
  rate_limited: 'Too many requests. Wait as long as the Retry-After header says.',
  database_unavailable:
    'The database does not answer right now, so it is not known whether the request was carried out. Try again in a moment; with the same Idempotency-Key nothing happens twice.',
  not_found: 'There is nothing at this address.',
  validation_failed: 'The address of the request is not valid.',
} as const satisfies { readonly [code in ProblemCode]?: string };

function codeOfForeign(thrown: unknown): keyof typeof detailOfForeign | undefined {
  const code = (thrown as Partial<FastifyError> | null)?.code;
  const status = (thrown as Partial<FastifyError> | null)?.statusCode;
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'malformed_json';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body_too_large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'unsupported_media_type';
  if (code === 'FST_ERR_BAD_URL') return 'validation_failed';
  if (status === 429) return 'rate_limited';
  if (status === 400) return 'malformed_json';
  if (status === 404) return 'not_found';
  if (isDatabaseOutage(code, thrown) || isStalePlan(thrown)) return 'database_unavailable';
  return undefined;
}

/** PostgreSQL's data exceptions (class 22): a value it cannot read, compare or store. */
function isValueRefused(thrown: unknown): boolean {
  return thrown instanceof pg.DatabaseError && thrown.code?.startsWith('22') === true;
}

/** Connection errors of Node and of PostgreSQL (classes 08, 53 and 57P). */
function isDatabaseOutage(code: string | undefined, thrown: unknown): boolean {
  if (code !== undefined && ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'].includes(code)) return true;
  if (/^(08|53|57P)/.test(code ?? '')) return true;
  return /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/.test(
    messageOf(thrown),
  );
}
