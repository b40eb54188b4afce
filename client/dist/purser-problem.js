/**
 * Why credits were not spent: the same problem the HTTP call answers with. PostgreSQL has given up on the transaction;
 * roll it back, or back to a savepoint set before the call.
 */
export class PurserProblem extends Error {
    name = 'PurserProblem';
    /** The stable code, such as `operation_unknown`: the docs of Purser have a page about each. */
    code;
    /** The status the HTTP call would have answered with. */
    status;
    /** What else the problem says, by name. */
    members;
    constructor(problem, members, cause) {
        super(problem.detail, { cause });
        this.code = problem.code;
        this.status = problem.status;
        this.members = members;
    }
}
/** There is less to spend than is needed. Whole credits. */
export class InsufficientCredits extends PurserProblem {
    name = 'InsufficientCredits';
    /** What can be spent. */
    balance;
    /** What this use costs. */
    required;
    /** What is missing. */
    shortfall;
    constructor(...problem) {
        super(...problem);
        const { balance, required, shortfall } = this.members;
        this.balance = Number(balance);
        this.required = Number(required);
        this.shortfall = Number(shortfall);
    }
}
/** The problem in an error of the database, or the error itself when it is about something else. */
export function problemIn(thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown) || !('detail' in thrown))
        return thrown;
    if (typeof thrown.code !== 'string' || !/^PU\d{3}$/.test(thrown.code) || typeof thrown.detail !== 'string')
        return thrown;
    const { code, status, detail, ...members } = JSON.parse(thrown.detail);
    const Problem = code === 'insufficient_credits' ? InsufficientCredits : PurserProblem;
    return new Problem({ code, status, detail }, members, thrown);
}
