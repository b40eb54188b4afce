import { Alert, Button, Checkbox, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useState } from 'react';
import { CopyButton } from '#web/components/copy-button.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconLock, IconWarning } from '#web/components/icons.tsx';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import type { ApiKeys, KeyDraft, NewApiKey } from './api-keys.ts';

/** Makes a key and shows its secret once. */
export function CreateKeyDialog({
  keys,
  title,
  opened,
  onClose,
}: {
  keys: ApiKeys;
  title: string;
  opened: boolean;
  onClose: () => void;
}) {
  const { integration: texts, common } = useTexts();
  const [made, setMade] = useState<NewApiKey | null>(null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={made === null ? title : texts.createdTitle}
      closeButtonProps={{ 'aria-label': common.close }}
      // A click beside the dialog must not lose a secret that is shown only once.
      closeOnClickOutside={made === null}
      onExitTransitionEnd={() => setMade(null)}
    >
      {made === null ? (
        <KeyForm keys={keys} onCancel={onClose} onMade={setMade} />
      ) : (
        <KeySecret made={made} onDone={onClose} />
      )}
    </Modal>
  );
}

function KeyForm({
  keys,
  onCancel,
  onMade,
}: {
  keys: ApiKeys;
  onCancel: () => void;
  onMade: (key: NewApiKey) => void;
}) {
  const { integration: texts, common } = useTexts();
  const keyOf = useIdempotencyKey();
  const initialValues: KeyDraft = { name: '', scopes: ['read'] };
  const form = useForm({
    mode: 'uncontrolled',
    initialValues,
    validate: {
      name: isNotEmpty(texts.keyNameNeeded),
      scopes: (scopes) => (scopes.length === 0 ? texts.keyScopesNeeded : null),
    },
  });
  const create = useFormMutation({ form, send: (draft) => keys.create(draft, keyOf(draft)), onSuccess: onMade });
  return (
    <form onSubmit={create.submit} noValidate>
      <Stack gap="md">
        {create.error !== null && <ErrorState error={create.error} compact />}
        <TextInput
          label={texts.keyName}
          description={texts.keyNameHint}
          maxLength={80}
          autoComplete="off"
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label={texts.keyScopes} key={form.key('scopes')} {...form.getInputProps('scopes')}>
          <Stack gap="sm" mt={8}>
            {keys.scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={texts.scopes[scope]} description={texts.scopeDetails[scope]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {texts.createKey}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function KeySecret({ made, onDone }: { made: NewApiKey; onDone: () => void }) {
  const { integration: texts, common } = useTexts();
  return (
    <Stack gap="md">
      <Text size="sm" fw={600}>
        {made.name}
      </Text>
      {made.secret === null ? (
        <Alert color="yellow" icon={<IconWarning size={20} />}>
          {texts.createdReplayed}
        </Alert>
      ) : (
        <>
          <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {made.secret}
          </Code>
          <Alert color="yellow" icon={<IconLock size={20} />}>
            {texts.createdDetail}
          </Alert>
        </>
      )}
      <Group justify="flex-end" gap="sm">
        {made.secret !== null && <CopyButton value={made.secret} label={texts.copyKey} />}
        <Button onClick={onDone}>{common.done}</Button>
      </Group>
    </Stack>
  );
}
