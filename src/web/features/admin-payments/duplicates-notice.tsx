import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { IconWarning } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';
import type { AdminPayment } from './admin-payment.ts';

/** Warns that the same transfer seems to have been declared for other payments, and leads to them. */
export function DuplicatesNotice({
  payment: { duplicates },
  onOpen,
}: {
  payment: AdminPayment;
  onOpen: (paymentId: string) => void;
}) {
  const texts = useTexts().adminPayments;
  return (
    <Alert color="yellow" icon={<IconWarning size={20} />} title={texts.duplicates(duplicates.length)} role="note">
      <Stack gap="xs">
        <Text size="sm">{texts.duplicatesDetail}</Text>
        <Group gap="md">
          {duplicates.map(({ payment_id: id, account_name: name }) => (
            <Anchor
              key={id}
              component="button"
              type="button"
              size="sm"
              c="inherit"
              underline="always"
              onClick={() => onOpen(id)}
            >
              {texts.duplicateOf(name)}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Alert>
  );
}
