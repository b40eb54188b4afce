import { Button, Card, Divider, Loader, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { type Credits, credits, type Money } from '#shared/money/index.ts';
import { Amount } from '#web/components/amount.tsx';
import { CreditCount } from '#web/components/credit-count.tsx';
import { IconLock } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';
import classes from './purchase-summary.module.css';

/** What happens at the click, in one sentence and in figures, and the button that does it. */
export function PurchaseSummary({
  name,
  isPackage,
  invoiceNumber,
  total,
  bought,
  balance,
  sentence,
  notice,
  action,
  foot,
}: {
  name: string;
  /** Whether the payer buys a package here, and does not pay an invoice over something else. */
  isPackage: boolean;
  invoiceNumber: string | null;
  total: Money;
  bought: Credits;
  balance: Credits | null;
  sentence: string;
  notice: ReactNode;
  /** What pays: our button, or PayPal's. */
  action: ReactNode;
  foot: string;
}) {
  const texts = useTexts().purchase;
  const titleId = useId();
  return (
    <Card component="section" aria-labelledby={titleId} className={classes['summary']}>
      <Stack gap="md">
        <Title order={2} id={titleId}>
          {texts.summaryTitle}
        </Title>
        <dl className={classes['rows']}>
          <Row label={isPackage ? texts.package : texts.for}>{name}</Row>
          {invoiceNumber !== null && (
            <Row label={texts.invoice}>
              <bdi>{invoiceNumber}</bdi>
            </Row>
          )}
          {bought > 0n && (
            <Row label={texts.creditsLabel}>
              <CreditCount units={bought} />
            </Row>
          )}
          {bought > 0n && balance !== null && (
            <>
              <Row label={texts.balanceNow}>
                <CreditCount units={balance} />
              </Row>
              <Row label={texts.balanceAfter}>
                <CreditCount units={credits(balance + bought)} />
              </Row>
            </>
          )}
        </dl>
        <Divider />
        <dl className={classes['rows']}>
          <Row label={texts.total} strong>
            <Amount value={total} />
          </Row>
        </dl>
        <Text size="sm">{sentence}</Text>
        {notice}
        {action}
        <Text size="xs" c="dimmed">
          {foot}
        </Text>
      </Stack>
    </Card>
  );
}

/**
 * The button that pays. It keeps its focus while it holds, so that a keyboard user is not thrown to the top of the page.
 */
export function PayButton({
  label,
  icon = <IconLock size={16} />,
  busy,
  ready,
  onPay,
}: {
  label: string;
  icon?: ReactNode;
  busy: boolean;
  ready: boolean;
  onPay: () => void;
}) {
  const texts = useTexts().purchase;
  const held = busy || !ready;
  return (
    <>
      <Button
        size="md"
        fullWidth
        aria-busy={busy || undefined}
        aria-disabled={held || undefined}
        className={classes['pay'] ?? ''}
        leftSection={busy ? <Loader size={16} color="currentcolor" aria-hidden="true" /> : icon}
        onClick={held ? undefined : onPay}
      >
        {busy ? texts.payingShort : label}
      </Button>
      <VisuallyHidden role="status">{busy ? texts.paying : ''}</VisuallyHidden>
    </>
  );
}

function Row({ label, strong = false, children }: { label: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className={classes['row']} data-strong={strong || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
