import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useFocusTrap } from '@mantine/hooks';
import { ErrorState } from '#web/components/error-state.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { bankLines } from './bank-lines.ts';
import type { TransferTerms } from './options.ts';
import classes from './payment-options.module.css';

/** Shows where the money goes now and where it would go, before that changes. */
export function BankDetailsChange({
  before,
  after,
  error,
  isPending,
  onBack,
  onConfirm,
}: {
  before: TransferTerms | null;
  after: TransferTerms | null;
  error: unknown;
  isPending: boolean;
  onBack: () => void;
  onConfirm: () => void;
}) {
  const texts = useTexts().paymentOptions;
  const focus = useFocusTrap();
  const codeNames: Readonly<Record<string, string>> = texts.code;
  const lines = bankLines(before, after, (member) => `${texts.paymentCode}: ${codeNames[member] ?? member}`);
  return (
    <Stack gap="md" ref={focus}>
      <Title order={3}>{texts.bankTitle}</Title>
      <Text size="sm">
        {texts.bankDetail} {texts.bankOpen}
      </Text>
      <Table.ScrollContainer minWidth={480} type="native">
        <Table withTableBorder verticalSpacing="xs" className={classes['change']}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{texts.bankField}</Table.Th>
              <Table.Th scope="col">{texts.bankBefore}</Table.Th>
              <Table.Th scope="col">{texts.bankAfter}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ label, before: was, after: will }) => (
              <Table.Tr key={label} data-changed={was !== will || undefined}>
                <Table.Th scope="row">{label}</Table.Th>
                <Table.Td>{was ?? texts.bankNone}</Table.Td>
                <Table.Td>{will ?? texts.bankGone}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {error !== null && <ErrorState error={error} compact />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onBack} disabled={isPending} data-autofocus>
          {texts.bankKeep}
        </Button>
        <Button color="red" onClick={onConfirm} loading={isPending}>
          {texts.bankConfirm}
        </Button>
      </Group>
    </Stack>
  );
}
