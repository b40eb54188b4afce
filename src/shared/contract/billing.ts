import { z } from 'zod';
import {
  amountInQuery,
  amountMinor,
  calendarDate,
  countryCode,
  creditUnits,
  currencyCode,
  idOf,
  instant,
  lineOfText,
  pageOf,
  pageQuery,
  searchText,
} from './codecs.ts';
import { endpoint } from './endpoint.ts';

/** The states of an invoice; overdue is pending past the due date, and derived. */
const invoiceStatuses = ['draft', 'pending', 'paid', 'void', 'uncollectible'] as const;

/** The states of a payment, the same for every method. */
export const paymentStatuses = [
  'created',
  'requires_payment_method',
  'requires_action',
  'processing',
  'awaiting_transfer',
  'pending_approval',
  'succeeded',
  'failed',
  'rejected',
  'canceled',
] as const;

const PaymentError = z
  .object({
    code: z.string().meta({ description: 'card_declined, insufficient_funds, authentication_failed, expired_card …' }),
    message: z.string(),
    at: instant,
  })
  .meta({ id: 'PaymentError' });

/** What was paid with, as far as the payer may see it. */
export const MethodDetails = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('card'),
      brand: z.string(),
      last4: z.string(),
      exp_month: z.int(),
      exp_year: z.int(),
    }),
    z.object({ type: z.literal('paypal'), payer_email: z.string().nullable() }),
  ])
  .meta({ id: 'MethodDetails' });

/** A file that was uploaded as proof of a transfer. */
export const TransferProof = z
  .object({
    id: idOf('prf', 'The proof'),
    filename: z.string(),
    content_type: z.string(),
    size: z.int().meta({ description: 'Bytes' }),
    uploaded_at: instant,
  })
  .meta({ id: 'TransferProof' });

/** How much of something a payer has to tell when they declare a transfer. */
export const demands = ['required', 'optional', 'hidden'] as const;

/** A payment by bank transfer or local wallet: where the money goes, and what is known of it. */
const Transfer = z
  .object({
    reference: z.string().meta({ description: 'To be quoted with the transfer, with its check character' }),
    method_name: z.string(),
    instructions: z.string().nullable().meta({ description: 'Markdown' }),
    fields: z
      .array(z.object({ label: z.string(), value: z.string() }))
      .meta({ description: 'Bank details or wallet number, as they stood when the payment was started' }),
    payment_code: z
      .object({
        kind: z.enum(['epc', 'upi', 'pix', 'swiss']),
        content: z.string(),
        svg: z.string().meta({ description: 'The code as an SVG image' }),
      })
      .nullable()
      .meta({ description: 'A payment code a banking app reads, where a standard exists' }),
    demands: z.object({
      payer_name: z.enum(demands),
      payer_account: z.enum(demands),
      transaction_id: z.enum(demands),
      proof: z.enum(demands),
      transaction_id_hint: z.string().nullable(),
    }),
    expires_at: instant.nullable().meta({ description: 'When it ends if no transfer was declared' }),
    declaration: z
      .object({
        declared_at: instant,
        payer_name: z.string().nullable(),
        payer_account: z.string().nullable(),
        transaction_id: z.string().nullable(),
        paid_on: calendarDate.nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
    proofs: z.array(TransferProof),
    rejection_reason: z.string().nullable(),
    timeline: z.array(z.object({ status: z.enum(paymentStatuses), at: instant })),
  })
  .meta({ id: 'Transfer' });

export const Payment = z
  .object({
    id: idOf('pay', 'The payment'),
    status: z.enum(paymentStatuses),
    method: z.string().meta({ description: 'The payment option used: card' }),
    gateway: z.string(),
    amount: amountMinor,
    currency: z.string(),
    method_details: MethodDetails.nullable(),
    last_payment_error: PaymentError.nullable(),
    created_at: instant,
    succeeded_at: instant.nullable(),
    amount_received: amountMinor.meta({ description: 'What has arrived; a transfer may bring less than was asked' }),
    saves_method: z.boolean().meta({ description: 'Whether what it is paid with is kept for later payments' }),
    amount_refunded: amountMinor.meta({ description: 'What was given back, or is on its way back' }),
    transfer: Transfer.nullable().meta({ description: 'How to transfer the money; null for every other method' }),
  })
  .meta({ id: 'Payment' });

/** What the payer has to do next; a closed union. */
const NextStep = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('confirm_card'),
      client_secret: z.string(),
      publishable_key: z.string(),
    }),
    z.object({ type: z.literal('approve_paypal'), order_id: z.string(), client_id: z.string() }),
    z
      .object({ type: z.literal('transfer') })
      .meta({ description: 'The payer transfers the money and declares it: see payment.transfer' }),
    z
      .object({ type: z.literal('resume') })
      .meta({ description: 'The payment is open: POST …/confirm/ answers what it takes to go on' }),
    z.object({ type: z.literal('wait') }).meta({ description: 'The gateway is still working; ask again' }),
    z.object({ type: z.literal('done') }),
    z.object({ type: z.literal('none') }).meta({ description: 'The payment has ended without money' }),
  ])
  .meta({ id: 'NextStep' });

