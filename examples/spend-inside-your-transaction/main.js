import pg from 'pg';
import { InsufficientCredits } from '../../client/dist/index.js';
import { writeArticle } from './write-article.js';

const customerId = process.argv[2] ?? 'customer-1001';
const pool = new pg.Pool({ connectionString: process.env.SAAS_DATABASE_URL });

async function order(requestId, title, words) {
  try {
    const { articleId, credits, balance } = await writeArticle(pool, { requestId, customerId, title, words });
    console.log(`${title}: article ${articleId}, ${credits} credits spent, ${balance} left.`);
  } catch (error) {
    if (!(error instanceof InsufficientCredits)) throw error;
    console.log(`${title}: ${error.required} credits needed, ${error.balance} there. Nothing was written or spent.`);
  }
}

const today = new Date().toISOString();
await order(`${today}/1`, 'On lighthouses', 40);
await order(`${today}/1`, 'On lighthouses', 40);
await order(`${today}/2`, 'On everything there is', 900_000_000);
await pool.end();
