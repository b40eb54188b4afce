import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { type SavedMethod, savedMethodName } from '#web/lib/saved-method-words.ts';
import { refreshSavedMethods } from './refresh-saved-methods.ts';

/** Asks before a method is forgotten, and says what takes its place. */
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
  const others = methods.filter((other) => other.id !== method?.id);
  const next = others.find((other) => !other.is_expired) ?? others[0];
  const isNeeded = method !== null && method.needed_by.length > 0 && next === undefined;
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
      <Text size="sm">{isNeeded ? texts.removeNeeded : texts.removeDetail}</Text>
      {method?.is_default === true && next !== undefined && (
        <Text size="sm" mt="xs">
          {texts.removeDefault(savedMethodName(texts, next))}
        </Text>
      )}
    </ConfirmDialog>
  );
}