const taxedLine = z.object({
  id: idOf('inl', 'The line'),
  description: z.string(),
  quantity: creditUnits.meta({ description: 'How many of the unit' }),
  unit_amount: amountMinor,
  amount: amountMinor.meta({ description: 'quantity × unit_amount, before tax' }),
  tax_category: z.string().meta({ description: 'EN 16931 category code: S, Z, E, AE, K, G, O' }),
  tax_rate_basis_points: z.int().meta({ description: '1900 is 19 %' }),
  tax: amountMinor,
  period_start: calendarDate.nullable(),
  period_end: calendarDate.nullable(),
});

const InvoiceSummary = z
  .object({
    id: idOf('inv', 'The invoice'),
    number: z.string().nullable().meta({ description: 'INV-YYYY-MM-XXXXX; null while a draft' }),
    status: z.enum(invoiceStatuses),
    is_overdue: z.boolean(),
    issued_on: calendarDate.nullable(),
    due_on: calendarDate.nullable(),
    paid_at: instant.nullable(),
    expires_at: instant
      .nullable()
      .meta({ description: 'When an unpaid purchase is voided; null for every other invoice' }),
    subtotal: amountMinor,
    tax: amountMinor,
    total: amountMinor,
    amount_paid: amountMinor,
    amount_due: amountMinor,
    currency: z.string(),
    description: z.string().meta({ description: 'The first line, for lists' }),
    open_payment_id: idOf('pay', 'The payment that can still be finished').nullable(),
    open_payment_status: z.enum(paymentStatuses).nullable().meta({ description: 'How that payment stands' }),
    last_payment_error: PaymentError.nullable(),
  })
  .meta({ id: 'InvoiceSummary' });

const party = z.object({
  name: z.string(),
  email: z.string().nullable(),
  tax_id: z.string().nullable(),
  address: z.object({
    line1: z.string().nullable(),
    line2: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    postal_code: z.string().nullable(),
    country: z.string(),
  }),
});

/** A refund as its payer sees it. */
export const Refund = z
  .object({
    id: idOf('ref', 'The refund'),
    payment_id: idOf('pay', 'The payment it gives back'),
    status: z.enum(['pending', 'succeeded', 'failed']),
    amount: amountMinor,
    currency: z.string(),
    reason: z.string().nullable(),
    credits_taken_back: creditUnits,
    failure: z.string().nullable().meta({ description: 'Why it failed' }),
    created_at: instant,
    succeeded_at: instant.nullable(),
  })
  .meta({ id: 'Refund' });

/** A credit note in lists. */
export const CreditNoteSummary = z
  .object({
    id: idOf('crn', 'The credit note'),
    number: z.string().meta({ description: 'CN-YYYY-MM-XXXXX' }),
    invoice_id: idOf('inv', 'The invoice it corrects'),
    issued_on: calendarDate,
    subtotal: amountMinor,
    tax: amountMinor,
    total: amountMinor,
    currency: z.string(),
    voided_at: instant.nullable().meta({ description: 'Set when its refund did not go through after all' }),
  })
  .meta({ id: 'CreditNoteSummary' });

