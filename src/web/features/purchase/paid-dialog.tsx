import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Money, money } from '#shared/money/index.ts';
import { Amount } from '#web/components/amount.tsx';
import { CreditCount } from '#web/components/credit-count.tsx';
import { IconCircleCheck, IconClock, IconDownload } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { Purchase } from './payment-view.ts';
import classes from './purchase-summary.module.css';

/** What the payment has brought: the credits, the new balance and the invoices, or what is still due on them. */
export function PaidDialog({
  purchase,
  onDone,
  onPayRest,
}: {
  purchase: Purchase;
  onDone: () => void;
  /** Hears which invoices are still to be paid. */
  onPayRest: (invoiceIds: string[]) => void;
}) {
  const { purchase: texts, common } = useTexts();
  const format = useFormat();
  const { invoice, invoices, payment } = purchase;
  const unpaid = invoices.filter((each) => each.status === 'pending' && each.amount_due > 0);
  const rest = unpaid.length === 0 ? null : restOf(unpaid, payment.currency);
  return (
    <Modal
      opened
      onClose={onDone}
      title={rest === null ? texts.paidTitle : texts.paidPartlyTitle}
      size="md"
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="lg">
        <Outcome purchase={purchase} rest={rest} />
        <PaidFigures purchase={purchase} rest={rest} />
        <Group justify="space-between">
          {invoices.length === 1 ? (
            <Button
              component="a"
              href={endpointUrl('getInvoicePdf', { id: invoice.id })}
              download
              variant="default"
              leftSection={<IconDownload size={16} />}
            >
              {texts.downloadPdf}
            </Button>
          ) : (
            <TextLink to="/account/invoices">{texts.toInvoices}</TextLink>
          )}
          {rest === null ? (
            <Button onClick={onDone} data-autofocus>
              {texts.done}
            </Button>
          ) : (
            <Button onClick={() => onPayRest(unpaid.map(({ id }) => id))} data-autofocus>
              {texts.payRest(format.money(rest))}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Outcome({ purchase, rest }: { purchase: Purchase; rest: Money | null }) {
  const texts = useTexts().purchase;
  const format = useFormat();
  const { invoice, invoices, payment } = purchase;
  const bought = creditsFromWire(purchase.credits);
  const received = format.money(moneyFromWire(payment.amount_received, payment.currency));
  const words =
    rest !== null
      ? texts.paidPartly(received, format.money(rest))
      : bought > 0n
        ? texts.paidCredits(format.credits(bought))
        : invoices.length > 1
          ? texts.paidSeveral(format.count(invoices.length))
          : texts.paidInFull(invoice.number ?? '');
  return (
    <Group gap="md" wrap="nowrap">
      <Text span c={rest === null ? 'green' : 'yellow'} lh={0}>
        {rest === null ? <IconCircleCheck size={40} /> : <IconClock size={40} />}
      </Text>
      <Stack gap={2}>
        <Text fw={600} fz="lg">
          {words}
        </Text>
        <Text size="sm" c="dimmed">
          {rest === null ? texts.receiptSent : texts.paidPartlyHint}
        </Text>
      </Stack>
    </Group>
  );
}

function PaidFigures({ purchase, rest }: { purchase: Purchase; rest: Money | null }) {
  const texts = useTexts().purchase;
  const { invoices, payment } = purchase;
  const paid = rest === null ? payment.amount : payment.amount_received;
  return (
    <dl className={classes['rows']}>
      <Row label={texts.paidAmount}>
        <Amount value={moneyFromWire(paid, payment.currency)} />
      </Row>
      {rest !== null && (
        <Row label={texts.stillDue}>
          <Amount value={rest} />
        </Row>
      )}
      {rest === null && purchase.credits > 0 && (
        <Row label={texts.newBalance}>
          <CreditCount units={creditsFromWire(purchase.credits_available)} />
        </Row>
      )}
      <Row label={invoices.length === 1 ? texts.paidInvoice : texts.paidInvoices}>
        {invoices.map((invoice) => (
          <InvoiceNumber key={invoice.id} invoice={invoice} />
        ))}
      </Row>
    </dl>
  );
}

function InvoiceNumber({ invoice }: { invoice: InvoiceSummary }) {
  return (
    <div>
      <TextLink to="/account/invoices" search={{ invoice: invoice.id }} inherit>
        <bdi>{invoice.number}</bdi>
      </TextLink>
    </div>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes['row']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function restOf(unpaid: readonly InvoiceSummary[], currency: string): Money {
  const { currency: known } = moneyFromWire(0, currency);
  return money(
    unpaid.reduce((sum, invoice) => sum + BigInt(invoice.amount_due), 0n),
    known,
  );
}
