import { Button, Group, Kbd, Text } from '@mantine/core';
import { IconKeyboard } from '#web/components/icons.tsx';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './admin-payments.module.css';

/** The way along the list while a payment is open, and what shows the keys for it. */
export function DialogSteps({
  position,
  count,
  showsKeys,
  onKeys,
  onPrevious,
  onNext,
}: {
  position: number;
  count: number;
  showsKeys: boolean;
  onKeys: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}) {
  const texts = useTexts().adminPayments;
  const format = useFormat();
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        px={8}
        aria-label={texts.keys}
        aria-expanded={showsKeys}
        onClick={onKeys}
        visibleFrom="sm"
      >
        <IconKeyboard size={18} />
      </Button>
      <Text size="sm" c="dimmed" className="figures">
        {texts.position(format.count(position), format.count(count))}
      </Text>
      <Button.Group>
        <Button size="xs" variant="default" disabled={onPrevious === undefined} onClick={onPrevious}>
          {texts.previous}
        </Button>
        <Button size="xs" variant="default" disabled={onNext === undefined} onClick={onNext}>
          {texts.next}
        </Button>
      </Button.Group>
    </Group>
  );
}

/** The keys while a payment is open. */
export function DialogKeys() {
  const { adminPayments: texts, shell } = useTexts();
  const keys = [
    { key: 'J', label: texts.keyNext },
    { key: 'K', label: texts.keyPrevious },
    { key: 'A', label: texts.keyApprove },
    { key: 'R', label: texts.keyReject },
    { key: shell.keyNames['Escape'] ?? 'Esc', label: texts.keyClose },
    { key: '?', label: texts.keyList },
  ];
  return (
    <ul className={classes['keys']} aria-label={texts.keys}>
      {keys.map(({ key, label }) => (
        <li key={key}>
          <Kbd size="xs">{key}</Kbd> {label}
        </li>
      ))}
    </ul>
  );
}
