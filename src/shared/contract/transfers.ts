import { z } from 'zod';
import { Purchase, TransferProof } from './billing.ts';
import { calendarDate, idOf, lineOfText } from './codecs.ts';
import { endpoint } from './endpoint.ts';
import { proofTypes } from './proofs.ts';

export const transferEndpoints = {
  declareTransfer: endpoint({
    summary: 'Declare a transfer that was made',
    description:
      'The payment then waits for staff, who approve or reject it. Declared again, it replaces what was said.',
    tag: 'billing',
    access: 'payments.confirm',
    params: z.object({ id: idOf('pay', 'The payment') }),
    body: z.object({
      payer_name: lineOfText(120).optional(),
      payer_account: lineOfText(64).optional(),
      transaction_id: lineOfText(64).optional(),
      paid_on: calendarDate.optional(),
      note: lineOfText(500).optional(),
    }),
    response: Purchase,
    problems: ['transfer_not_open', 'proof_missing'],
  }),
  uploadProof: endpoint({
    summary: 'Upload a proof of a transfer',
    description:
      'The body is the file itself: PNG, JPEG, WebP or PDF, at most 5 MiB, and at most five per payment. It is kept privately and only ever downloaded.',
    tag: 'billing',
    access: 'payments.confirm',
    status: 201,
    params: z.object({ id: idOf('pay', 'The payment') }),
    query: z.object({ filename: lineOfText(200) }),
    upload: proofTypes,
    response: TransferProof,
    problems: ['transfer_not_open', 'proof_unreadable', 'too_many_proofs'],
  }),
  getProof: endpoint({
    summary: 'Download a proof of a transfer',
    tag: 'billing',
    access: 'payments.read',
    params: z.object({ id: idOf('pay', 'The payment'), proof_id: idOf('prf', 'The proof') }),
    binary: 'application/octet-stream',
  }),
  deleteProof: endpoint({
    summary: 'Take back a proof before it is looked at',
    tag: 'billing',
    access: 'payments.confirm',
    params: z.object({ id: idOf('pay', 'The payment'), proof_id: idOf('prf', 'The proof') }),
    problems: ['transfer_not_open'],
  }),
};
