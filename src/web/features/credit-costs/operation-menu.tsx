import { ActionIcon, Button, Group, Menu, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useState } from 'react';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconChevronDown } from '#web/components/icons.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { type PricedOperation, useCostsRefresh } from './costs.ts';

/** What else can be done about an operation: a cost for a variant, other names, out of use and back. */
export function OperationMenu({ operation, onAddVariant }: { operation: PricedOperation; onAddVariant: () => void }) {
  const { creditCosts: texts, common } = useTexts();
  const refresh = useCostsRefresh();
  const [open, setOpen] = useState<'describe' | 'use' | null>(null);
  const close = () => setOpen(null);
  const isActive = operation.is_active;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={`${common.actions}: ${operation.name}`}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onAddVariant}>{texts.addVariant}</Menu.Item>
          <Menu.Item onClick={() => setOpen('describe')}>{texts.describe}</Menu.Item>
          <Menu.Item onClick={() => setOpen('use')}>{isActive ? texts.deactivate : texts.activate}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={open === 'describe'}
        onClose={close}
        title={texts.describeTitle(operation.name)}
        closeButtonProps={{ 'aria-label': common.close }}
      >
        <DescribeForm operation={operation} onDone={close} />
      </Modal>
      <ConfirmDialog
        opened={open === 'use'}
        onClose={close}
        title={(isActive ? texts.deactivateTitle : texts.activateTitle)(operation.name)}
        confirmLabel={isActive ? texts.deactivate : texts.activate}
        dangerous={isActive}
        {...(isActive ? { keepLabel: texts.deactivateKeep } : {})}
        onConfirm={async () => {
          await api('updateOperation', { params: { id: operation.id }, body: { is_active: !isActive } });
          await refresh();
        }}
      >
        {isActive ? texts.deactivateDetail : texts.activateDetail}
      </ConfirmDialog>
    </>
  );
}

function DescribeForm({ operation, onDone }: { operation: PricedOperation; onDone: () => void }) {
  const { creditCosts: texts, common } = useTexts();
  const refresh = useCostsRefresh();
  const { name, unit, description } = operation;
  const form = useForm({
    initialValues: { name, unit, description },
    validate: { name: isNotEmpty(texts.nameNeeded), unit: isNotEmpty(texts.unitNeeded) },
  });
  const describe = useFormMutation({
    form,
    send: (body) => api('updateOperation', { params: { id: operation.id }, body }),
    onSuccess: async () => {
      await refresh();
      showToast({ tone: 'good', message: texts.described });
      onDone();
    },
  });
  return (
    <form onSubmit={describe.submit} noValidate>
      <Stack gap="md">
        {describe.error !== null && <ErrorState error={describe.error} compact />}
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          maxLength={120}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={texts.unit}
          description={texts.unitHint}
          maxLength={40}
          autoComplete="off"
          {...form.getInputProps('unit')}
        />
        <Textarea
          label={texts.operationDescription}
          maxLength={500}
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={describe.isPending}>
            {texts.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
