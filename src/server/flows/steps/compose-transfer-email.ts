import { accountById } from '#server/modules/accounts/index.ts';
import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { amountDueMinor, type Invoice, invoiceById, linesOfInvoices } from '#server/modules/invoices/index.ts';
import {
  type EmailMessage,
  type EmailSeller,
  type EmailTemplates,
  type RenderedEmail,
  renderEmail,
} from '#server/modules/notifications/index.ts';
import {
  invoicesOfPayment,
  type Payment,
  paymentById,
  type Transfer,
  transferOf,
} from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import { calendarDateIn } from '#shared/time/index.ts';
import type { App } from '../app.ts';
import { adminPaymentUrl, invoicesUrl, invoiceUrl, paymentUrl } from './page-urls.ts';

/** The templates about bank transfers and wallets. */
export const transferTemplates = [
  'manual_payment_instructions',
  'manual_payment_reminder',
  'manual_payment_approved',
  'manual_payment_rejected',
  'proof_received',
] as const;

type TransferTemplate = (typeof transferTemplates)[number];

/** Everything an e-mail about a transfer is made from. */
type About = {
  readonly payment: Payment;
  readonly transfer: Transfer;
  readonly invoices: readonly Invoice[];
  readonly common: Pick<
    EmailTemplates['manual_payment_rejected'],
    'seller' | 'recipientName' | 'invoiceNumbers' | 'currency' | 'methodName' | 'reference'
  >;
};

/** Finds the words of a stored message about a transfer, as it is now. */
export async function composeTransferEmail(
  app: App,
  db: Db,
  message: EmailMessage & { readonly template: TransferTemplate },
  seller: EmailSeller,
): Promise<RenderedEmail> {
  const about = await gather(db, message, seller);
  const { payment, transfer, invoices, common } = about;
  switch (message.template) {
    case 'manual_payment_instructions':
    case 'manual_payment_reminder': {
      const zone = invoices[0]?.seller.timeZone ?? 'UTC';
      const { fields, instructions } = transfer.terms;
      const expiresOn = calendarDateIn(transfer.expiresAt ?? payment.createdAt, zone);
      const { amountMinor } = payment;
      const data = { ...common, amountMinor, fields, instructions, expiresOn, url: paymentUrl(app, payment.id) };
      return renderEmail(message.template, data, message.locale);
    }
    case 'manual_payment_approved': {
      const left = invoices.reduce((sum, invoice) => sum + amountDueMinor(invoice), 0n);
      const [invoice, ...others] = invoices;
      const url = invoice === undefined || others.length > 0 ? invoicesUrl(app) : invoiceUrl(app, invoice.id);
      const credits = await creditsOf(db, about);
      const data = { ...common, receivedMinor: payment.receivedMinor, amountDueMinor: left, credits, url };
      return renderEmail(message.template, data, message.locale);
    }
    case 'manual_payment_rejected': {
      const reason = transfer.review?.reason ?? '';
      const [invoice] = invoices;
      const url = invoice === undefined ? invoicesUrl(app) : invoiceUrl(app, invoice.id);
      return renderEmail(
        message.template,
        { ...common, amountMinor: payment.amountMinor, reason, url },
        message.locale,
      );
    }
    case 'proof_received': {
      const account = await accountById(db, payment.accountId);
      const data: EmailTemplates['proof_received'] = {
        ...common,
        recipientName: null,
        accountName: account.name,
        amountMinor: payment.amountMinor,
        transactionId: transfer.declaration?.transactionId ?? null,
        payerName: transfer.declaration?.payerName ?? null,
        proofs: transfer.proofs.length,
        isDuplicate: payment.attention?.startsWith('duplicate_transaction_id') === true,
        url: adminPaymentUrl(app, payment.id),
      };
      return renderEmail(message.template, data, message.locale);
    }
  }
}

async function gather(db: Db, message: EmailMessage, seller: EmailSeller): Promise<About> {
  const { accountId, data } = message;
  if (accountId === null || data.paymentId === undefined) throw new Error('The e-mail lacks the payment it is about.');
  const payment = await paymentById(db, accountId, data.paymentId);
  const transfer = await transferOf(db, payment.id);
  const invoices: Invoice[] = [];
  for (const part of await invoicesOfPayment(db, payment.id)) {
    invoices.push(await invoiceById(db, accountId, part.invoiceId));
  }
  return {
    payment,
    transfer,
    invoices,
    common: {
      seller,
      recipientName: (await accountById(db, accountId)).name,
      invoiceNumbers: invoices.flatMap((invoice) => (invoice.number === null ? [] : [invoice.number])),
      currency: payment.currency,
      methodName: transfer.terms.methodName,
      reference: transfer.reference ?? '',
    },
  };
}

/** The credits that its paid invoices bring; null when there are none. */
async function creditsOf(db: Db, { payment, invoices }: About): Promise<{ added: bigint; available: bigint } | null> {
  const paid = invoices.filter((invoice) => invoice.status === 'paid').map((invoice) => invoice.id);
  const lines = [...(await linesOfInvoices(db, paid)).values()].flat();
  const added = lines.reduce((sum, line) => sum + (line.credits ?? 0n), 0n);
  if (added === 0n) return null;
  return { added, available: (await creditBalanceOf(db, payment.accountId)).available };
}
