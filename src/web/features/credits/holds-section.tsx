import { ScrollArea, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CreditCount } from '#web/components/credit-count.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { Section } from '#web/components/section.tsx';
import { creditsFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import type { CreditBalance } from './balance-card.tsx';
import { operationWords } from './entry-words.ts';

/** What is set aside, for which operation, and when it comes back by itself. */
export function HoldsSection({ holds }: { holds: CreditBalance['holds'] }) {
  const texts = useTexts().credits;
  const { data: operations } = useQuery(endpointQuery('listOperations'));
  const nameOf = (code: string) => operations?.data.find((operation) => operation.code === code)?.name ?? code;
  return (
    <Section title={texts.holds} description={texts.holdsDetail} flush>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': texts.holds }}>
        <Table aria-label={texts.holds} verticalSpacing="sm" horizontalSpacing="lg">
          <Table.Thead>
            <Table.Tr>
              {[texts.columnOperation, texts.columnReference, texts.columnEnds].map((title) => (
                <Table.Th key={title} scope="col" fz="xs" c="dimmed">
                  {title}
                </Table.Th>
              ))}
              <Table.Th scope="col" fz="xs" c="dimmed" ta="end">
                {texts.columnHeld}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {holds.map((hold) => (
              <Table.Tr key={hold.id}>
                <Table.Td fw={600}>{operationWords(nameOf(hold.operation), hold.variant)}</Table.Td>
                <Table.Td>{hold.reference}</Table.Td>
                <Table.Td>
                  <RelativeTime at={hold.expires_at} />
                </Table.Td>
                <Table.Td ta="end" fw={600}>
                  <CreditCount units={creditsFromWire(hold.credits)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Section>
  );
}
