import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import classes from '#web/app/shell/shell.module.css';
import { IconChevronDown, IconPlus } from '#web/components/icons.tsx';
import { useSwitchAccount } from '#web/features/auth/use-switch-account.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';

/** The account the pages show, and the ways into another or a new one. */
export function AccountSwitcher() {
  const texts = useTexts().shell;
  const { account, accounts } = useSession();
  const navigate = useNavigate();
  const choose = useSwitchAccount();
  return (
    <Menu width="target" position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes['switcher']}>
          <Avatar size={28} radius="sm" color="sea" name={account?.name ?? '?'} aria-hidden="true" />
          <Text span size="sm" fw={600} truncate className={classes['switcherName']}>
            {account?.name ?? texts.noAccount}
          </Text>
          <VisuallyHidden>{texts.switchAccount}</VisuallyHidden>
          <IconChevronDown size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.accounts}</Menu.Label>
        <Menu.RadioGroup
          value={account?.id ?? null}
          onChange={(chosen) => chosen !== account?.id && choose.mutate(chosen)}
        >
          {accounts.map((other) => (
            <Menu.RadioItem key={other.id} value={other.id} closeMenuOnClick>
              {other.name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => void navigate({ to: '/accounts/new' })}>
          {texts.newAccount}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
