import { ScrollArea, Stack, Table, Text } from '@mantine/core';
import { Section } from '#web/components/section.tsx';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { CreditBalance } from './balance-card.tsx';

type Lot = CreditBalance['lots'][number];

const lotsMax = 100;

/** The lots that are not used up, in the order they are spent in. */
export function LotsSection({ lots }: { lots: readonly Lot[] }) {
  const texts = useTexts().credits;
  return (
    <Section title={texts.lots} description={texts.lotsDetail} flush>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': texts.lots }}>
        <Table aria-label={texts.lots} verticalSpacing="sm" horizontalSpacing="lg">
          <Table.Thead>
            <Table.Tr>
              <Heading>{texts.columnOrder}</Heading>
              <Heading>{texts.columnKind}</Heading>
              <Heading isFigure>{texts.columnRemaining}</Heading>
              <Heading>{texts.columnGranted}</Heading>
              <Heading>{texts.columnExpires}</Heading>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lots.map((lot, index) => (
              <LotRow key={lot.id} lot={lot} place={index + 1} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {lots.length === lotsMax && (
        <Text size="sm" c="dimmed" px="lg" pb="md">
          {texts.lotsMax}
        </Text>
      )}
    </Section>
  );
}

function Heading({ children, isFigure = false }: { children: string; isFigure?: boolean }) {
  return (
    <Table.Th scope="col" fz="xs" c="dimmed" ta={isFigure ? 'end' : 'start'}>
      {children}
    </Table.Th>
  );
}

function LotRow({ lot, place }: { lot: Lot; place: number }) {
  const texts = useTexts().credits;
  const format = useFormat();
  return (
    <Table.Tr>
      <Table.Td c="dimmed">{format.count(place)}.</Table.Td>
      <Table.Td fw={600} className="unbroken">
        {texts.kinds[lot.kind]}
      </Table.Td>
      <Table.Td ta="end">
        <Stack gap={0}>
          <Text span size="sm" fw={600} className="figures">
            {format.credits(creditsFromWire(lot.remaining))}
          </Text>
          <Text span size="xs" c="dimmed" className="figures unbroken">
            {texts.ofUnits(format.credits(creditsFromWire(lot.units)))}
            {lot.held > 0 && `, ${texts.heldOfLot(format.credits(creditsFromWire(lot.held)))}`}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td className="unbroken">
        <InstantText at={lot.granted_at} />
      </Table.Td>
      <Table.Td className="unbroken">
        {lot.expires_at === null ? (
          <Text span size="sm" c="dimmed">
            {texts.never}
          </Text>
        ) : (
          <InstantText at={lot.expires_at} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function InstantText({ at }: { at: string }) {
  return <time dateTime={at}>{useFormat().instant(new Date(at))}</time>;
}
