import { z } from 'zod';
import { CreditNoteSummary, Payment, paymentStatuses, Refund } from './billing.ts';
import { amountMinor, creditUnits, idOf, instant, lineOfText, pageOf, pageQuery, searchText } from './codecs.ts';
import { endpoint } from './endpoint.ts';

/** What is given back when a refund is made: money, and the credits that the payment had brought. */
const RefundEffect = z
  .object({
    amount: amountMinor,
    currency: z.string(),
    refundable: amountMinor.meta({ description: 'What could be given back at most' }),
    credits_bought: creditUnits,
    credits_share: creditUnits.meta({ description: 'Credits that belong to this amount' }),
    credits_taken_back: creditUnits.meta({ description: 'What is left of them in that very lot, and is taken back' }),
    credits_spent: creditUnits.meta({ description: 'What was spent of them already, and stays spent' }),
    by_hand: z.boolean().meta({ description: 'Whether staff transfer the money themselves' }),
  })
  .meta({ id: 'RefundEffect' });

/** How much of a payment is given back. */
const amountToRefund = amountMinor
  .refine((amount) => amount > 0n, 'must be more than zero')
  .optional()
  .meta({ description: 'Without it, all that can be given back' });

const disputeStatuses = ['needs_response', 'under_review', 'won', 'lost'] as const;

const Dispute = z
  .object({
    id: idOf('dsp', 'The dispute'),
    payment_id: idOf('pay', 'The disputed payment'),
    account: z.object({ id: idOf('acc', 'The account'), name: z.string() }),
    gateway: z.string(),
    gateway_reference: z.string(),
    status: z.enum(disputeStatuses),
    takes_money: z.boolean().meta({ description: 'Whether the money is held back meanwhile; an inquiry asks first' }),
    amount: amountMinor,
    currency: z.string(),
    reason: z.string(),
    credits_frozen: creditUnits.meta({ description: 'Credits of the disputed lot that cannot be spent meanwhile' }),
    evidence_due_at: instant.nullable(),
    opened_at: instant,
    closed_at: instant.nullable(),
  })
  .meta({ id: 'Dispute' });

/** A payment as staff see it. */
const AdminPayment = Payment.extend({
  account: z.object({ id: idOf('acc', 'The account'), name: z.string(), country: z.string() }),
  invoices: z.array(
    z.object({
      id: idOf('inv', 'The invoice'),
      number: z.string().nullable(),
      amount: amountMinor.meta({ description: 'What the payment is to pay of it' }),
      amount_due: amountMinor,
    }),
  ),
  gateway_reference: z.string().nullable(),
  attention: z.string().nullable().meta({ description: 'Why a person has to look at it' }),
  duplicates: z
    .array(z.object({ payment_id: idOf('pay', 'Another payment'), account_name: z.string() }))
    .meta({ description: 'Other payments with the same transaction id' }),
  refunds: z.array(Refund),
  credit_notes: z.array(CreditNoteSummary),
  disputes: z.array(Dispute),
  refundable: amountMinor,
}).meta({ id: 'AdminPayment' });

export const adminPaymentsEndpoints = {
  listAllPayments: endpoint({
    summary: 'Payments of every account',
    description: 'The approval queue is `status=pending_approval` with `sort=waiting`: who waits longest comes first.',
    tag: 'admin',
    access: 'payments.read_all',
    query: z.object({
      ...pageQuery,
      status: z.enum(paymentStatuses).optional(),
      method: lineOfText(40).optional(),
      account_id: idOf('acc', 'Of this account').optional(),
      attention: z.enum(['true', 'false']).optional().meta({ description: 'Only those a person has to look at' }),
      search: searchText(80).optional().meta({
        description: 'A part of an account name, an invoice number, a reference or a transaction id',
      }),
      sort: z.enum(['newest', 'waiting']).default('newest'),
    }),
    response: pageOf(AdminPayment),
  }),
  getAnyPayment: endpoint({
    summary: 'A payment of any account',
    tag: 'admin',
    access: 'payments.read_all',
    params: z.object({ id: idOf('pay', 'The payment') }),
    response: AdminPayment,
  }),
  getAnyProof: endpoint({
    summary: 'Download a proof of a transfer of any account',
    tag: 'admin',
    access: 'payments.read_all',
    params: z.object({ id: idOf('pay', 'The payment'), proof_id: idOf('prf', 'The proof') }),
    binary: 'application/octet-stream',
  }),
  approvePayment: endpoint({
    summary: 'Approve a transfer that has arrived',
    description: 'In full, or in part: what is missing stays due on the invoice.',
    tag: 'admin',
    access: 'payments.review',
    idempotent: true,
    params: z.object({ id: idOf('pay', 'The payment') }),
    body: z.object({
      amount: amountMinor.optional().meta({ description: 'What arrived; without it, what was asked' }),
      note: lineOfText(500).optional(),
    }),
    response: AdminPayment,
    problems: ['transfer_not_open', 'idempotency_key_reused'],
  }),
  rejectPayment: endpoint({
    summary: 'Reject a transfer that has not arrived',
    description: 'Its payer is told the reason. The invoice stays due and can be paid again.',
    tag: 'admin',
    access: 'payments.review',
    idempotent: true,
    params: z.object({ id: idOf('pay', 'The payment') }),
    body: z.object({ reason: lineOfText(500) }),
    response: AdminPayment,
    problems: ['transfer_not_open', 'idempotency_key_reused'],
  }),
  clearAttention: endpoint({
    summary: 'Note that a person has looked at a payment',
    tag: 'admin',
    access: 'payments.review',
    params: z.object({ id: idOf('pay', 'The payment') }),
    body: z.object({ note: lineOfText(500) }),
    response: AdminPayment,
  }),
  previewRefund: endpoint({
    summary: 'What a refund would do',
    tag: 'admin',
    access: 'payments.read_all',
    params: z.object({ id: idOf('pay', 'The payment') }),
    body: z.object({ amount: amountToRefund }),
    response: RefundEffect,
    problems: ['refund_too_large', 'payment_not_refundable'],
  }),
  refundPayment: endpoint({
    summary: 'Refund a payment, in full or in part',
    description:
      'Takes back the unspent credits of the very lot the payment bought, issues the credit note, and gives the money back.',
    tag: 'admin',
    access: 'payments.refund',
    idempotent: true,
    status: 201,
    params: z.object({ id: idOf('pay', 'The payment') }),
    body: z.object({
      amount: amountToRefund,
      reason: lineOfText(500),
      expected_credits_taken_back: creditUnits
        .optional()
        .meta({ description: 'If given, the refund is refused when it would take back another number' }),
    }),
    response: AdminPayment,
    problems: [
      'refund_too_large',
      'payment_not_refundable',
      'refund_changed',
      'idempotency_key_reused',
      'gateway_unavailable',
    ],
  }),
  listDisputes: endpoint({
    summary: 'Disputes of every account',
    tag: 'admin',
    access: 'payments.read_all',
    query: z.object({ ...pageQuery, open: z.enum(['true', 'false']).optional() }),
    response: pageOf(Dispute),
  }),
};
