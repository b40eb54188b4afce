import { approvePayment } from '#server/flows/payments/approve-payment.ts';
import { clearAttention } from '#server/flows/payments/clear-attention.ts';
import { getProof } from '#server/flows/payments/get-proof.ts';
import { rejectPayment } from '#server/flows/payments/reject-payment.ts';
import { listPaymentsOfAll } from '#server/modules/payments/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { sendProof } from '../billing/send-proof.ts';
import { instantPositionOf, pageFrom } from '../cursor.ts';
import { route } from '../route.ts';
import { presentAdminPayment, readAdminPayment } from './present-admin-payment.ts';

const listAllPaymentsRoute = route('listAllPayments', async (app, { query }) => {
  const position = instantPositionOf(query.cursor);
  // System scope: staff look at payments of any account.
  return await inRead(app, 'system', async (db) => {
    const payments = await listPaymentsOfAll(db, {
      status: query.status,
      method: query.method,
      accountId: query.account_id,
      attention: query.attention === undefined ? undefined : query.attention === 'true',
      search: query.search,
      sort: query.sort,
      limit: query.limit,
      after: position,
    });
    const page = pageFrom(
      payments,
      query.limit,
      (row) => row.payment,
      (row) => ({ key: row.position.toISOString(), id: row.payment.id }),
    );
    const data = [];
    for (const payment of page.data) data.push(await presentAdminPayment(db, payment));
    return { ...page, data };
  });
});

const getAnyPaymentRoute = route('getAnyPayment', (app, { params }) => readAdminPayment(app, params.id));

const getAnyProofRoute = route('getAnyProof', async (app, { actor, params, reply }) => {
  const target = { of: 'any', paymentId: params.id, proofId: params.proof_id } as const;
  await sendProof(await getProof(app, actor, target), reply);
  return undefined;
});

const approvePaymentRoute = route('approvePayment', async (app, call) => {
  const { actor, params, body, idempotencyKey, bodyHash, request } = call;
  await approvePayment(
    app,
    actor,
    { paymentId: params.id, amountMinor: body.amount ?? null, note: body.note ?? null },
    { idempotencyKey, bodyHash, requestId: request.id },
  );
  return await readAdminPayment(app, params.id);
});

const rejectPaymentRoute = route('rejectPayment', async (app, call) => {
  const { actor, params, body, idempotencyKey, bodyHash, request } = call;
  await rejectPayment(
    app,
    actor,
    { paymentId: params.id, reason: body.reason },
    { idempotencyKey, bodyHash, requestId: request.id },
  );
  return await readAdminPayment(app, params.id);
});

const clearAttentionRoute = route('clearAttention', async (app, { actor, params, body, request }) => {
  await clearAttention(app, actor, { paymentId: params.id, note: body.note, requestId: request.id });
  return await readAdminPayment(app, params.id);
});

/** What staff do with the payments of every account. */
export const paymentRoutes = [
  listAllPaymentsRoute,
  getAnyPaymentRoute,
  getAnyProofRoute,
  approvePaymentRoute,
  rejectPaymentRoute,
  clearAttentionRoute,
] as const;
