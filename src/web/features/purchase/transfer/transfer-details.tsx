import { Card, Divider, Grid, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { decimalText } from '#shared/money/index.ts';
import { CopyButton } from '#web/components/copy-button.tsx';
import { IconClock } from '#web/components/icons.tsx';
import { Markdown } from '#web/components/markdown.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { useNow } from '#web/lib/now.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { Purchase } from '../payment-view.ts';
import classes from './transfer.module.css';

/** How the money of a payment is transferred. */
export type Transfer = NonNullable<Purchase['payment']['transfer']>;

/** Everything a payer needs in their banking app, each with a button that copies it. */
export function TransferDetails({ payment, transfer }: { payment: Purchase['payment']; transfer: Transfer }) {
  const texts = useTexts().transfers;
  const format = useFormat();
  const amount = moneyFromWire(payment.amount, payment.currency);
  return (
    <Card component="section" aria-label={texts.panelTitle(transfer.method_name)}>
      <Stack gap="lg">
        <div>
          <Title order={2}>{texts.panelTitle(transfer.method_name)}</Title>
          <Text size="sm" c="dimmed" maw="60ch" mt={4}>
            {texts.panelLead(format.money(amount))}
          </Text>
        </div>
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, xs: transfer.payment_code === null ? 12 : 8 }}>
            <dl className={classes['facts']}>
              <Fact label={texts.amount} copied={decimalText(amount)} large>
                {format.money(amount)}
              </Fact>
              <Fact label={texts.reference} copied={transfer.reference} large hint={texts.referenceHint}>
                {transfer.reference}
              </Fact>
            </dl>
          </Grid.Col>
          {transfer.payment_code !== null && (
            <Grid.Col span={{ base: 12, xs: 4 }}>
              <PaymentCode code={transfer.payment_code} />
            </Grid.Col>
          )}
        </Grid>
        {transfer.fields.length > 0 && (
          <section aria-label={texts.details}>
            <Title order={3} mb="xs">
              {texts.details}
            </Title>
            <dl className={classes['facts']}>
              {transfer.fields.map(({ label, value }) => (
                <Fact key={label} label={label} copied={value}>
                  {value}
                </Fact>
              ))}
            </dl>
          </section>
        )}
        {transfer.instructions !== null && transfer.instructions.trim() !== '' && (
          <section aria-label={texts.instructions}>
            <Title order={3} mb="xs">
              {texts.instructions}
            </Title>
            <Markdown source={transfer.instructions} />
          </section>
        )}
        {transfer.expires_at !== null && <Deadline at={transfer.expires_at} />}
      </Stack>
    </Card>
  );
}

function Fact({
  label,
  copied,
  large = false,
  hint,
  children,
}: {
  label: string;
  /** What the button copies: the figure alone where a banking app takes nothing else. */
  copied: string;
  large?: boolean;
  hint?: string;
  children: ReactNode;
}) {
  const texts = useTexts().transfers;
  return (
    <div className={classes['fact']} data-large={large || undefined}>
      <dt>{label}</dt>
      <dd>
        <div className={classes['value']}>
          <bdi className="figures">{children}</bdi>
          {hint !== undefined && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        <CopyButton value={copied} what={texts.copyOf(label)} />
      </dd>
    </div>
  );
}

/** The code a banking app reads. It is shown as an image, in which nothing can run. */
function PaymentCode({ code }: { code: NonNullable<Transfer['payment_code']> }) {
  const texts = useTexts().transfers;
  const words = texts.code[code.kind];
  return (
    <Stack gap="xs" align="center" component="figure" m={0}>
      <img
        className={classes['code']}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(code.svg)}`}
        alt={words.alt}
        width={176}
        height={176}
      />
      <Text component="figcaption" size="xs" c="dimmed" ta="center">
        {words.title}
      </Text>
      {code.kind === 'pix' && <CopyButton value={code.content} label={texts.copyCode} />}
    </Stack>
  );
}

function Deadline({ at }: { at: string }) {
  const texts = useTexts().transfers;
  const format = useFormat();
  const now = useNow();
  const instant = new Date(at);
  return (
    <>
      <Divider />
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconClock size={18} />
        <Text size="sm">{texts.deadline(format.instant(instant), format.relative(instant, now))}</Text>
      </Group>
    </>
  );
}
