import { problems } from '#shared/contract/problems.ts';

/** The list of all problems the API answers with, in order of their status, each with a link to its page. */
export function problemIndex(): string {
  const rows = Object.entries(problems)
    .toSorted(
      ([code, problem], [otherCode, other]) => problem.status - other.status || code.localeCompare(otherCode, 'en'),
    )
    .map(([code, { status, title }]) => `| ${status} | [\`${code}\`](${code}.md) | ${title} |`);
  return [
    '# Problems',
    '',
    'Every answer that is not a success is a problem document (RFC 9457, `application/problem+json`). Its `code` is stable',
    'and meant for programs; its `type` is the address of one of these pages.',
    '',
    '| Status | Code | Title |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
