import {
  Avatar,
  Badge,
  Group,
  Menu,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { IconKeyboard, IconSignOut } from '#web/components/icons.tsx';
import { useSignOut } from '#web/features/auth/use-sign-out.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';

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
        <UnstyledButton aria-label={texts.userMenu(user.name)} style={{ borderRadius: '50%' }}>
          <Avatar size={32} color="sea" name={user.name} alt="" />
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
        <Menu.Label id="colour-scheme">{texts.colourScheme}</Menu.Label>
        <SegmentedControl
          mx="sm"
          mb="xs"
          size="xs"
          aria-labelledby="colour-scheme"
          value={colorScheme}
          onChange={setColorScheme}
          data={[
            { value: 'auto' as const, label: texts.schemeAuto },
            { value: 'light' as const, label: texts.schemeLight },
            { value: 'dark' as const, label: texts.schemeDark },
          ]}
        />
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
