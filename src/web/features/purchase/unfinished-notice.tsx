import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconClock } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { isUnderWay } from '#web/lib/invoice-state.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';

/** A payment begun earlier, in a tab since closed for instance, so that nobody buys twice what is already open. */
export function UnfinishedNotice() {
  const texts = useTexts().purchase;
  const format = useFormat();
  const { data } = useQuery(endpointQuery('listInvoices', { query: { status: 'pending', limit: 5 } }));
  const unfinished = data?.data.find(
    (invoice) => invoice.open_payment_id !== null && invoice.number !== null && !isUnderWay(invoice),
  );
  if (unfinished === undefined || unfinished.number === null || unfinished.open_payment_id === null) return null;
  const amount = format.money(moneyFromWire(unfinished.amount_due, unfinished.currency));
  return (
    <Alert color="yellow" role="note" icon={<IconClock size={20} />} title={texts.unfinishedTitle}>
      <Group justify="space-between" gap="sm">
        <Text size="sm">{texts.unfinished(unfinished.number, amount)}</Text>
        <ButtonLink
          to="/account/credits/purchase"
          search={{ payment: unfinished.open_payment_id }}
          variant="default"
          size="xs"
        >
          {texts.finishPayment}
        </ButtonLink>
      </Group>
    </Alert>
  );
}
