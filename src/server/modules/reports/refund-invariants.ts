import type { Invariant } from './invariant.ts';

/** Refunds and disputes: the money that went back, the credits that left with it, and the credit notes that say so. */
export const refundInvariants: readonly Invariant[] = [
  {
    name: 'what was given back is the sum of the refunds',
    tables: ['payments', 'refunds'],
    offenders: `
      select 'payment ' || payment.id, format('it says %s of %s %s were given back, its refunds %s',
        payment.refunded_minor, payment.received_minor, payment.currency, coalesce(refunded.amount_minor, 0))
      from purser.payments payment
      left join (
        select payment_id, sum(amount_minor) as amount_minor from purser.refunds where status <> 'failed'
        group by payment_id
      ) refunded on refunded.payment_id = payment.id
      where payment.refunded_minor <> coalesce(refunded.amount_minor, 0)
        or payment.refunded_minor > payment.received_minor`,
  },
  {
    name: 'a refund corrects no more than its payment brought',
    tables: ['refund_invoices', 'payment_allocations'],
    offenders: `
      select 'payment ' || corrected.payment_id, format('refunds give back %s of invoice %s, to which it brought %s',
        corrected.amount_minor, corrected.invoice_id, coalesce(allocation.amount_minor, 0))
      from (
        select refund.payment_id, part.invoice_id, sum(part.amount_minor) as amount_minor
        from purser.refund_invoices part
        join purser.refunds refund on refund.id = part.refund_id and refund.status <> 'failed'
        group by refund.payment_id, part.invoice_id
      ) corrected
      left join purser.payment_allocations allocation
        on (allocation.payment_id, allocation.invoice_id) = (corrected.payment_id, corrected.invoice_id)
      where corrected.amount_minor > coalesce(allocation.amount_minor, 0)
      union all
      select 'refund ' || refund.id, format('it gives back %s and corrects %s', refund.amount_minor, part.amount_minor)
      from purser.refunds refund
      join (
        select refund_id, sum(amount_minor) as amount_minor from purser.refund_invoices group by refund_id
      ) part on part.refund_id = refund.id
      where part.amount_minor > refund.amount_minor`,
  },
  {
    // What a failed refund took has come back, so that it says nothing and its entries add up to nothing.
    name: 'a refund has taken back the credits it says',
    tables: ['refunds', 'ledger_entries'],
    offenders: `
      select 'refund ' || refund.id, format('it is %s and says %s credits, its entries %s', refund.status,
        refund.credits_taken_back, coalesce(taken.units, 0) - coalesce(given.units, 0))
      from purser.refunds refund
      left join purser.ledger_entries taken
        on taken.account_id = refund.account_id and taken.reason_key = 'clawback:' || refund.id
      left join purser.ledger_entries given
        on given.account_id = refund.account_id and given.reason_key = 'reinstatement:' || refund.id
      where refund.credits_taken_back <> coalesce(taken.units, 0) - coalesce(given.units, 0)`,
  },
  {
    name: 'a refund takes back nothing but what its payment bought',
    tables: ['ledger_entries', 'ledger_entry_lots', 'refunds'],
    offenders: `
      select 'entry ' || entry.id, format('it takes back credits of lot %s, which payment %s did not buy', part.lot_id,
        entry.details ->> 'payment_id')
      from purser.ledger_entries entry
      join purser.ledger_entry_lots part on part.entry_id = entry.id
      join purser.credit_lots lot on lot.id = part.lot_id
      where entry.kind in ('clawback', 'freeze') and not exists (
        select from purser.invoice_lines line
        join purser.payment_allocations allocation on allocation.invoice_id = line.invoice_id
        where line.id = lot.source_id and lot.source_type = 'invoice_line'
          and allocation.payment_id = (entry.details ->> 'payment_id')::uuid
      )`,
  },
  {
    name: 'a dispute freezes the credits it says',
    tables: ['disputes', 'dispute_lots', 'ledger_entries'],
    offenders: `
      select 'dispute ' || dispute.id, format('it is %s and says %s credits; its lots hold %s, its entries froze %s and freed %s',
        dispute.status, dispute.credits_frozen, coalesce(lots.units, 0), coalesce(frozen.units, 0), coalesce(freed.units, 0))
      from purser.disputes dispute
      left join (
        select dispute_id, sum(units) as units from purser.dispute_lots group by dispute_id
      ) lots on lots.dispute_id = dispute.id
      left join purser.ledger_entries frozen
        on frozen.account_id = dispute.account_id and frozen.reason_key = 'freeze:' || dispute.id
      left join purser.ledger_entries freed
        on freed.account_id = dispute.account_id and freed.reason_key = 'unfreeze:' || dispute.id
      where coalesce(frozen.units, 0) <> coalesce(lots.units, 0)
        or dispute.credits_frozen <> coalesce(frozen.units, 0) - coalesce(freed.units, 0)
        or dispute.closed_at is not null and coalesce(frozen.units, 0) <> coalesce(freed.units, 0)`,
  },
  {
    name: 'a credit note is the sum of its lines',
    tables: ['credit_notes', 'credit_note_lines'],
    offenders: `
      select 'credit note ' || note.number, format('it says %s and %s of tax, its lines %s and %s', note.subtotal_minor,
        note.tax_minor, coalesce(line.amount_minor, 0), coalesce(line.tax_minor, 0))
      from purser.credit_notes note
      left join (
        select credit_note_id, sum(amount_minor) as amount_minor, sum(tax_minor) as tax_minor
        from purser.credit_note_lines group by credit_note_id
      ) line on line.credit_note_id = note.id
      where (note.subtotal_minor, note.tax_minor) is distinct from
        (coalesce(line.amount_minor, 0), coalesce(line.tax_minor, 0))`,
  },
  {
    name: 'credit notes take back no more than the invoice says',
    tables: ['invoices', 'invoice_lines', 'credit_notes', 'credit_note_lines'],
    offenders: `
      select 'invoice ' || invoice.number, format('credit notes take back %s of the %s that were paid', sum(note.total_minor),
        invoice.amount_paid_minor)
      from purser.invoices invoice
      join purser.credit_notes note on note.invoice_id = invoice.id and note.voided_at is null
      group by invoice.id having sum(note.total_minor) > invoice.amount_paid_minor
      union all
      select 'line ' || line.id, format('credit notes take back %s and %s of tax of its %s and %s', sum(credited.amount_minor),
        sum(credited.tax_minor), line.amount_minor, line.tax_minor)
      from purser.invoice_lines line
      join purser.credit_note_lines credited on credited.invoice_line_id = line.id
      join purser.credit_notes note on note.id = credited.credit_note_id and note.voided_at is null
      group by line.id having sum(credited.amount_minor) > line.amount_minor or sum(credited.tax_minor) > line.tax_minor`,
  },
  {
    name: 'a refund that succeeded has its credit notes, and no other',
    tables: ['refunds', 'refund_invoices', 'credit_notes'],
    offenders: `
      select 'refund ' || refund.id, format('it is %s and gives back %s of invoice %s; its credit note says %s',
        refund.status, part.amount_minor, part.invoice_id, note.total_minor)
      from purser.refund_invoices part
      join purser.refunds refund on refund.id = part.refund_id
      left join purser.credit_notes note
        on (note.refund_id, note.invoice_id) = (part.refund_id, part.invoice_id) and note.voided_at is null
      where note.total_minor is distinct from case refund.status when 'succeeded' then part.amount_minor end
      union all
      select 'credit note ' || note.number, 'it corrects an invoice its refund does not give back'
      from purser.credit_notes note
      where not exists (
        select from purser.refund_invoices part
        where (part.refund_id, part.invoice_id) = (note.refund_id, note.invoice_id)
      )`,
  },
];
