import { Group, Input, SegmentedControl, Text, Textarea } from '@mantine/core';
import { useId, useState } from 'react';
import { Markdown } from '#web/components/markdown.tsx';
import { useTexts } from '#web/lib/reader.ts';
import classes from './payment-options.module.css';
import type { OptionForm } from './use-option-form.ts';

const charactersMax = 5_000;

/** The instructions in Markdown, to be written and to be seen as the payer sees them. */
export function InstructionsInput({ form }: { form: OptionForm }) {
  const texts = useTexts().paymentOptions;
  const [mode, setMode] = useState<'write' | 'preview'>('write');
  const id = useId();
  const source = form.values.instructions;
  return (
    <div>
      <Group justify="space-between" align="flex-end" mb={6}>
        <Input.Label htmlFor={id}>{texts.instructions}</Input.Label>
        <SegmentedControl
          size="xs"
          aria-label={texts.markdownEditor}
          value={mode}
          onChange={setMode}
          data={[
            { value: 'write', label: texts.write },
            { value: 'preview', label: texts.preview },
          ]}
        />
      </Group>
      {mode === 'write' ? (
        <Textarea
          id={id}
          description={texts.instructionsHint}
          inputWrapperOrder={['input', 'description', 'error']}
          maxLength={charactersMax}
          autosize
          minRows={4}
          maxRows={14}
          {...form.getInputProps('instructions')}
        />
      ) : (
        <div className={classes['preview']} role="region" aria-label={texts.preview}>
          {source.trim() === '' ? (
            <Text size="sm" c="dimmed">
              {texts.previewEmpty}
            </Text>
          ) : (
            <Markdown source={source} />
          )}
        </div>
      )}
    </div>
  );
}