const Invoice = InvoiceSummary.extend({
  lines: z.array(taxedLine),
  seller: party,
  buyer: party,
  payments: z.array(Payment),
  refunds: z.array(Refund),
  credit_notes: z.array(CreditNoteSummary),
  voided_at: instant.nullable(),
  void_reason: z.string().nullable(),
}).meta({ id: 'Invoice' });

const CreditPackage = z
  .object({
    id: idOf('cpk', 'The package'),
    name: z.string(),
    slug: z.string(),
    description: z.string(),
    credits: creditUnits,
    price: amountMinor.meta({ description: 'What is charged' }),
    reference_price: amountMinor
      .nullable()
      .meta({ description: 'The price before the discount, shown struck through; null without a discount' }),
    currency: z.string(),
    discount_percentage: z.int(),
    is_featured: z.boolean(),
    sort_order: z.int(),
  })
  .meta({ id: 'CreditPackage' });

const PaymentOption = z
  .object({
    id: idOf('pop', 'The payment option'),
    method: z.string().meta({ description: 'card' }),
    gateway: z.string(),
    display_name: z.string(),
    instructions: z.string().nullable(),
    kind: z.enum(['card', 'paypal', 'transfer', 'wallet']).meta({ description: 'What the page shows for it' }),
    publishable_key: z.string().nullable().meta({ description: "What the gateway's browser script is started with" }),
    limits: z
      .array(z.object({ currency: z.string(), min: amountMinor.nullable(), max: amountMinor.nullable() }))
      .meta({ description: 'Currencies and amounts it is limited to; empty is no limit' }),
    sort_order: z.int(),
  })
  .meta({ id: 'PaymentOption' });

export const Purchase = z
  .object({
    invoice: InvoiceSummary,
    invoices: z.array(InvoiceSummary).meta({ description: 'All that the payment is for; `invoice` is the first' }),
    payment: Payment,
    next: NextStep,
    credits: creditUnits,
    credits_available: creditUnits,
  })
  .meta({ id: 'Purchase' });

/** How the payer wants to pay. */
const wayToPay = {
  payment_method: lineOfText(40).meta({ description: 'The method of a payment option: card, paypal, bank_transfer' }),
  saved_method_id: idOf('spm', 'A saved method to charge instead of asking for one').optional(),
  save_method: z.boolean().optional().meta({ description: 'Whether the method is kept for later payments' }),
};

