import { Group, Table, Text } from '@mantine/core';
import type { Texts } from '#shared/texts/index.ts';
import { CopyButton } from '#web/components/copy-button.tsx';
import { Section } from '#web/components/section.tsx';
import { useTexts } from '#web/lib/reader.ts';

/** The accounts that the PayPal simulator knows, with what each of them does. */
const testBuyers: readonly { email: string; outcome: keyof Texts['sandbox']['buyers'] }[] = [
  { email: 'buyer@example.com', outcome: 'pays' },
  { email: 'echeck@example.com', outcome: 'echeck' },
  { email: 'echeck-bounces@example.com', outcome: 'echeckBounces' },
  { email: 'review@example.com', outcome: 'review' },
  { email: 'declined@example.com', outcome: 'declined' },
  { email: 'cannot-pay@example.com', outcome: 'cannotPay' },
  { email: 'restricted@example.com', outcome: 'restricted' },
  { email: 'refused@example.com', outcome: 'refused' },
  { email: 'capture-declined@example.com', outcome: 'captureDeclined' },
  { email: 'capture-failed@example.com', outcome: 'captureFailed' },
  { email: 'refund-pending@example.com', outcome: 'refundPending' },
  { email: 'refund-fails@example.com', outcome: 'refundFails' },
  { email: 'saved-declined@example.com', outcome: 'savedDeclined' },
  { email: 'saved-closed@example.com', outcome: 'savedClosed' },
];

/** The PayPal accounts to pay with in the sandbox. */
export function TestBuyersSection() {
  const texts = useTexts().sandbox;
  return (
    <Section title={texts.buyersTitle} description={texts.buyersLead} flush>
      <Table aria-label={texts.buyersTitle} horizontalSpacing="lg">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.buyerEmail}</Table.Th>
            <Table.Th>{texts.cardOutcome}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {testBuyers.map(({ email, outcome }) => (
            <Table.Tr key={email}>
              <Table.Td>
                <Group gap={4} wrap="nowrap">
                  <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
                    {email}
                  </Text>
                  <CopyButton value={email} what={texts.cardCopy(email)} />
                </Group>
              </Table.Td>
              <Table.Td>{texts.buyers[outcome]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
