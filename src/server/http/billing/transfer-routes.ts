import { declareTransfer } from '#server/flows/payments/declare-transfer.ts';
import { deleteProof } from '#server/flows/payments/delete-proof.ts';
import { getProof } from '#server/flows/payments/get-proof.ts';
import { giveUpPayment } from '#server/flows/payments/give-up-payment.ts';
import { uploadProof } from '#server/flows/payments/upload-proof.ts';
import { route } from '../route.ts';
import { presentPurchase } from './present-billing.ts';
import { presentProof } from './present-transfer.ts';
import { sendProof } from './send-proof.ts';

const declareTransferRoute = route('declareTransfer', async (app, { actor, params, body }) => {
  const standing = await declareTransfer(app, actor, {
    paymentId: params.id,
    declaration: {
      payerName: body.payer_name ?? null,
      payerAccount: body.payer_account ?? null,
      transactionId: body.transaction_id ?? null,
      paidOn: body.paid_on ?? null,
      note: body.note ?? null,
    },
  });
  return presentPurchase({ ...standing, clientSecret: null }, null, app.clock.now());
});

const uploadProofRoute = route('uploadProof', async (app, { actor, params, query, request }) => {
  // The parser of this endpoint reads a body of its kinds as bytes; no body at all is an empty file.
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return presentProof(await uploadProof(app, actor, { paymentId: params.id, filename: query.filename, bytes }));
});

const getProofRoute = route('getProof', async (app, { actor, params, reply }) => {
  const target = { of: 'own', paymentId: params.id, proofId: params.proof_id } as const;
  await sendProof(await getProof(app, actor, target), reply);
  return undefined;
});

const deleteProofRoute = route('deleteProof', async (app, { actor, params }) => {
  await deleteProof(app, actor, { paymentId: params.id, proofId: params.proof_id });
  return undefined;
});

const cancelPaymentRoute = route('cancelPayment', async (app, { actor, params }) => {
  const standing = await giveUpPayment(app, actor, params.id);
  return presentPurchase({ ...standing, clientSecret: null }, null, app.clock.now());
});

/** What payers do with their transfers. */
export const transferRoutes = [
  declareTransferRoute,
  uploadProofRoute,
  getProofRoute,
  deleteProofRoute,
  cancelPaymentRoute,
] as const;
