import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { Invoice } from '#web/lib/invoice-state.ts';

/** Who sold and who bought, as they stood when the invoice was issued. */
export function InvoiceParties({ invoice }: { invoice: Invoice }) {
  const texts = useTexts().invoices;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Party title={texts.seller} party={invoice.seller} />
      <Party title={texts.buyer} party={invoice.buyer} />
    </SimpleGrid>
  );
}

function Party({ title, party }: { title: string; party: Invoice['seller'] }) {
  const texts = useTexts().invoices;
  const format = useFormat();
  const { line1, line2, city, state, postal_code: postalCode, country } = party.address;
  const place = [postalCode, city, state].filter((part) => part !== null && part !== '').join(' ');
  const lines = [line1, line2, place, format.country(country), party.email];
  return (
    <Stack gap={2} component="section" aria-label={title}>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
        {party.name}
      </Text>
      {lines
        .filter((line) => line !== null && line !== '')
        .map((line) => (
          <Text key={line} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {line}
          </Text>
        ))}
      {party.tax_id !== null && <Text size="sm">{texts.taxId(party.tax_id)}</Text>}
    </Stack>
  );
}
