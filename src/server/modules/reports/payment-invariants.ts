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
    name: 'money that arrived is allocated or in sight',
    tables: ['payments', 'payment_allocations'],
    offenders: `
      select 'payment ' || payment.id, format('it is %s, %s %s of which %s are allocated, and nobody is to look at it',
        payment.status, payment.amount_minor, payment.currency, coalesce(allocated.amount_minor, 0))
      from purser.payments payment
      left join (
        select payment_id, sum(amount_minor) as amount_minor from purser.payment_allocations group by payment_id
      ) allocated on allocated.payment_id = payment.id
      where payment.attention is null and coalesce(allocated.amount_minor, 0) <>
        case payment.status when 'succeeded' then payment.amount_minor else 0 end`,
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
