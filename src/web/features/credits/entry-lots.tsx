import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { TextLink } from '#web/components/links.tsx';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import classes from './credits.module.css';
import type { Explanation } from './entry-explanation.tsx';
import { signed } from './entry-words.ts';

type Lot = Explanation['lots'][number];

/** The credits an entry has moved, and where each came from: the invoice and payment, or the reason of staff. */
export function EntryLots({
  lots,
  entryId,
  onEntry,
}: {
  lots: readonly Lot[];
  entryId: string;
  onEntry: (entryId: string) => void;
}) {
  const texts = useTexts().credits;
  const format = useFormat();
  return (
    <ul className={classes['lots']}>
      {lots.map((lot) => (
        <li key={lot.id}>
          <Group justify="space-between" align="baseline" gap="sm" wrap="nowrap">
            <Text size="sm" fw={600}>
              {texts.lotOf(texts.kinds[lot.kind], format.instant(new Date(lot.granted_at)))}
            </Text>
            <Text size="sm" fw={600} className="figures unbroken">
              {signed(creditsFromWire(lot.change), format)}
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            {lot.expires_at === null
              ? texts.lotNeverExpires
              : texts.lotExpires(format.instant(new Date(lot.expires_at)))}
          </Text>
          <Source source={lot.source} />
          {lot.source.entry_id !== null && lot.source.entry_id !== entryId && (
            <GrantLink entryId={lot.source.entry_id} onEntry={onEntry} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Source({ source: { invoice, payment, reason } }: { source: Lot['source'] }) {
  const texts = useTexts().credits;
  const seesInvoices = useIsAllowed('invoices.read');
  return (
    <Stack gap={2}>
      {reason !== null && <Text size="sm">{texts.sourceReason(reason)}</Text>}
      {invoice !== null && (
        <Text size="sm">
          {texts.sourceInvoice(invoice.line)}
          {seesInvoices && (
            <>
              {' · '}
              <TextLink to="/account/invoices" search={{ invoice: invoice.id }} size="sm" underline="always">
                {invoice.number === null ? texts.draftInvoice : texts.toInvoice(invoice.number)}
              </TextLink>
            </>
          )}
        </Text>
      )}
      {payment !== null && (
        <Text size="sm">
          {texts.sourcePayment(
            texts.methods[payment.method] ?? payment.method,
            texts.gateways[payment.gateway] ?? payment.gateway,
          )}
          {payment.gateway_reference !== null && (
            <>
              {' · '}
              <Code style={{ overflowWrap: 'anywhere' }}>{payment.gateway_reference}</Code>
            </>
          )}
        </Text>
      )}
    </Stack>
  );
}

function GrantLink({ entryId, onEntry }: { entryId: string; onEntry: (entryId: string) => void }) {
  const texts = useTexts().credits;
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => onEntry(entryId)}>
      {texts.toGrant}
    </Anchor>
  );
}
