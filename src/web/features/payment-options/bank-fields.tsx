import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronUp, IconPlus, IconTrash } from '#web/components/icons.tsx';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './payment-options.module.css';
import type { OptionForm } from './use-option-form.ts';

const fieldsMax = 12;

/** The bank details line by line, as the payer copies them. */
export function BankFields({ form }: { form: OptionForm }) {
  const texts = useTexts().paymentOptions;
  const { fields } = form.values;
  return (
    <Fieldset
      legend={texts.fields}
      variant="unstyled"
      classNames={{ root: classes['fieldset'] ?? '', legend: classes['legend'] ?? '' }}
    >
      <Stack gap="xs" mt={4}>
        <Text size="xs" c="dimmed">
          {texts.fieldsHint}
        </Text>
        {fields.map((_, index) => (
          <FieldLine key={index} form={form} index={index} />
        ))}
        {fields.length < fieldsMax && (
          <Group>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => form.insertListItem('fields', { label: '', value: '' })}
            >
              {texts.addField}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

function FieldLine({ form, index }: { form: OptionForm; index: number }) {
  const texts = useTexts().paymentOptions;
  const format = useFormat();
  const position = format.count(index + 1);
  const typed = form.values.fields[index]?.label.trim() ?? '';
  const name = typed === '' ? texts.unnamedField(position) : typed;
  return (
    <div className={classes['line']}>
      <TextInput
        aria-label={texts.fieldLabelOf(position)}
        placeholder={texts.fieldLabel}
        maxLength={60}
        autoComplete="off"
        {...form.getInputProps(`fields.${String(index)}.label`)}
      />
      <TextInput
        aria-label={typed === '' ? texts.fieldValueOf(position) : typed}
        placeholder={texts.fieldValue}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps(`fields.${String(index)}.value`)}
      />
      <Group gap={4} wrap="nowrap">
        {index === 0 ? (
          <span className={classes['noButton']} />
        ) : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={texts.moveFieldUp(name)}
            onClick={() => form.reorderListItem('fields', { from: index, to: index - 1 })}
          >
            <IconChevronUp size={16} />
          </ActionIcon>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={texts.removeField(name)}
          onClick={() => form.removeListItem('fields', index)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </div>
  );
}
