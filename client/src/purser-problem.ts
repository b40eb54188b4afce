/**
 * Why credits were not spent: the same problem the HTTP call answers with. PostgreSQL has given up on the transaction;
 * roll it back, or back to a savepoint set before the call.
 */
export class PurserProblem extends Error {
  override readonly name: string = 'PurserProblem';
  /** The stable code, such as `operation_unknown`: the docs of Purser have a page about each. */
  readonly code: string;
  /** The status the HTTP call would have answered with. */
  readonly status: number;
  /** What else the problem says, by name. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    problem: { readonly code: string; readonly status: number; readonly detail: string },
    members: Readonly<Record<string, unknown>>,
    cause?: unknown,
  ) {
    super(problem.detail, { cause });
    this.code = problem.code;
    this.status = problem.status;
    this.members = members;
  }
}

/** There is less to spend than is needed. Whole credits. */
export class InsufficientCredits extends PurserProblem {
  override readonly name = 'InsufficientCredits';
  /** What can be spent. */
  readonly balance: number;
  /** What this use costs. */
  readonly required: number;
  /** What is missing. */
  readonly shortfall: number;

  constructor(...problem: ConstructorParameters<typeof PurserProblem>) {
    super(...problem);
    const { balance, required, shortfall } = this.members;
    this.balance = Number(balance);
    this.required = Number(required);
    this.shortfall = Number(shortfall);
  }
}

/** The problem in an error of the database, or the error itself when it is about something else. */
export function problemIn(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('detail' in thrown)) return thrown;
  if (typeof thrown.code !== 'string' || !/^PU\d{3}$/.test(thrown.code) || typeof thrown.detail !== 'string')
    return thrown;
  const { code, status, detail, ...members } = JSON.parse(thrown.detail) as {
    readonly code: string;
    readonly status: number;
    readonly detail: string;
  };
  const Problem = code === 'insufficient_credits' ? InsufficientCredits : PurserProblem;
  return new Problem({ code, status, detail }, members, thrown);
}
