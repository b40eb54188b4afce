import { Anchor, Button, Group, Stack } from '@mantine/core';
import { TextLink } from '#web/components/links.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';
import { AuthCard } from './auth-card.tsx';
import { useSignOut } from './use-sign-out.ts';
import { useSwitchAccount } from './use-switch-account.ts';

/** For somebody whose account is gone and who has others: which one to work in is theirs to say. */
export function ChooseAccountPage() {
  const { auth: texts, shell } = useTexts();
  const { accounts } = useSession();
  const choose = useSwitchAccount();
  const signOut = useSignOut();
  return (
    <AuthCard
      title={texts.chooseAccountTitle}
      description={texts.chooseAccountDetail}
      footer={
        <Group justify="center" gap="lg">
          <TextLink to="/accounts/new">{shell.newAccount}</TextLink>
          <Anchor component="button" type="button" size="sm" onClick={() => signOut.mutate()}>
            {texts.signOut}
          </Anchor>
        </Group>
      }
    >
      <Stack gap="sm">
        {accounts.map(({ id, name }) => (
          <Button
            key={id}
            variant="default"
            fullWidth
            loading={choose.isPending && choose.variables === id}
            disabled={choose.isPending}
            onClick={() => choose.mutate(id)}
          >
            {name}
          </Button>
        ))}
      </Stack>
    </AuthCard>
  );
}
