import { waitForTransfer } from '#server/modules/invoices/index.ts';
import { createPayment, type NewPayment, type PaymentOption } from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** A payment to be written down, by an option that is offered. */
export type PaymentToOpen = Omit<NewPayment, 'method' | 'gateway' | 'transfer'> & { readonly option: PaymentOption };

const dayMs = 24 * 60 * 60_000;

/** A payer is reminded so long before their transfer ends, or when half of a shorter time is over. */
const remindBeforeMs = 2 * dayMs;

/**
 * Writes a payment down before its gateway is called. A transfer keeps the terms of its option as they are now, and its
 * invoices wait as long as it does. Answers until when; null for what a gateway's own form asks.
 */
export async function openPayment(app: App, tx: Tx, payment: PaymentToOpen): Promise<Date | null> {
  const { option, ...parts } = payment;
  const { method, gateway } = option;
  if (option.terms === null) {
    await createPayment(tx, app, { ...parts, method, gateway });
    return null;
  }
  const termMs = option.terms.expiresAfterDays * dayMs;
  const now = app.clock.now();
  const expiresAt = new Date(now.getTime() + termMs);
  const remindAt = new Date(expiresAt.getTime() - Math.min(remindBeforeMs, termMs / 2));
  const terms = { ...option.terms, methodName: option.displayName, instructions: option.instructions };
  await createPayment(tx, app, { ...parts, method, gateway, transfer: { terms, expiresAt, remindAt } });
  for (const { invoiceId } of payment.invoices) await waitForTransfer(tx, invoiceId, expiresAt);
  return expiresAt;
}
