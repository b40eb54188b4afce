import { Kbd, Modal, Stack, Switch, Table, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { type Destination, destinationsOf, navigationFor } from '#web/app/shell/navigation.ts';
import { isTyping, useListedPageKeys, useSingleKeysEnabled } from '#web/lib/page-keys.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';

const sequenceMilliseconds = 1_200;

/**
 * The shortcuts of single keys and the sheet that lists them. They can be switched off, because speech input types
 * letters by accident (WCAG 2.2, 2.1.4).
 */
export function Shortcuts({ opened, onOpen, onClose }: { opened: boolean; onOpen: () => void; onClose: () => void }) {
  const texts = useTexts();
  const session = useSession();
  const [enabled, setEnabled] = useSingleKeysEnabled();
  const pageKeys = useListedPageKeys();
  const destinations = navigationFor(session, texts.shell).flatMap(destinationsOf);
  useSingleKeys(enabled, destinations, onOpen);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.shell.shortcuts}
      closeButtonProps={{ 'aria-label': texts.common.close }}
    >
      <Stack gap="md">
        <Table withRowBorders={false} verticalSpacing={6}>
          <Table.Tbody>
            <ShortcutRow keys={['Ctrl / ⌘', 'K']} label={texts.shell.shortcutPalette} />
            <ShortcutRow keys={['?']} label={texts.shell.shortcutSheet} />
            {pageKeys.map(({ keys, label }) => (
              <ShortcutRow key={label} keys={keys.map((key) => texts.shell.keyNames[key] ?? key)} label={label} />
            ))}
            {destinations.map((page) => (
              <ShortcutRow key={page.to} keys={['g', page.key]} label={texts.shell.shortcutGo(page.label)} />
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          label={texts.shell.shortcutsSingleKeys}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
      </Stack>
    </Modal>
  );
}

function ShortcutRow({ keys, label }: { keys: readonly string[]; label: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {label}
      </Table.Th>
      <Table.Td ta="end" className="unbroken">
        {keys.map((key, index) => (
          <Text span key={key} ms={index === 0 ? 0 : 4}>
            <Kbd>{key}</Kbd>
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}

function useSingleKeys(enabled: boolean, destinations: readonly Destination[], onSheet: () => void): void {
  const navigate = useNavigate();
  const goPressedAt = useRef(0);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const afterGo = event.timeStamp - goPressedAt.current < sequenceMilliseconds;
    goPressedAt.current = event.key === 'g' ? event.timeStamp : 0;
    if (event.key === '?') return onSheet();
    const destination = afterGo ? destinations.find((page) => page.key === event.key) : undefined;
    if (destination !== undefined) void navigate({ to: destination.to });
  });
  useEffect(() => {
    if (!enabled) return undefined;
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [enabled]);
}
