import { type Invoice, invoiceById, linesOf } from '#server/modules/invoices/index.ts';
import { allocationsOfInvoice, type Payment, paymentsOfInvoices, transfersOf } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import type { DocumentFacts, ReceivedPayment } from './invoice-document.ts';
import { paidWith } from './paid-with.ts';

/** Everything the document of an invoice shows. @throws NotFound when the account has no such invoice */
export async function gatherInvoiceFacts(
  db: Db,
  { accountId, invoiceId }: { readonly accountId: string; readonly invoiceId: string },
): Promise<Omit<DocumentFacts, 'payUrl'>> {
  const invoice = await invoiceById(db, accountId, invoiceId);
  const payments = (await paymentsOfInvoices(db, [invoiceId])).get(invoiceId) ?? [];
  return {
    invoice,
    lines: await linesOf(db, invoiceId),
    received: await receivedFor(db, invoiceId, payments),
    transfer: await transferAtIssue(db, invoice, payments),
  };
}

/** The transfer an invoice was issued to be paid by: what is paid otherwise later does not change the document. */
async function transferAtIssue(
  db: Db,
  invoice: Invoice,
  payments: readonly Payment[],
): Promise<DocumentFacts['transfer']> {
  const { issuedAt } = invoice;
  const payment = payments.find((candidate) => issuedAt !== null && candidate.createdAt <= issuedAt);
  const transfer = payment === undefined ? undefined : (await transfersOf(db, [payment.id])).get(payment.id);
  return payment === undefined || transfer === undefined ? null : { payment, transfer };
}

/** What the payments have brought to this very invoice: one payment may be for several, and bring less than was asked. */
async function receivedFor(db: Db, invoiceId: string, payments: readonly Payment[]): Promise<ReceivedPayment[]> {
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const received: ReceivedPayment[] = [];
  for (const { paymentId, amountMinor } of await allocationsOfInvoice(db, invoiceId)) {
    const payment = byId.get(paymentId);
    if (payment === undefined) throw new Error(`Payment ${paymentId} was allocated to an invoice it is not for.`);
    received.push({ payment, amountMinor, paidWith: await paidWith(db, payment) });
  }
  return received;
}
