import { accountById } from '#server/modules/accounts/index.ts';
import { invoiceById } from '#server/modules/invoices/index.ts';
import {
  gatewayCustomerOf,
  invoicesOfPayment,
  type Payment,
  paymentById,
  savedMethodById,
} from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import type { Question } from './ask-gateway.ts';

/** Gathers what is needed to ask the gateway about a payment of the account. @throws NotFound */
export async function paymentQuestion(db: Db, accountId: string, paymentId: string): Promise<Question> {
  const payment = await paymentById(db, accountId, paymentId);
  const account = await accountById(db, accountId);
  const parts = await invoicesOfPayment(db, payment.id);
  const numbers: string[] = [];
  for (const part of parts) {
    const invoice = await invoiceById(db, accountId, part.invoiceId);
    if (invoice.number !== null) numbers.push(invoice.number);
  }
  return {
    payment,
    account,
    savedMethodReference: await savedMethodReferenceOf(db, payment),
    customerReference: await gatewayCustomerOf(db, accountId, payment.gateway),
    description: numbers.join(', '),
  };
}

async function savedMethodReferenceOf(db: Db, payment: Payment): Promise<string | null> {
  if (payment.savedMethodId === null) return null;
  return (await savedMethodById(db, payment.accountId, payment.savedMethodId)).gatewayReference;
}
