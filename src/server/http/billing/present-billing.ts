import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import {
  amountDueMinor,
  type CreditNote,
  type Invoice,
  type InvoiceLine,
  isOverdue,
  type Party,
  type PaymentError,
  todayOf,
} from '#server/modules/invoices/index.ts';
import {
  isCollectable,
  type MethodDetails,
  type Payment,
  type Refund,
  type Transfer,
  waitsForPayer,
} from '#server/modules/payments/index.ts';
import type { SyncedPayment } from '#server/flows/payments/sync-payment.ts';
import { presentCreditNote, presentRefund } from './present-refunds.ts';
import { presentTransfer } from './present-transfer.ts';

type InvoiceView = HandlerOutput<Contract['getInvoice']>;
type SummaryView = HandlerOutput<Contract['listInvoices']>['data'][number];
type PurchaseView = HandlerOutput<Contract['purchaseCredits']>;

/** An invoice as lists show it. */
export function presentSummary(
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  payments: readonly Payment[],
  now: Date,
): SummaryView {
  const open = payments.find((payment) => isCollectable(payment.status));
  return {
    id: invoice.id,
    number: invoice.number,
    status: invoice.status,
    is_overdue: isOverdue(invoice, todayOf(invoice, now)),
    issued_on: invoice.issuedOn,
    due_on: invoice.dueOn,
    paid_at: invoice.paidAt,
    expires_at: invoice.expiresAt,
    subtotal: invoice.subtotalMinor,
    tax: invoice.taxMinor,
    total: invoice.totalMinor,
    amount_paid: invoice.amountPaidMinor,
    amount_due: amountDueMinor(invoice),
    currency: invoice.currency,
    description: lines[0]?.description ?? '',
    open_payment_id: open?.id ?? null,
    open_payment_status: open?.status ?? null,
    last_payment_error: presentError(invoice.lastPaymentError),
  };
}

/** An invoice with everything on it. */
export function presentInvoice(
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  payments: readonly Payment[],
  transfers: ReadonlyMap<string, Transfer>,
  corrections: { readonly refunds: readonly Refund[]; readonly creditNotes: readonly CreditNote[] },
  now: Date,
): InvoiceView {
  return {
    ...presentSummary(invoice, lines, payments, now),
    lines: lines.map((line) => ({
      id: line.id,
      description: line.description,
      quantity: line.quantity,
      unit_amount: line.unitAmountMinor,
      amount: line.amountMinor,
      tax_category: line.taxCategory,
      tax_rate_basis_points: line.taxRateBasisPoints,
      tax: line.taxMinor,
      period_start: line.periodStart,
      period_end: line.periodEnd,
    })),
    seller: presentParty(invoice.seller),
    buyer: presentParty(invoice.buyer),
    payments: payments.map((payment) => presentPayment(payment, transfers.get(payment.id) ?? null)),
    refunds: corrections.refunds.map(presentRefund),
    credit_notes: corrections.creditNotes.map(presentCreditNote),
    voided_at: invoice.voidedAt,
    void_reason: invoice.voidReason,
  };
}

/** A payment. */
export function presentPayment(payment: Payment, transfer: Transfer | null): PurchaseView['payment'] {
  return {
    id: payment.id,
    status: payment.status,
    method: payment.method,
    gateway: payment.gateway,
    amount: payment.amountMinor,
    currency: payment.currency,
    method_details: payment.methodDetails === null ? null : presentMethodDetails(payment.methodDetails),
    last_payment_error: presentError(payment.lastError),
    created_at: payment.createdAt,
    succeeded_at: payment.succeededAt,
    amount_received: payment.receivedMinor,
    amount_refunded: payment.refundedMinor,
    saves_method: payment.keepsMethod,
    transfer: transfer === null ? null : presentTransfer(payment, transfer),
  };
}

/** What was paid with. */
export function presentMethodDetails(details: MethodDetails): NonNullable<PurchaseView['payment']['method_details']> {
  if (details.type === 'paypal') return { type: 'paypal', payer_email: details.payerEmail };
  return {
    type: 'card',
    brand: details.brand,
    last4: details.last4,
    exp_month: details.expMonth,
    exp_year: details.expYear,
  };
}

/** A purchase: its invoice, its payment, and what the payer does next. */
export function presentPurchase(synced: SyncedPayment, publishableKey: string | null, now: Date): PurchaseView {
  return {
    invoice: presentSummary(synced.invoice, synced.lines, synced.payments, now),
    invoices: synced.invoices.map(({ invoice, lines, payments }) => presentSummary(invoice, lines, payments, now)),
    payment: presentPayment(synced.payment, synced.transfer),
    next: nextStep(synced, publishableKey),
    credits: synced.credits,
    credits_available: synced.creditsAvailable,
  };
}

function nextStep(synced: SyncedPayment, publishableKey: string | null): PurchaseView['next'] {
  const { status, method } = synced.payment;
  if (status === 'succeeded') return { type: 'done' };
  if (status === 'awaiting_transfer') return { type: 'transfer' };
  if (waitsForPayer(status) && synced.clientSecret !== null && publishableKey !== null) {
    if (method === 'paypal') {
      return { type: 'approve_paypal', order_id: synced.clientSecret, client_id: publishableKey };
    }
    return { type: 'confirm_card', client_secret: synced.clientSecret, publishable_key: publishableKey };
  }
  // Without the gateway's word the payer has to ask for it first; money that waits for a person is waited for.
  if (waitsForPayer(status)) return { type: 'resume' };
  return isCollectable(status) ? { type: 'wait' } : { type: 'none' };
}

function presentParty(party: Party): InvoiceView['seller'] {
  return {
    name: party.name,
    email: party.email,
    tax_id: party.taxId,
    address: {
      line1: party.line1,
      line2: party.line2,
      city: party.city,
      state: party.state,
      postal_code: party.postalCode,
      country: party.country,
    },
  };
}

function presentError(error: PaymentError | null): SummaryView['last_payment_error'] {
  return error === null ? null : { code: error.code, message: error.message, at: error.at };
}
