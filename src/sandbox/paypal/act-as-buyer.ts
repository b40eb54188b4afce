/** What a buyer approves on PayPal's page: an order, or the saving of their account. */
export type Approvable = 'orders' | 'setup-tokens';

/**
 * Approves an order or a setup token at the simulator behind `url`, as a buyer does in the approval window. The e-mail
 * address decides how the account behaves; without one it pays at once. Throws when there is nothing to approve.
 */
export async function approveAsBuyer(url: string, what: Approvable, id: string, buyer?: string): Promise<void> {
  const answer = await fetch(`${url}/checkout/${what}/${id}/approve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(buyer === undefined ? {} : { buyer }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`The PayPal sandbox refused the approval: ${await answer.text()}`);
}
