import { consumeCredits } from '../../client/dist/index.js';

/**
 * The product's work and its debit, committed together: a customer orders an article, it is written down, and its words
 * are charged. When the credits do not suffice, or anything else fails, there is neither article nor debit.
 *
 * @param {import('pg').Pool} pool the product's own connections
 * @param {{ requestId: string, customerId: string, title: string, words: number }} order
 *   `requestId` names the order, so that an order sent twice is written and charged once
 */
export async function writeArticle(pool, { requestId, customerId, title, words }) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query(
      `insert into saas.articles (request_id, customer_id, title, words) values ($1, $2, $3, $4)
       on conflict (request_id) do update set request_id = excluded.request_id returning id`,
      [requestId, customerId, title, words],
    );
    const spent = await consumeCredits(client, {
      externalId: customerId,
      operation: 'content.generate',
      quantity: words,
      key: `article:${requestId}`,
      reference: title,
    });
    await client.query('commit');
    return { articleId: rows[0].id, credits: spent.credits, balance: spent.balance };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