export const billingEndpoints = {
  listInvoices: endpoint({
    summary: 'Invoices of the account',
    tag: 'billing',
    access: 'invoices.read',
    query: z.object({
      ...pageQuery,
      status: z.enum([...invoiceStatuses, 'overdue']).optional(),
      search: searchText(40).optional().meta({ description: 'A part of the invoice number' }),
      issued_from: calendarDate.optional(),
      issued_to: calendarDate.optional(),
      sort: z.enum(['issued_on', '-issued_on']).default('-issued_on'),
    }),
    response: pageOf(InvoiceSummary),
  }),
  getInvoice: endpoint({
    summary: 'An invoice with its lines and payments',
    tag: 'billing',
    access: 'invoices.read',
    params: z.object({ id: idOf('inv', 'The invoice') }),
    response: Invoice,
  }),
  getInvoicePdf: endpoint({
    summary: 'An invoice as PDF',
    description: 'The newest rendition: as paid when it is paid, else as issued.',
    tag: 'billing',
    access: 'invoices.read',
    params: z.object({ id: idOf('inv', 'The invoice') }),
    binary: 'application/pdf',
  }),
  payInvoice: endpoint({
    summary: 'Pay a pending invoice',
    description:
      'Starts a payment over what is due, or goes on with the one that is open already. The answer says what the payer does next.',
    tag: 'billing',
    access: 'invoices.pay',
    idempotent: true,
    status: 201,
    params: z.object({ id: idOf('inv', 'The invoice') }),
    body: z.object(wayToPay),
    response: Purchase,
    problems: [
      'invoice_not_payable',
      'payment_method_unavailable',
      'payment_under_way',
      'saved_method_unknown',
      'idempotency_key_reused',
      'gateway_unavailable',
    ],
  }),
  payInvoices: endpoint({
    summary: 'Pay several pending invoices by one payment',
    description:
      'All of one currency. Open payments of these invoices that wait for their payer are ended first. The answer says what the payer does next.',
    tag: 'billing',
    access: 'invoices.pay',
    idempotent: true,
    status: 201,
    body: z.object({ invoice_ids: z.array(idOf('inv', 'An invoice')).min(1).max(20), ...wayToPay }),
    response: Purchase,
    problems: [
      'invoice_not_payable',
      'currency_mismatch',
      'payment_method_unavailable',
      'payment_under_way',
      'saved_method_unknown',
      'idempotency_key_reused',
      'gateway_unavailable',
    ],
  }),
  getCreditNotePdf: endpoint({
    summary: 'A credit note as PDF',
    tag: 'billing',
    access: 'invoices.read',
    params: z.object({ id: idOf('crn', 'The credit note') }),
    binary: 'application/pdf',
  }),
  listCreditPackages: endpoint({
    summary: 'Credit packages on sale, in the currency of the account',
    tag: 'billing',
    access: 'packages.read',
    response: z.object({ data: z.array(CreditPackage) }),
  }),
  purchaseCredits: endpoint({
    summary: 'Purchase a credit package',
    description:
      'Issues the invoice and starts the payment. The answer says what the payer does next. A retry with the same Idempotency-Key answers with the same invoice and payment in their current state.',
    tag: 'billing',
    access: 'credits.purchase',
    idempotent: true,
    status: 201,
    body: z.object({
      package_id: idOf('cpk', 'The package to buy'),
      ...wayToPay,
      currency: currencyCode.optional().meta({ description: 'If given, must be the currency of the account' }),
      expected_total: amountMinor
        .optional()
        .meta({ description: 'If given, the purchase is refused when the total would be another' }),
    }),
    response: Purchase,
    problems: [
      'package_unknown',
      'package_inactive',
      'package_price_missing',
      'currency_mismatch',
      'price_changed',
      'payment_method_unavailable',
      'saved_method_unknown',
      'account_suspended',
      'idempotency_key_reused',
      'gateway_unavailable',
    ],
  }),
  listPaymentMethods: endpoint({
    summary: "Payment options of the account's country",
    tag: 'billing',
    access: 'payment_options.read',
    query: z.object({
      country: countryCode.optional().meta({ description: "Another country than the account's" }),
      currency: currencyCode.optional().meta({ description: 'Leaves out what does not take this currency' }),
      amount: amountInQuery.optional().meta({ description: 'Minor units: leaves out what does not take this much' }),
    }),
    response: z.object({ country: z.string(), data: z.array(PaymentOption) }),
  }),
  getPayment: endpoint({
    summary: 'A payment and its invoice, as we know them',
    description: 'Asks nobody and changes nothing; POST …/confirm/ asks the gateway.',
    tag: 'billing',
    access: 'payments.read',
    params: z.object({ id: idOf('pay', 'The payment') }),
    response: Purchase,
  }),
  confirmPayment: endpoint({
    summary: 'Ask the gateway for the truth about a payment now',
    description: 'What the return page calls: no webhook is needed for a payment to arrive.',
    tag: 'billing',
    access: 'payments.confirm',
    params: z.object({ id: idOf('pay', 'The payment') }),
    response: Purchase,
    problems: ['gateway_unavailable'],
  }),
  cancelPayment: endpoint({
    summary: 'Give up a payment that waits for its payer',
    description: 'So that its invoices can be paid another way. Money that is on its way is left alone.',
    tag: 'billing',
    access: 'payments.confirm',
    params: z.object({ id: idOf('pay', 'The payment') }),
    response: Purchase,
    problems: ['payment_under_way', 'gateway_unavailable'],
  }),
};
