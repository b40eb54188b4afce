import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import classes from '#web/app/shell/shell.module.css';
import { useErrorWords } from '#web/components/error-state.tsx';
import { IconCheck, IconChevronDown, IconPlus } from '#web/components/icons.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useAdoptSession, useSession } from '#web/lib/session.ts';

/** The account the pages show, and the ways into another or a new one. */
export function AccountSwitcher() {
  const texts = useTexts().shell;
  const { account, accounts } = useSession();
  const navigate = useNavigate();
  const choose = useSwitchAccount();
  return (
    <Menu width="target" position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes['switcher']} aria-label={switcherName(texts, account?.name)}>
          <Avatar size={28} radius="sm" color="sea" name={account?.name ?? '?'} alt="" />
          <Text span size="sm" fw={600} truncate className={classes['switcherName']}>
            {account?.name ?? texts.noAccount}
          </Text>
          <IconChevronDown size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {accounts.length > 0 && <Menu.Label>{texts.accounts}</Menu.Label>}
        {accounts.map((other) => (
          <Menu.Item
            key={other.id}
            rightSection={other.id === account?.id ? <IconCheck size={16} /> : null}
            {...(other.id === account?.id ? { 'aria-current': true } : {})}
            onClick={() => other.id !== account?.id && choose.mutate(other.id)}
          >
            {other.name}
          </Menu.Item>
        ))}
        {accounts.length > 0 && <Menu.Divider />}
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => void navigate({ to: '/accounts/new' })}>
          {texts.newAccount}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSwitchAccount() {
  const adopt = useAdoptSession();
  const router = useRouter();
  const { title } = useErrorWords(null);
  return useMutation({
    mutationFn: (accountId: string) => api('switchAccount', { body: { account_id: accountId } }),
    onSuccess: async (session) => {
      await adopt(session);
      await router.navigate({ to: '/' });
      await router.invalidate();
    },
    onError: (error) => showToast({ tone: 'bad', title, message: error.message }),
  });
}

function switcherName(texts: { switchAccount: string; noAccount: string }, name: string | undefined): string {
  return `${name ?? texts.noAccount}. ${texts.switchAccount}`;
}
