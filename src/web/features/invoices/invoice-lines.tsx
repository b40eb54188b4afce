import { Table, Text } from '@mantine/core';
import { rateText } from '#shared/texts/index.ts';
import { Amount } from '#web/components/amount.tsx';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './invoice-details.module.css';
import type { Invoice } from '#web/lib/invoice-state.ts';

type Line = Invoice['lines'][number];

/** The lines and the sums under them, which add up to the last digit. */
export function InvoiceLines({ invoice }: { invoice: Invoice }) {
  const texts = useTexts().invoices;
  return (
    <section aria-label={texts.lines}>
      <Table className={classes['lines'] ?? ''} aria-label={texts.lines} horizontalSpacing={0}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.description}</Table.Th>
            <Table.Th data-figures>{texts.quantity}</Table.Th>
            <Table.Th data-figures>{texts.unitAmount}</Table.Th>
            <Table.Th data-figures>{texts.lineTax}</Table.Th>
            <Table.Th data-figures>{texts.lineAmount}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoice.lines.map((line) => (
            <LineRow key={line.id} line={line} currency={invoice.currency} />
          ))}
        </Table.Tbody>
      </Table>
      <InvoiceSums invoice={invoice} />
    </section>
  );
}

function LineRow({ line, currency }: { line: Line; currency: string }) {
  const texts = useTexts().invoices;
  const format = useFormat();
  return (
    <Table.Tr>
      <Table.Td>
        {line.description}
        {line.period_start !== null && line.period_end !== null && (
          <Text size="xs" c="dimmed">
            {texts.period(format.date(line.period_start), format.date(line.period_end))}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-figures data-label={texts.quantity}>
        {format.credits(creditsFromWire(line.quantity))}
      </Table.Td>
      <Table.Td data-figures data-label={texts.unitAmount}>
        <Amount value={moneyFromWire(line.unit_amount, currency)} />
      </Table.Td>
      <Table.Td data-figures data-label={texts.lineTax}>
        {rateText(line.tax_rate_basis_points, format.locale)}
      </Table.Td>
      <Table.Td data-figures data-label={texts.lineAmount}>
        <Amount value={moneyFromWire(line.amount, currency)} />
      </Table.Td>
    </Table.Tr>
  );
}

function InvoiceSums({ invoice }: { invoice: Invoice }) {
  const texts = useTexts().invoices;
  const sums = [
    { label: texts.subtotal, value: invoice.subtotal },
    { label: texts.tax, value: invoice.tax },
    { label: texts.total, value: invoice.total, strong: true },
    { label: texts.paid, value: invoice.amount_paid },
    { label: texts.amountDue, value: invoice.amount_due, strong: true },
  ];
  return (
    <dl className={classes['sums']}>
      {sums.map(({ label, value, strong }) => (
        <div key={label} data-strong={strong}>
          <dt>{label}</dt>
          <dd>
            <Amount value={moneyFromWire(value, invoice.currency)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
