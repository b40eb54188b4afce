import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { type SavedMethod, savedMethodName } from '#web/lib/saved-method-words.ts';
import { refreshSavedMethods } from './refresh-saved-methods.ts';

/** Asks before a method is forgotten, and says what takes its place; or why it cannot be removed now. */
export function RemoveMethodDialog({
  method,
  methods,
  onClose,
}: {
  method: SavedMethod | null;
  methods: readonly SavedMethod[];
  onClose: () => void;
}) {
  const { savedMethods: texts } = useTexts();
  const queries = useQueryClient();
  const name = method === null ? '' : savedMethodName(texts, method);
  const next = successorOf(method, methods);
  if (method !== null && method.needed_by.length > 0 && next === undefined) {
    return <NeededDialog name={name} onClose={onClose} />;
  }
  return (
    <ConfirmDialog
      opened={method !== null}
      onClose={onClose}
      title={texts.removeTitle(name)}
      confirmLabel={texts.remove}
      keepLabel={texts.removeKeep}
      dangerous
      onConfirm={async () => {
        if (method === null) return;
        await api('removeSavedMethod', { params: { id: method.id } });
        await refreshSavedMethods(queries);
        showToast({ tone: 'good', message: texts.removed(name) });
      }}
    >
      <Text size="sm">{texts.removeDetail}</Text>
      {method?.is_default === true && next !== undefined && (
        <Text size="sm" mt="xs">
          {texts.removeDefault(savedMethodName(texts, next))}
        </Text>
      )}
    </ConfirmDialog>
  );
}

/** What the server makes the default when this one goes: the newest other that can still pay. */
function successorOf(method: SavedMethod | null, methods: readonly SavedMethod[]): SavedMethod | undefined {
  const others = methods.filter((other) => other.id !== method?.id);
  return others.find((other) => !other.is_expired) ?? others[0];
}

function NeededDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { savedMethods: texts, common } = useTexts();
  return (
    <Modal opened onClose={onClose} title={texts.neededTitle(name)} closeButtonProps={{ 'aria-label': common.close }}>
      <Stack gap="lg">
        <Text size="sm">{texts.removeNeeded}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {common.close}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
