import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import type { App } from '#server/flows/app.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { amountDueMinor, creditNotesOfRefunds, invoiceById } from '#server/modules/invoices/index.ts';
import {
  disputedMinor,
  disputesOfPayments,
  duplicatesOf,
  invoicesOfPayment,
  type Payment,
  paymentById,
  refundableMinor,
  refundsOfPayments,
  transfersOf,
} from '#server/modules/payments/index.ts';
import { type Db, inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { presentPayment } from '../billing/present-billing.ts';
import { presentCreditNote, presentRefund } from '../billing/present-refunds.ts';
import { presentDispute } from './present-dispute.ts';

type AdminPaymentView = HandlerOutput<Contract['getAnyPayment']>;

/** A payment of any account as staff see it; read in system scope. */
export async function presentAdminPayment(db: Db, payment: Payment): Promise<AdminPaymentView> {
  const account = await accountById(db, payment.accountId);
  const invoices: AdminPaymentView['invoices'] = [];
  for (const part of await invoicesOfPayment(db, payment.id)) {
    const invoice = await invoiceById(db, account.id, part.invoiceId);
    invoices.push({
      id: invoice.id,
      number: invoice.number,
      amount: part.amountMinor,
      amount_due: amountDueMinor(invoice),
    });
  }
  return {
    ...presentPayment(payment, (await transfersOf(db, [payment.id])).get(payment.id) ?? null),
    account: { id: account.id, name: account.name, country: account.country },
    invoices,
    gateway_reference: payment.gatewayReference,
    attention: payment.attention,
    duplicates: await duplicates(db, payment),
    ...(await corrections(db, payment, account.name)),
  };
}

/** Other payments that name the same transaction. */
async function duplicates(db: Db, payment: Payment): Promise<AdminPaymentView['duplicates']> {
  const found = (await duplicatesOf(db, [payment.id])).get(payment.id) ?? [];
  return found.map(({ paymentId, accountName }) => ({ payment_id: paymentId, account_name: accountName }));
}

/** One payment of any account as staff see it. @throws NotFound */
export async function readAdminPayment(app: App, paymentId: string): Promise<AdminPaymentView> {
  // System scope: staff look at payments of any account.
  return await inRead(app, 'system', async (db) => {
    const row = await db.selectFrom('payments').select('account_id').where('id', '=', paymentId).executeTakeFirst();
    if (row === undefined) throw new NotFound('payment');
    return await presentAdminPayment(db, await paymentById(db, row.account_id, paymentId));
  });
}

/** What went back of a payment, and what may. */
async function corrections(
  db: Db,
  payment: Payment,
  accountName: string,
): Promise<Pick<AdminPaymentView, 'refunds' | 'credit_notes' | 'disputes' | 'refundable'>> {
  const refunds = (await refundsOfPayments(db, [payment.id])).get(payment.id) ?? [];
  const refundIds = refunds.map((refund) => refund.id);
  const notes = await creditNotesOfRefunds(db, refundIds);
  const disputes = (await disputesOfPayments(db, [payment.id])).get(payment.id) ?? [];
  return {
    refunds: refunds.map(presentRefund),
    credit_notes: notes.map(presentCreditNote),
    disputes: disputes.map((dispute) => presentDispute(dispute, accountName)),
    refundable: refundableMinor({ ...payment, disputedMinor: await disputedMinor(db, payment.id) }),
  };
}
