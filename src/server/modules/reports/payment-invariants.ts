import { statesOf } from '#shared/state/index.ts';
import { isCollectable, paymentStates, type PaymentStatus } from '#server/modules/payments/index.ts';
import type { Invariant } from './invariant.ts';

const collectable = statesOf<PaymentStatus>(paymentStates)
  .filter((status) => isCollectable(status))
  .map((status) => `'${status}'`)
  .join(', ');

/** Payments: what became of the money, and that no invoice is collected twice. */
export const paymentInvariants: readonly Invariant[] = [
  {
    // More than its invoices needed goes back, or somebody has looked at it.
    name: 'money that arrived is allocated or in sight',
    tables: ['payments', 'payment_allocations', 'audit_entries'],
    offenders: `
      select 'payment ' || payment.id, format('it is %s, %s %s of which %s are allocated, and nobody is to look at it',
        payment.status, payment.received_minor, payment.currency, coalesce(allocated.amount_minor, 0))
      from purser.payments payment
      left join (
        select payment_id, sum(amount_minor) as amount_minor from purser.payment_allocations group by payment_id
      ) allocated on allocated.payment_id = payment.id
      where payment.attention is null
        and coalesce(allocated.amount_minor, 0) <> case payment.status when 'succeeded' then payment.received_minor else 0 end
        and not (payment.status = 'succeeded'
          and payment.received_minor - coalesce(allocated.amount_minor, 0) between 0 and payment.refunded_minor)
        and not (payment.status = 'succeeded' and coalesce(allocated.amount_minor, 0) < payment.received_minor
          and exists (
            select from purser.audit_entries entry
            where entry.subject_type = 'payment' and entry.subject_id = payment.id
              and entry.action = 'payment.attention_cleared'
          ))`,
  },
  {
    name: 'an invoice has one payment that can collect',
    tables: ['payment_invoices', 'payments'],
    offenders: `
      select 'invoice ' || invoice_id, format('%s payments can collect it', count(*))
      from purser.payment_invoices part join purser.payments payment on payment.id = part.payment_id
      where payment.status in (${collectable})
      group by invoice_id having count(*) > 1
      union all
      select 'payment ' || payment.id, format('it is %s, and its invoice says the contrary about collecting', payment.status)
      from purser.payment_invoices part join purser.payments payment on payment.id = part.payment_id
      where part.is_collectable <> (payment.status in (${collectable}))`,
  },
  {
    name: 'a payment is for what its invoices add up to',
    tables: ['payments', 'payment_invoices'],
    offenders: `
      select 'payment ' || payment.id, format('%s %s, and its invoices are given %s', payment.amount_minor,
        payment.currency, coalesce(sum(part.amount_minor), 0))
      from purser.payments payment left join purser.payment_invoices part on part.payment_id = payment.id
      group by payment.id having payment.amount_minor <> coalesce(sum(part.amount_minor), 0)`,
  },
];
