import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTexts } from '#web/lib/reader.ts';

/** Asks before the page is left while a payment is under way; a move within the page is no leaving. */
export function LeaveGuard({ busy }: { busy: boolean }) {
  const { purchase: texts, common } = useTexts();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => busy && current.pathname !== next.pathname,
    enableBeforeUnload: () => busy,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={texts.leaveTitle}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="lg">
        <Text>{texts.leave}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {texts.leaveGo}
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            {texts.leaveStay}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
