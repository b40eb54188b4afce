import { Button, Card, Grid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { useTexts } from '#web/lib/reader.ts';
import type { Purchase } from '../payment-view.ts';
import { DeclareForm } from './declare-form.tsx';
import { TransferDetails } from './transfer-details.tsx';
import { TransferSubject } from './transfer-subject.tsx';
import { TransferTimeline } from './transfer-timeline.tsx';

/** A payment that waits for a transfer: where to send the money, and the form that says it is sent. */
export function TransferStep({
  purchase,
  onDeclared,
  onGiveUp,
}: {
  purchase: Purchase;
  onDeclared: (purchase: Purchase) => Promise<void>;
  onGiveUp: () => Promise<void>;
}) {
  const texts = useTexts().purchase;
  const [asking, ask] = useDisclosure(false);
  const { payment } = purchase;
  const { transfer } = payment;
  if (transfer === null) return null;
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="xl">
          <TransferDetails payment={payment} transfer={transfer} />
          <DeclareForm payment={payment} transfer={transfer} onDeclared={onDeclared} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Card>
          <Stack gap="lg">
            <TransferSubject purchase={purchase} />
            <TransferTimeline payment={payment} />
            <Button variant="default" onClick={ask.open}>
              {texts.giveUp}
            </Button>
          </Stack>
        </Card>
      </Grid.Col>
      <ConfirmDialog
        opened={asking}
        onClose={ask.close}
        title={texts.giveUpTitle}
        confirmLabel={texts.giveUpConfirm}
        keepLabel={texts.giveUpKeep}
        dangerous
        onConfirm={onGiveUp}
      >
        <Text size="sm">{texts.giveUpDetail}</Text>
      </ConfirmDialog>
    </Grid>
  );
}
