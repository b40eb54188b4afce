import { Anchor, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Amount } from '#web/components/amount.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { type AdminPayment, paymentState } from './admin-payment.ts';
import classes from './admin-payments.module.css';
import { usePaymentWords } from './payment-words.ts';

const shownMax = 5;

/** What the account has paid before: whoever has paid by transfer three times will have done so again. */
export function EarlierPayments({ payment, onOpen }: { payment: AdminPayment; onOpen: (paymentId: string) => void }) {
  const { adminPayments: texts, states } = useTexts();
  const words = usePaymentWords();
  const id = useId();
  const query = { account_id: payment.account.id, limit: shownMax + 1, sort: 'newest' } as const;
  const others = useQuery(endpointQuery('listAllPayments', { query }));
  const rows = others.data?.data.filter((other) => other.id !== payment.id).slice(0, shownMax);
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb="xs">
        {texts.earlier}
      </Title>
      {others.isPending && <LinesSkeleton lines={3} />}
      {rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          {texts.noEarlier}
        </Text>
      )}
      <ul className={classes['rows']}>
        {rows?.map((other) => (
          <li key={other.id}>
            <Group justify="space-between" gap="xs">
              <Group gap="xs">
                <StatusBadge state={states.payment[paymentState(other)]} size="sm" />
                <Anchor component="button" type="button" size="sm" onClick={() => onOpen(other.id)}>
                  {words.method(other)}
                </Anchor>
              </Group>
              <Group gap="sm">
                <Text size="xs" c="dimmed">
                  <RelativeTime at={other.created_at} />
                </Text>
                <Amount value={moneyFromWire(other.amount, other.currency)} size="sm" />
              </Group>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
