import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { useTexts } from '#web/lib/reader.ts';

/**
 * Asks before something is done that cannot be undone or that moves money. The confirming button repeats verb and
 * object, holds while `onConfirm` runs, and a refusal is shown in the dialog.
 */
export function ConfirmDialog({
  opened,
  onClose,
  title,
  children,
  confirmLabel,
  keepLabel,
  dangerous = false,
  onConfirm,
}: {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  keepLabel?: string;
  dangerous?: boolean;
  onConfirm: () => Promise<void>;
}) {
  const texts = useTexts().common;
  const confirm = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  const close = () => {
    if (confirm.isPending) return;
    confirm.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': texts.close }}>
      <Stack gap="lg">
        <div>{children}</div>
        {confirm.isError && <ErrorState error={confirm.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close} disabled={confirm.isPending} data-autofocus>
            {keepLabel ?? texts.cancel}
          </Button>
          <Button {...(dangerous ? { color: 'red' } : {})} loading={confirm.isPending} onClick={() => confirm.mutate()}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
