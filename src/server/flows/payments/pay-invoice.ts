import { accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { amountDueMinor, type Invoice, lockInvoice } from '#server/modules/invoices/index.ts';
import {
  createPayment,
  isCollectable,
  PaymentMethodUnavailable,
  paymentOptionsFor,
  paymentsOfInvoices,
} from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inRead, inTransaction, type Tx } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import {
  claimIdempotencyKey,
  findIdempotentResult,
  type IdempotentRequest,
} from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';
import { type SyncedPayment, syncWithGateway } from '../steps/sync-with-gateway.ts';

/** Which invoice is to be paid, and how. */
export type InvoiceToPay = {
  readonly invoiceId: string;
  /** The method of a payment option: `card`. */
  readonly method: string;
  readonly request: Pick<IdempotentRequest, 'key' | 'bodyHash'>;
};

/** The invoice is a draft, paid, void or written off. */
class InvoiceNotPayable extends DomainError {
  constructor(invoice: Invoice) {
    super(
      'invoice_not_payable',
      `Invoice ${invoice.number ?? ''} is ${invoice.status}: there is nothing to pay on it.`,
      {
        members: { status_of_invoice: invoice.status },
      },
    );
  }
}

/**
 * Pays what is due on a pending invoice. There is one payment that can collect per invoice: one that is open already is
 * gone on with, whoever started it.
 *
 * @throws NotFound, InvoiceNotPayable, PaymentMethodUnavailable, IdempotencyKeyReused, GatewayUnavailable
 */
export async function payInvoice(app: App, actor: Actor, order: InvoiceToPay): Promise<SyncedPayment> {
  authorize(actor, 'invoices.pay');
  const accountId = accountIdOf(actor);
  const request: IdempotentRequest = { ...order.request, owner: `account:${accountId}`, operation: 'payInvoice' };
  const earlier = await inRead(app, { account: accountId }, (db) => findIdempotentResult(db, request));
  const paymentId =
    earlier ??
    (await inTransaction(app, { account: accountId }, (tx) => openPayment(app, tx, actor, accountId, order, request)));
  return await syncWithGateway(app, { accountId, paymentId }, 'purchase');
}

async function openPayment(
  app: App,
  tx: Tx,
  actor: Actor,
  accountId: string,
  order: InvoiceToPay,
  request: IdempotentRequest,
): Promise<string> {
  const invoice = await lockInvoice(tx, accountId, order.invoiceId);
  const payments = (await paymentsOfInvoices(tx, [invoice.id])).get(invoice.id) ?? [];
  const open = payments.find((payment) => isCollectable(payment.status));
  const paymentId = open?.id ?? app.ids.next();
  const claim = await claimIdempotencyKey(tx, { ...request, accountId, resultId: paymentId, now: app.clock.now() });
  if (!claim.fresh) return claim.resultId;
  if (open !== undefined) return open.id;
  if (amountDueMinor(invoice) === 0n) throw new InvoiceNotPayable(invoice);
  const account = await accountById(tx, accountId);
  const options = await paymentOptionsFor(tx, account.country, new Set(app.gateways.keys()));
  const option = options.find((candidate) => candidate.method === order.method);
  if (option === undefined) {
    throw new PaymentMethodUnavailable(
      order.method,
      options.map((candidate) => candidate.method),
    );
  }
  await createPayment(tx, app, {
    id: paymentId,
    accountId,
    method: option.method,
    gateway: option.gateway,
    currency: invoice.currency,
    invoices: [{ invoiceId: invoice.id, amountMinor: amountDueMinor(invoice) }],
  });
  await appendAudit(tx, app, {
    accountId,
    actor,
    action: 'invoice.payment_started',
    subjectType: 'payment',
    subjectId: paymentId,
    details: { invoice: invoice.number, amount_minor: amountDueMinor(invoice).toString(), currency: invoice.currency },
  });
  return paymentId;
}
