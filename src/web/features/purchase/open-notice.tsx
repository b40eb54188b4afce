import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Money } from '#shared/money/index.ts';
import { Amount } from '#web/components/amount.tsx';
import { IconInvoice } from '#web/components/icons.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './open-notice.module.css';

/**
 * Stands in the place of the packages while invoices are paid: what is open, when a purchase ends unpaid, and the way to
 * another package.
 */
export function OpenNotice({
  invoices,
  leftOut,
  total,
  onChooseOther,
}: {
  invoices: readonly InvoiceSummary[];
  /** Invoices that were named too, and cannot be paid now. */
  leftOut: readonly InvoiceSummary[];
  total: Money;
  /** Null while the payment is under way, and where no package can be chosen. */
  onChooseOther: (() => void) | null;
}) {
  const texts = useTexts().purchase;
  const format = useFormat();
  const [invoice, ...others] = invoices;
  if (invoice === undefined || invoice.status !== 'pending') return null;
  if (others.length > 0) return <SeveralInvoices invoices={invoices} leftOut={leftOut} total={total} />;
  const { number, expires_at: expiresAt } = invoice;
  return (
    <Alert color="blue" role="note" icon={<IconInvoice size={20} />} title={texts.openPaymentTitle(number ?? '')}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw="65ch">
          {texts.openPayment(format.money(total))}
          {expiresAt !== null && ` ${texts.voidedOn(format.instant(new Date(expiresAt)))}`}{' '}
          <LeftOut leftOut={leftOut} />
        </Text>
        {onChooseOther !== null && expiresAt !== null && (
          <Button variant="default" size="xs" onClick={onChooseOther}>
            {texts.chooseOther}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

function SeveralInvoices({
  invoices,
  leftOut,
  total,
}: {
  invoices: readonly InvoiceSummary[];
  leftOut: readonly InvoiceSummary[];
  total: Money;
}) {
  const texts = useTexts().purchase;
  const format = useFormat();
  return (
    <Card component="section" aria-label={texts.invoicesToPay}>
      <Stack gap="sm">
        <div>
          <Title order={2}>{texts.openSeveralTitle(format.count(invoices.length))}</Title>
          <Text size="sm" c="dimmed" mt={4}>
            {texts.openSeveral(format.money(total))} <LeftOut leftOut={leftOut} />
          </Text>
        </div>
        <ul className={classes['list']}>
          {invoices.map((invoice) => (
            <li key={invoice.id} className={classes['line']}>
              <div>
                <Text size="sm" fw={500}>
                  <bdi>{invoice.number}</bdi>
                </Text>
                <Text size="sm" c="dimmed" className={classes['about']}>
                  {invoice.description}
                </Text>
              </div>
              <Amount value={moneyFromWire(invoice.amount_due, invoice.currency)} size="sm" fw={500} />
            </li>
          ))}
        </ul>
      </Stack>
    </Card>
  );
}

function LeftOut({ leftOut }: { leftOut: readonly InvoiceSummary[] }) {
  const texts = useTexts().purchase;
  const { locale } = useFormat();
  const numbers = leftOut.flatMap(({ number }) => (number === null ? [] : [number]));
  return numbers.length === 0 ? null : texts.leftOut(new Intl.ListFormat(locale).format(numbers));
}
