/** The connection a transaction is open on: a `Client` of `pg`, or one taken from a pool by `connect()`. */
export type TransactionClient = {
    query(text: string, values: unknown[]): Promise<{
        readonly rows: readonly unknown[];
    }>;
};
/** One use of an operation. */
export type CreditUse = {
    /** The code of the operation, such as `content.generate`. */
    readonly operation: string;
    /** The model or grade, which may have a cost of its own. */
    readonly variant?: string | undefined;
    /** How many units of the operation; 1 when left away. A whole number. */
    readonly quantity?: number | undefined;
    /** Names the work that is charged: the same key is charged once, over HTTP and here alike. */
    readonly key: string;
    /** The site it was for: `sit_…`. */
    readonly site?: string | undefined;
    /** The member of the account it was for: `usr_…`. */
    readonly user?: string | undefined;
    /** What it was, in your own product: shown in the statement. */
    readonly reference?: string | undefined;
    /** Of your own choice, shown with the entry: at most 20 members. */
    readonly metadata?: Readonly<Record<string, string | number | boolean>> | undefined;
} & ({
    /** The account whose credits are spent: `acc_…`. */
    readonly account: string;
    readonly externalId?: undefined;
} | {
    /** The account by the id you gave it when you made it known to Purser. */
    readonly externalId: string;
    readonly account?: undefined;
});
/** What was spent: the answer of `POST /v1/credits/consume/`. Whole credits. */
export type SpentCredits = {
    /** The ledger entry, `led_…`, which Purser explains. */
    readonly id: string;
    readonly operation: string;
    readonly variant: string | null;
    readonly quantity: number;
    readonly credits: number;
    /** What can be spent after it. */
    readonly balance: number;
    /** What holds reserve after it. */
    readonly held: number;
    /** An instant in ISO 8601, UTC. */
    readonly occurred_at: string;
};
/**
 * Spends credits in the transaction that is open on `client`: what the transaction commits is charged, what it rolls
 * back is not. A repetition under the same key gets the same answer and spends nothing. Call it last, because the
 * account's balance stays locked until the transaction ends.
 *
 * @throws InsufficientCredits with balance, required and shortfall; PurserProblem for any other refusal, such as another
 * use under the same key. The transaction can then only be rolled back.
 */
export declare function consumeCredits(client: TransactionClient, use: CreditUse): Promise<SpentCredits>;
