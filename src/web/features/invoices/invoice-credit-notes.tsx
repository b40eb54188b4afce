import { ActionIcon, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { money } from '#shared/money/index.ts';
import { Amount } from '#web/components/amount.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { IconDownload } from '#web/components/icons.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import type { Invoice } from '#web/lib/invoice-state.ts';
import { useTexts } from '#web/lib/reader.ts';
import classes from './invoice-details.module.css';

type CreditNote = Invoice['credit_notes'][number];

/** The credit notes that correct an invoice, each with its PDF; nothing where there is none. */
export function InvoiceCreditNotes({ invoice }: { invoice: Invoice }) {
  const texts = useTexts().invoices;
  if (invoice.credit_notes.length === 0) return null;
  return (
    <section aria-label={texts.creditNotes}>
      <Title order={3} mb="xs">
        {texts.creditNotes}
      </Title>
      <Stack gap="sm">
        {invoice.credit_notes.map((note) => (
          <CreditNoteRow key={note.id} note={note} />
        ))}
      </Stack>
    </section>
  );
}

function CreditNoteRow({ note }: { note: CreditNote }) {
  const texts = useTexts().invoices;
  const { amountMinor, currency } = moneyFromWire(note.total, note.currency);
  const label = texts.creditNotePdf(note.number);
  return (
    <div className={classes['payment']}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Text size="sm" fw={500}>
            <bdi>{note.number}</bdi>
          </Text>
          <Text size="sm" c="dimmed">
            <DateText date={note.issued_on} />
          </Text>
        </Group>
        <Group gap="sm">
          <Amount value={money(-amountMinor, currency)} size="sm" fw={500} />
          <Tooltip label={label}>
            <ActionIcon
              component="a"
              href={endpointUrl('getCreditNotePdf', { id: note.id })}
              download
              variant="subtle"
              color="gray"
              aria-label={label}
            >
              <IconDownload />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {note.voided_at !== null && (
        <Text size="sm" c="dimmed" mt={4}>
          {texts.creditNoteVoided}
        </Text>
      )}
    </div>
  );
}
