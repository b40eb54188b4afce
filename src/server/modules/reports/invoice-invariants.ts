import type { Invariant } from './invariant.ts';

/** Invoices: their numbers, what they add up to, what was paid on them, what that brought, and their documents. */
export const invoiceInvariants: readonly Invariant[] = [
  {
    name: 'the numbers of a month have no gap',
    tables: ['invoices', 'credit_notes', 'invoice_number_counters'],
    offenders: `
      select format('series %s-%s of seller %s', coalesce(issued.series, counter.series),
          coalesce(issued.period, counter.period), coalesce(issued.seller_id, counter.seller_id)),
        format('%s documents, numbered from %s to %s, and the counter stands at %s', coalesce(issued.documents, 0),
          issued.lowest, issued.highest, counter.last_number)
      from (
        select seller_id, series, period, count(*) as documents, min(sequence) as lowest, max(sequence) as highest
        from (
          select seller_id, series, period, sequence from purser.invoices where number is not null
          union all
          select seller_id, series, period, sequence from purser.credit_notes
        ) numbered
        group by seller_id, series, period
      ) issued
      full join purser.invoice_number_counters counter
        on (counter.seller_id, counter.series, counter.period) = (issued.seller_id, issued.series, issued.period)
      where (issued.lowest, issued.highest, counter.last_number) is distinct from (1::bigint, issued.documents, issued.documents)`,
  },
  {
    name: 'an invoice is the sum of its lines',
    tables: ['invoices', 'invoice_lines'],
    offenders: `
      select 'invoice ' || coalesce(invoice.number, invoice.id::text),
        format('it says %s and %s of tax, its lines %s and %s', invoice.subtotal_minor, invoice.tax_minor,
          coalesce(line.amount_minor, 0), coalesce(line.tax_minor, 0))
      from purser.invoices invoice
      left join (
        select invoice_id, sum(amount_minor) as amount_minor, sum(tax_minor) as tax_minor
        from purser.invoice_lines group by invoice_id
      ) line on line.invoice_id = invoice.id
      where (invoice.subtotal_minor, invoice.tax_minor) is distinct from
          (coalesce(line.amount_minor, 0), coalesce(line.tax_minor, 0))
        or invoice.total_minor <> invoice.subtotal_minor + invoice.tax_minor`,
  },
  {
    name: 'what is paid on an invoice was allocated to it',
    tables: ['invoices', 'payment_allocations'],
    offenders: `
      select 'invoice ' || coalesce(invoice.number, invoice.id::text),
        format('%s are paid, and %s were allocated', invoice.amount_paid_minor, coalesce(allocated.amount_minor, 0))
      from purser.invoices invoice
      left join (
        select invoice_id, sum(amount_minor) as amount_minor from purser.payment_allocations group by invoice_id
      ) allocated on allocated.invoice_id = invoice.id
      where invoice.amount_paid_minor <> coalesce(allocated.amount_minor, 0)`,
  },
  {
    name: 'an invoice is paid when nothing is due, and only then',
    tables: ['invoices'],
    offenders: `
      select 'invoice ' || coalesce(number, id::text),
        format('it is %s, and %s of %s are paid', status, amount_paid_minor, total_minor)
      from purser.invoices
      where (status = 'paid') <> (amount_paid_minor = total_minor) and not (status in ('draft', 'void') and total_minor = 0)
        or status = 'void' and amount_paid_minor > 0`,
  },
  {
    name: 'a paid line has brought its credits once',
    tables: ['invoice_lines', 'ledger_entries'],
    offenders: `
      select 'line ' || line.id, format('of invoice %s, which is %s: %s credits, and %s grants of %s credits together',
        invoice.number, invoice.status, line.credits, coalesce(granted.grants, 0), coalesce(granted.units, 0))
      from purser.invoice_lines line
      join purser.invoices invoice on invoice.id = line.invoice_id
      left join (
        select lot.source_id, count(*) as grants, sum(entry.units) as units
        from purser.credit_lots lot
        left join purser.ledger_entries entry
          on entry.account_id = lot.account_id and entry.reason_key = 'invoice_line:' || lot.source_id
        where lot.source_type = 'invoice_line'
        group by lot.source_id
      ) granted on granted.source_id = line.id
      where (coalesce(granted.grants, 0), coalesce(granted.units, 0)) is distinct from
        case when invoice.status = 'paid' and line.credits is not null then (1::bigint, line.credits::numeric)
          else (0::bigint, 0::numeric) end`,
  },
  {
    name: 'a document is there, or is being rendered',
    tables: ['invoices', 'invoice_documents', 'credit_notes', 'credit_note_documents'],
    offenders: `
      select 'credit note ' || note.number, 'its document is missing, and no job is to make it'
      from purser.credit_notes note
      left join purser.credit_note_documents document on document.credit_note_id = note.id
      where document.credit_note_id is null and not exists (
        select from purser_jobs.job
        where name = 'render-credit-note' and state in ('created', 'retry', 'active')
          and data ->> 'creditNoteId' = note.id::text
      )
      union all
      select 'invoice ' || wanted.number, format('its rendition “%s” is missing, and no job is to make it', wanted.rendition)
      from (
        select id, number, 'issued' as rendition from purser.invoices where status <> 'draft'
        union all
        select id, number, 'paid' from purser.invoices where status = 'paid'
      ) wanted
      left join purser.invoice_documents document
        on document.invoice_id = wanted.id and document.rendition = wanted.rendition
      where document.invoice_id is null and not exists (
        select from purser_jobs.job
        where name = 'render-invoice' and state in ('created', 'retry', 'active')
          and data ->> 'invoiceId' = wanted.id::text and data ->> 'rendition' = wanted.rendition
      )`,
  },
  {
    name: 'a file is what its hash says',
    tables: ['files'],
    offenders: `
      select 'file ' || id, format('%s: its content has another hash', filename)
      from purser.files where sha256(content) <> sha256`,
  },
];
