import {
  Avatar,
  Badge,
  Group,
  type MantineColorScheme,
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { IconDisplay, IconKeyboard, IconMoon, IconSignOut, IconSun } from '#web/components/icons.tsx';
import { useSignOut } from '#web/features/auth/use-sign-out.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';

const schemes = [
  { value: 'auto', label: 'schemeAuto', Icon: IconDisplay },
  { value: 'light', label: 'schemeLight', Icon: IconSun },
  { value: 'dark', label: 'schemeDark', Icon: IconMoon },
] as const;

/** Who is signed in, the colour scheme, the shortcuts and the way out. */
export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const texts = useTexts().shell;
  const { user } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  if (user === null) return null;
  return (
    <Menu width={264} position="bottom-end">
      <Menu.Target>
        <UnstyledButton style={{ borderRadius: '50%' }}>
          <Avatar size={32} color="sea" name={user.name} aria-hidden="true" />
          <VisuallyHidden>{texts.userMenu(user.name)}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Group px="sm" py="xs" gap="xs" justify="space-between" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600} truncate>
              {user.name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {user.email}
            </Text>
          </div>
          {user.staff_role !== null && <Badge color="gray">{texts.staff}</Badge>}
        </Group>
        <Menu.Divider />
        <Menu.Label>{texts.colourScheme}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => isScheme(scheme) && setColorScheme(scheme)}>
          {schemes.map(({ value, label, Icon }) => (
            <Menu.RadioItem key={value} value={value} rightSection={<Icon size={16} />}>
              {texts[label]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onShortcuts}>
          {texts.shortcuts}
        </Menu.Item>
        <Menu.Item leftSection={<IconSignOut size={16} />} onClick={() => signOut.mutate()}>
          {texts.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function isScheme(word: string): word is MantineColorScheme {
  return schemes.some((scheme) => scheme.value === word);
}
