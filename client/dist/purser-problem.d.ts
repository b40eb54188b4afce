/**
 * Why credits were not spent: the same problem the HTTP call answers with. PostgreSQL has given up on the transaction;
 * roll it back, or back to a savepoint set before the call.
 */
export declare class PurserProblem extends Error {
    readonly name: string;
    /** The stable code, such as `operation_unknown`: the docs of Purser have a page about each. */
    readonly code: string;
    /** The status the HTTP call would have answered with. */
    readonly status: number;
    /** What else the problem says, by name. */
    readonly members: Readonly<Record<string, unknown>>;
    constructor(problem: {
        readonly code: string;
        readonly status: number;
        readonly detail: string;
    }, members: Readonly<Record<string, unknown>>, cause?: unknown);
}
/** There is less to spend than is needed. Whole credits. */
export declare class InsufficientCredits extends PurserProblem {
    readonly name = "InsufficientCredits";
    /** What can be spent. */
    readonly balance: number;
    /** What this use costs. */
    readonly required: number;
    /** What is missing. */
    readonly shortfall: number;
    constructor(...problem: ConstructorParameters<typeof PurserProblem>);
}
/** The problem in an error of the database, or the error itself when it is about something else. */
export declare function problemIn(thrown: unknown): unknown;
