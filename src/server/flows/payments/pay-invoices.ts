import type { Currency } from '#shared/money/index.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { amountDueMinor, type Invoice, invoiceById, lockInvoice } from '#server/modules/invoices/index.ts';
import {
  goesOnBy,
  invoicesOfPayment,
  isCollectable,
  mustNotEnd,
  offeredOption,
  type Payment,
  type PaymentOption,
  paymentOptionsFor,
  paymentsOfInvoices,
  PaymentUnderWay,
  type WayToPay,
} from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { type Db, inRead, inTransaction, type Tx } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import {
  claimIdempotencyKey,
  findIdempotentResult,
  type IdempotentRequest,
} from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';
import { endPayment } from '../steps/end-payment.ts';
import { type MeansOfPayment, meansOfPayment } from '../steps/means-of-payment.ts';
import { openPayment } from '../steps/open-payment.ts';
import { type SyncedPayment, syncWithGateway } from '../steps/sync-with-gateway.ts';

/** Which invoices are to be paid by one payment, and how. */
export type InvoicesToPay = {
  /** One to twenty, each once. */
  readonly invoiceIds: readonly string[];
  /** By which method: one the payer gives, or a saved one. */
  readonly way: WayToPay;
  /** The endpoint: one for a single invoice, one for several. */
  readonly operation: 'payInvoice' | 'payInvoices';
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

/** One payment is in one currency. */
class InvoiceCurrenciesDiffer extends DomainError {
  constructor(currencies: readonly string[]) {
    super(
      'currency_mismatch',
      `These invoices are in ${currencies.join(' and ')}. Pay those of one currency together, and the others by a payment of their own.`,
    );
  }
}

/**
 * Pays what is due on pending invoices by one payment. There is one payment that can collect per invoice: the same
 * payment is gone on with, whoever started it; another one that waits for its payer is ended first.
 *
 * @throws NotFound, InvoiceNotPayable, InvoiceCurrenciesDiffer, PaymentMethodUnavailable, SavedMethodUnknown,
 * PaymentUnderWay, IdempotencyKeyReused, GatewayUnavailable
 */
export async function payInvoices(app: App, actor: Actor, order: InvoicesToPay): Promise<SyncedPayment> {
  authorize(actor, 'invoices.pay');
  const accountId = accountIdOf(actor);
  const scope = { account: accountId };
  const request: IdempotentRequest = { ...order.request, owner: `account:${accountId}`, operation: order.operation };
  const earlier = await inRead(app, scope, (db) => findIdempotentResult(db, request));
  if (earlier !== null) return await syncWithGateway(app, { accountId, paymentId: earlier }, 'purchase');
  await endOthers(app, accountId, order);
  const paymentId = await inTransaction(app, scope, (tx) => findOrOpen(app, tx, actor, accountId, order, request));
  return await syncWithGateway(app, { accountId, paymentId }, 'purchase');
}

/** Ends what else was open for these invoices, once it is sure that the new payment can be made. */
async function endOthers(app: App, accountId: string, order: InvoicesToPay): Promise<void> {
  const others = await inRead(app, { account: accountId }, async (db) => {
    const open = await openPayments(db, order);
    if (open.same !== null) return [];
    const invoices: Invoice[] = [];
    for (const id of order.invoiceIds) invoices.push(await invoiceById(db, accountId, id));
    await decide(app, db, accountId, order, invoices);
    return open.others;
  });
  for (const other of others) {
    if (mustNotEnd(other)) throw new PaymentUnderWay(other);
    await endPayment(app, { accountId, paymentId: other.id }, 'superseded');
  }
}

/** The payments that can still collect for these invoices: the very one that is wanted, and all others. */
async function openPayments(db: Db, order: InvoicesToPay): Promise<{ same: Payment | null; others: Payment[] }> {
  const byId = new Map<string, Payment>();
  for (const payments of (await paymentsOfInvoices(db, order.invoiceIds)).values()) {
    for (const payment of payments) if (isCollectable(payment.status)) byId.set(payment.id, payment);
  }
  let same: Payment | null = null;
  for (const payment of byId.values()) {
    if (!goesOnBy(payment, order.way)) continue;
    const parts = await invoicesOfPayment(db, payment.id);
    const isForThese = parts.length === order.invoiceIds.length && byId.size === 1;
    if (isForThese && parts.every((part) => order.invoiceIds.includes(part.invoiceId))) same = payment;
  }
  return { same, others: [...byId.values()].filter((payment) => payment.id !== same?.id) };
}

/** Decides what would be paid, and by which option. */
async function decide(
  app: App,
  db: Db,
  accountId: string,
  order: InvoicesToPay,
  invoices: readonly Invoice[],
): Promise<{ option: PaymentOption; means: MeansOfPayment; currency: Currency; totalMinor: bigint }> {
  const unpayable = invoices.find((invoice) => amountDueMinor(invoice) === 0n);
  if (unpayable !== undefined) throw new InvoiceNotPayable(unpayable);
  const [currency, ...moreCurrencies] = [...new Set(invoices.map((invoice) => invoice.currency))];
  if (currency === undefined) throw new RangeError('A payment is for at least one invoice.');
  if (moreCurrencies.length > 0) throw new InvoiceCurrenciesDiffer([currency, ...moreCurrencies]);
  const totalMinor = invoices.reduce((sum, invoice) => sum + amountDueMinor(invoice), 0n);
  const { country } = await accountById(db, accountId);
  const options = await paymentOptionsFor(db, country, app.gateways, { currency, amountMinor: totalMinor });
  const option = offeredOption(options, order.way.method);
  return { option, means: await meansOfPayment(app, db, accountId, option, order.way), currency, totalMinor };
}

async function findOrOpen(
  app: App,
  tx: Tx,
  actor: Actor,
  accountId: string,
  order: InvoicesToPay,
  request: IdempotentRequest,
): Promise<string> {
  const invoices: Invoice[] = [];
  // Always in the same order, so that two payments of the same invoices do not wait for each other.
  for (const id of order.invoiceIds.toSorted()) invoices.push(await lockInvoice(tx, accountId, id));
  const { same, others } = await openPayments(tx, order);
  const paymentId = same?.id ?? app.ids.next();
  const claim = await claimIdempotencyKey(tx, { ...request, accountId, resultId: paymentId, now: app.clock.now() });
  if (!claim.fresh) return claim.resultId;
  if (same !== null) return same.id;
  const [other] = others;
  if (other !== undefined) throw new PaymentUnderWay(other);
  const { option, means, currency, totalMinor } = await decide(app, tx, accountId, order, invoices);
  await openPayment(app, tx, {
    id: paymentId,
    accountId,
    option,
    ...means,
    currency,
    invoices: invoices.map((invoice) => ({ invoiceId: invoice.id, amountMinor: amountDueMinor(invoice) })),
  });
  await appendAudit(tx, app, {
    accountId,
    actor,
    action: 'invoice.payment_started',
    subjectType: 'payment',
    subjectId: paymentId,
    details: {
      invoice: invoices.map((invoice) => invoice.number).join(', '),
      method: option.method,
      amount_minor: totalMinor.toString(),
      currency,
    },
  });
  return paymentId;
}
