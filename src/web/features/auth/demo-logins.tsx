import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconMail } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { useTexts } from '#web/lib/reader.ts';

/** What a demo login fills in. The sample data of the sandbox makes these users. */
type Login = { email: string; password: string };

const demoPassword = 'purser-demo';
const customer: Login = { email: 'owner@example.com', password: demoPassword };
const staff: Login = { email: 'staff@example.com', password: demoPassword };

/** The logins of the sandbox's sample data, each filled in by a click, and the way to its mailbox. */
export function DemoLogins({ onChoose }: { onChoose: (login: Login) => void }) {
  const { auth: texts } = useTexts();
  return (
    <Card padding="md">
      <Stack gap="sm">
        <Text size="sm" fw={600}>
          {texts.demoTitle}
        </Text>
        <Group grow gap="sm">
          <LoginButton label={texts.demoCustomer} login={customer} onChoose={onChoose} />
          <LoginButton label={texts.demoStaff} login={staff} onChoose={onChoose} />
        </Group>
        <TextLink to="/sandbox/mailbox" size="sm">
          <Group gap={6} component="span">
            <IconMail size={16} />
            {texts.demoMailbox}
          </Group>
        </TextLink>
      </Stack>
    </Card>
  );
}

function LoginButton({ label, login, onChoose }: { label: string; login: Login; onChoose: (login: Login) => void }) {
  return (
    <Button variant="default" h="auto" py={8} px={6} onClick={() => onChoose(login)}>
      <Stack gap={0} align="center">
        <Text span size="sm" fw={600}>
          {label}
        </Text>
        <Text span size="xs" c="dimmed">
          {login.email}
        </Text>
      </Stack>
    </Button>
  );
}
