import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Amount } from '#web/components/amount.tsx';
import { CreditCount } from '#web/components/credit-count.tsx';
import { IconCircleCheck, IconDownload } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { Purchase } from './payment-view.ts';
import classes from './purchase-summary.module.css';

/** What the payment has brought: the credits, the new balance and the invoice. */
export function PaidDialog({ purchase, onDone }: { purchase: Purchase; onDone: () => void }) {
  const { purchase: texts, common } = useTexts();
  const format = useFormat();
  const { invoice, payment } = purchase;
  const bought = creditsFromWire(purchase.credits);
  return (
    <Modal opened onClose={onDone} title={texts.paidTitle} size="md" closeButtonProps={{ 'aria-label': common.close }}>
      <Stack gap="lg">
        <Group gap="md" wrap="nowrap">
          <Text span c="green" lh={0}>
            <IconCircleCheck size={40} />
          </Text>
          <Stack gap={2}>
            <Text fw={600} fz="lg">
              {bought > 0n ? texts.paidCredits(format.credits(bought)) : texts.paidInFull(invoice.number ?? '')}
            </Text>
            <Text size="sm" c="dimmed">
              {texts.receiptSent}
            </Text>
          </Stack>
        </Group>
        <dl className={classes['rows']}>
          <Row label={texts.paidAmount}>
            <Amount value={moneyFromWire(payment.amount, payment.currency)} />
          </Row>
          {bought > 0n && (
            <Row label={texts.newBalance}>
              <CreditCount units={creditsFromWire(purchase.credits_available)} />
            </Row>
          )}
          {invoice.number !== null && (
            <Row label={texts.paidInvoice}>
              <TextLink to="/account/invoices" search={{ invoice: invoice.id }} inherit>
                <bdi>{invoice.number}</bdi>
              </TextLink>
            </Row>
          )}
        </dl>
        <Group justify="space-between">
          <Button
            component="a"
            href={endpointUrl('getInvoicePdf', { id: invoice.id })}
            download
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            {texts.downloadPdf}
          </Button>
          <Button onClick={onDone} data-autofocus>
            {texts.done}
          </Button>
        </Group>
      </Stack>
    </Modal>
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
