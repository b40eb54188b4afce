import { Alert, Box, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconMail } from '#web/components/icons.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';

/** Asks to verify the e-mail address, and sends the link again. Gone once it is verified. */
export function VerifyEmailBanner() {
  const texts = useTexts().shell;
  const { user } = useSession();
  const send = useMutation({ mutationFn: () => api('sendVerificationEmail') });
  if (user === null || user.email_verified) return null;
  if (send.isError) {
    return (
      <Box mb="lg">
        <ErrorState error={send.error} onRetry={() => send.mutate()} />
      </Box>
    );
  }
  return (
    <Alert color="blue" role="note" icon={<IconMail size={20} />} title={texts.verifyTitle} mb="lg">
      <Group justify="space-between" gap="sm">
        <Text size="sm" role="status" style={{ flex: '1 1 18rem' }}>
          {send.isSuccess ? texts.verifySent(user.email) : texts.verifyDetail(user.email)}
        </Text>
        {!send.isSuccess && (
          <Button size="xs" variant="default" loading={send.isPending} onClick={() => send.mutate()}>
            {texts.verifyResend}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
