import { PurserProblem, problemIn } from './purser-problem.js';
const statement = 'select to_json(purser.consume($1, $2, $3, $4, $5, $6, $7, $8, $9))::text as spent';
/**
 * Spends credits in the transaction that is open on `client`: what the transaction commits is charged, what it rolls
 * back is not. A repetition under the same key gets the same answer and spends nothing. Call it last, because the
 * account's balance stays locked until the transaction ends.
 *
 * @throws InsufficientCredits with balance, required and shortfall; PurserProblem for any other refusal, such as another
 * use under the same key. The transaction can then only be rolled back.
 */
export async function consumeCredits(client, use) {
    // A pool runs each query on whichever connection is free: not in the transaction.
    if ('totalCount' in client)
        throw new TypeError('consumeCredits needs the client of your transaction, not the pool.');
    const { quantity = 1 } = use;
    if (!Number.isSafeInteger(quantity)) {
        throw new PurserProblem({ code: 'validation_failed', status: 422, detail: 'quantity must be a whole number.' }, {});
    }
    try {
        const { rows } = await client.query(statement, [
            use.account ?? `ext:${use.externalId}`,
            use.operation,
            use.key,
            quantity,
            use.variant ?? null,
            use.site ?? null,
            use.user ?? null,
            use.reference ?? null,
            use.metadata === undefined ? null : JSON.stringify(use.metadata),
        ]);
        return spentIn(rows[0]);
    }
    catch (thrown) {
        throw problemIn(thrown);
    }
}
/** The answer as the API writes it. */
function spentIn(row) {
    const { spent } = row;
    const answer = JSON.parse(spent);
    return { ...answer, occurred_at: new Date(answer.occurred_at).toISOString() };
}
