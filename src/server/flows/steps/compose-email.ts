import { accountById } from '#server/modules/accounts/index.ts';
import { creditBalanceOf } from '#server/modules/credits/index.ts';
import {
  amountDueMinor,
  type Invoice,
  type InvoiceLine,
  invoiceById,
  linesOf,
  type Seller,
  sellerOf,
} from '#server/modules/invoices/index.ts';
import {
  type EmailMessage,
  type EmailSeller,
  type EmailTemplates,
  type RenderedEmail,
  renderEmail,
} from '#server/modules/notifications/index.ts';
import { allocationsOfInvoice, type Payment, paymentById } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import { textsFor } from '#shared/texts/index.ts';
import { calendarDateIn } from '#shared/time/index.ts';
import type { App } from '../app.ts';
import { composeCardEmail } from './compose-card-email.ts';
import { composeCreditEmail } from './compose-credit-email.ts';
import { composeRefundEmail } from './compose-refund-email.ts';
import { addressLines } from './invoice-document.ts';
import { invoiceUrl, paymentUrl } from './page-urls.ts';
import { paidWith } from './paid-with.ts';
import { composeTransferEmail } from './compose-transfer-email.ts';

/** Finds the words of a stored message: what it is about, as it is now. */
export async function composeEmail(app: App, db: Db, message: EmailMessage): Promise<RenderedEmail> {
  const seller = await sellerOf(db);
  const common = { seller: emailSeller(seller, message.locale), recipientName: message.data.name ?? null };
  switch (message.template) {
    case 'verify_email':
    case 'reset_password': {
      const link = { email: message.recipient, url: needed(message.data.url), timeZone: seller.timeZone };
      const expiresAt = new Date(needed(message.data.expiresAt));
      return renderEmail(message.template, { ...common, ...link, expiresAt }, message.locale);
    }
    case 'invoice_created': {
      const about = await aboutInvoice(db, message);
      const data: EmailTemplates['invoice_created'] = {
        ...common,
        ...about.shown,
        amountDueMinor: amountDueMinor(about.invoice),
        issuedOn: needed(about.invoice.issuedOn),
        dueOn: needed(about.invoice.dueOn),
        payUrl: invoiceUrl(app, about.invoice.id),
      };
      return renderEmail('invoice_created', data, message.locale);
    }
    case 'payment_success': {
      const about = await aboutInvoice(db, message);
      const payment = await aboutPayment(db, message);
      const data: EmailTemplates['payment_success'] = {
        ...common,
        ...about.shown,
        amountMinor: await broughtTo(db, about.invoice, payment),
        paidOn: calendarDateIn(needed(payment.succeededAt), about.invoice.seller.timeZone),
        methodText: await paidWith(db, payment),
        amountDueMinor: amountDueMinor(about.invoice),
        credits: await creditsOf(db, about.invoice, about.lines),
        invoiceUrl: invoiceUrl(app, about.invoice.id),
      };
      return renderEmail('payment_success', data, message.locale);
    }
    case 'refund_issued':
    case 'dispute_opened':
      return await composeRefundEmail(app, db, message, common.seller);
    case 'manual_payment_instructions':
    case 'manual_payment_reminder':
    case 'manual_payment_approved':
    case 'manual_payment_rejected':
    case 'proof_received':
      return await composeTransferEmail(app, db, { ...message, template: message.template }, common.seller);
    case 'credits_low':
    case 'credits_included_used':
    case 'top_up_failed':
    case 'top_up_cap_reached':
      return await composeCreditEmail(app, db, message, common.seller);
    case 'card_expiring':
      return await composeCardEmail(app, db, message, common.seller);
    case 'payment_failed': {
      const about = await aboutInvoice(db, message);
      const payment = await aboutPayment(db, message);
      const data: EmailTemplates['payment_failed'] = {
        ...common,
        ...about.shown,
        amountMinor: payment.amountMinor,
        reason: payment.lastError?.message ?? '',
        finishUrl: paymentUrl(app, payment.id),
      };
      return renderEmail('payment_failed', data, message.locale);
    }
  }
}

type AboutInvoice = {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
  readonly shown: Pick<
    EmailTemplates['invoice_created'],
    'invoiceNumber' | 'currency' | 'lines' | 'totalMinor' | 'recipientName'
  >;
};

async function aboutInvoice(db: Db, message: EmailMessage): Promise<AboutInvoice> {
  const accountId = needed(message.accountId);
  const invoice = await invoiceById(db, accountId, needed(message.data.invoiceId));
  const lines = await linesOf(db, invoice.id);
  const account = await accountById(db, accountId);
  return {
    invoice,
    lines,
    shown: {
      invoiceNumber: needed(invoice.number),
      currency: invoice.currency,
      lines: lines.map(({ description, quantity, amountMinor }) => ({ description, quantity, amountMinor })),
      totalMinor: invoice.totalMinor,
      recipientName: account.name,
    },
  };
}

async function aboutPayment(db: Db, message: EmailMessage): Promise<Payment> {
  return await paymentById(db, needed(message.accountId), needed(message.data.paymentId));
}

/** What a payment has brought to the invoice, in minor units: it may be for several. */
async function broughtTo(db: Db, invoice: Invoice, payment: Payment): Promise<bigint> {
  const allocations = await allocationsOfInvoice(db, invoice.id);
  return allocations.find(({ paymentId }) => paymentId === payment.id)?.amountMinor ?? payment.amountMinor;
}

async function creditsOf(
  db: Db,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
): Promise<EmailTemplates['payment_success']['credits']> {
  const added = lines.reduce((sum, line) => sum + (line.credits ?? 0n), 0n);
  if (added === 0n) return null;
  return { added, available: (await creditBalanceOf(db, invoice.accountId)).available };
}

function emailSeller(seller: Seller, locale: string): EmailSeller {
  const lines = addressLines(seller, textsFor(locale).locale);
  return { name: seller.name, addressLines: lines, ...(seller.website === null ? {} : { website: seller.website }) };
}

/** What a message of this template always has; a message without it is our mistake. */
function needed<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('The e-mail lacks something it is about.');
  return value;
}
