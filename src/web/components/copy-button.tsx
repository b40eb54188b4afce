import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';

/** Copies a text. With a label it is a button that says so; without, an icon that is named `what`. */
export function CopyButton({ value, what, label }: { value: string; what?: string; label?: string }) {
  const texts = useTexts().common;
  const clipboard = useClipboard({ timeout: 2_000 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  const copy = () => clipboard.copy(value);
  if (label !== undefined) {
    return (
      <Button variant="default" leftSection={<Icon size={16} />} onClick={copy} aria-live="polite">
        {clipboard.copied ? texts.copied : label}
      </Button>
    );
  }
  const name = clipboard.copied ? texts.copied : (what ?? texts.copy);
  return (
    <Tooltip label={name}>
      <ActionIcon variant="subtle" color="gray" aria-label={name} onClick={copy}>
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
