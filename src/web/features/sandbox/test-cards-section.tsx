import { Group, Table, Text } from '@mantine/core';
import type { Texts } from '#shared/texts/index.ts';
import { CopyButton } from '#web/components/copy-button.tsx';
import { Section } from '#web/components/section.tsx';
import { useTexts } from '#web/lib/reader.ts';

/** Stripe's published test numbers that the simulator knows, with what each of them does. */
const testCards: readonly { number: string; outcome: keyof Texts['sandbox']['cards'] }[] = [
  { number: '4242 4242 4242 4242', outcome: 'succeeds' },
  { number: '5555 5555 5555 4444', outcome: 'succeedsMastercard' },
  { number: '4000 0000 0000 0002', outcome: 'declined' },
  { number: '4000 0000 0000 9995', outcome: 'insufficientFunds' },
  { number: '4000 0000 0000 0069', outcome: 'expired' },
  { number: '4000 0000 0000 0127', outcome: 'incorrectCvc' },
  { number: '4000 0000 0000 0119', outcome: 'processingError' },
  { number: '4000 0000 0000 3220', outcome: 'threeDSecure' },
  { number: '4000 0084 0000 1629', outcome: 'threeDSecureDeclined' },
];

/** The cards to pay with in the sandbox. */
export function TestCardsSection() {
  const texts = useTexts().sandbox;
  return (
    <Section title={texts.cardsTitle} description={texts.cardsLead} flush>
      <Table aria-label={texts.cardsTitle} horizontalSpacing="lg">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.cardNumber}</Table.Th>
            <Table.Th>{texts.cardOutcome}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {testCards.map(({ number, outcome }) => (
            <Table.Tr key={number}>
              <Table.Td>
                <Group gap={4} wrap="nowrap">
                  <Text span size="sm" className="figures unbroken">
                    {number}
                  </Text>
                  <CopyButton value={number.replaceAll(' ', '')} what={texts.cardCopy(number)} />
                </Group>
              </Table.Td>
              <Table.Td>{texts.cards[outcome]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
