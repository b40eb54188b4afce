import { accountsByIds } from '#server/modules/accounts/index.ts';
import { listDisputes } from '#server/modules/payments/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { previewRefund } from '#server/flows/payments/preview-refund.ts';
import { refundPayment } from '#server/flows/payments/refund-payment.ts';
import { instantPositionOf, pageFrom } from '../cursor.ts';
import { route } from '../route.ts';
import { readAdminPayment } from './present-admin-payment.ts';
import { presentDispute } from './present-dispute.ts';

const previewRefundRoute = route('previewRefund', async (app, { actor, params, body }) => {
  const { payment, effect, refundableMinor, byHand } = await previewRefund(app, actor, {
    paymentId: params.id,
    amountMinor: body.amount ?? null,
  });
  return {
    amount: effect.amountMinor,
    currency: payment.currency,
    refundable: refundableMinor,
    credits_bought: effect.creditsBought,
    credits_share: effect.creditsShare,
    credits_taken_back: effect.creditsTakenBack,
    credits_spent: effect.creditsSpent,
    by_hand: byHand,
  };
});

const refundPaymentRoute = route('refundPayment', async (app, call) => {
  const { actor, params, body, idempotencyKey, bodyHash, request } = call;
  await refundPayment(app, actor, {
    paymentId: params.id,
    amountMinor: body.amount ?? null,
    reason: body.reason,
    expectedTakenBack: body.expected_credits_taken_back ?? null,
    idempotencyKey,
    bodyHash,
    requestId: request.id,
  });
  return await readAdminPayment(app, params.id);
});

const listDisputesRoute = route('listDisputes', async (app, { query }) => {
  const position = instantPositionOf(query.cursor);
  // System scope: staff look at disputes of any account.
  return await inRead(app, 'system', async (db) => {
    const disputes = await listDisputes(db, {
      open: query.open === undefined ? undefined : query.open === 'true',
      limit: query.limit,
      after: position === undefined ? undefined : { openedAt: position.at, id: position.id },
    });
    const accounts = await accountsByIds(
      db,
      disputes.map((dispute) => dispute.accountId),
    );
    const names = new Map(accounts.map((account) => [account.id, account.name]));
    return pageFrom(
      disputes,
      query.limit,
      (dispute) => presentDispute(dispute, names.get(dispute.accountId) ?? ''),
      (dispute) => ({ key: dispute.openedAt.toISOString(), id: dispute.id }),
    );
  });
});

/** The endpoints of refunds and disputes. */
export const refundRoutes = [previewRefundRoute, refundPaymentRoute, listDisputesRoute] as const;
