import { Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { showToast } from '#web/components/toasts.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { type SavedMethod, savedMethodName } from '#web/lib/saved-method-words.ts';
import { CardSetup } from './card-setup.tsx';
import { PaypalSetup } from './paypal-setup.tsx';
import { refreshSavedMethods } from './refresh-saved-methods.ts';

/** A method that can be saved. */
export type Addable = ApiResult<'listSavedMethods'>['addable'][number];

/** Saves a card or PayPal, by the gateway's own form. */
export function AddMethodDialog({
  addable,
  opened,
  onClose,
}: {
  addable: readonly Addable[];
  opened: boolean;
  onClose: () => void;
}) {
  const { savedMethods: texts, common } = useTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.addTitle}
      closeButtonProps={{ 'aria-label': common.close }}
      // What was typed into the gateway's form must not be lost by a click beside it.
      closeOnClickOutside={false}
    >
      <Setups addable={addable} onDone={onClose} />
    </Modal>
  );
}

function Setups({ addable, onDone }: { addable: readonly Addable[]; onDone: () => void }) {
  const { savedMethods: texts } = useTexts();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(addable[0]?.method ?? '');
  const option = addable.find((candidate) => candidate.method === chosen);
  const onSaved = async (method: SavedMethod | null) => {
    await refreshSavedMethods(queries);
    if (method !== null) showToast({ tone: 'good', message: texts.savedToast(savedMethodName(texts, method)) });
    onDone();
  };
  return (
    <Stack gap="md">
      {addable.length > 1 && (
        <SegmentedControl
          fullWidth
          aria-label={texts.chooseKind}
          value={chosen}
          onChange={setChosen}
          data={addable.map((candidate) => ({ value: candidate.method, label: candidate.display_name }))}
        />
      )}
      <Text size="sm" c="dimmed">
        {option?.method === 'paypal' ? texts.addPaypalDetail : texts.addCardDetail}
      </Text>
      {option !== undefined && <Setup option={option} onSaved={onSaved} onCancel={onDone} />}
    </Stack>
  );
}

type SetupProps = {
  option: Addable;
  onSaved: (method: SavedMethod | null) => Promise<void>;
  onCancel: () => void;
};

function Setup({ option, onSaved, onCancel }: SetupProps) {
  if (option.publishable_key === null) return null;
  return option.method === 'paypal' ? (
    <PaypalSetup clientId={option.publishable_key} onSaved={onSaved} onCancel={onCancel} />
  ) : (
    <CardSetup method={option.method} publishableKey={option.publishable_key} onSaved={onSaved} onCancel={onCancel} />
  );
}
