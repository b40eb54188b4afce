import { Alert, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { useSearch } from '@tanstack/react-router';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconInfo } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { AuthCard } from './auth-card.tsx';
import { DemoLogins } from './demo-logins.tsx';
import { useEnter } from './use-enter.ts';

/** Signs in with e-mail and password, and goes on where the reader wanted to go. */
export function SignInPage() {
  const texts = useTexts();
  const { sandbox } = useSession();
  const search = useSearch({ from: '/entrance/sign-in' });
  const enter = useEnter(search.return_to);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: { email: isEmail(texts.auth.emailNeeded), password: isNotEmpty(texts.auth.passwordNeeded) },
  });
  const signIn = useFormMutation({ form, send: (body) => api('signIn', { body }), onSuccess: enter });
  return (
    <Stack gap="lg">
      {search.ended === true && (
        <Alert color="blue" icon={<IconInfo size={20} />} title={texts.shell.sessionEnded} role="status">
          {texts.shell.sessionEndedDetail}
        </Alert>
      )}
      <AuthCard
        title={texts.auth.signInTitle}
        footer={
          <Group gap={6} justify="center">
            {texts.auth.signInNew}
            <TextLink to="/sign-up" search={search.return_to === undefined ? {} : { return_to: search.return_to }}>
              {texts.auth.signUpLink}
            </TextLink>
          </Group>
        }
      >
        <form onSubmit={signIn.submit} noValidate>
          <Stack gap="md">
            {signIn.error !== null && <ErrorState error={signIn.error} compact />}
            <TextInput
              type="email"
              label={texts.auth.email}
              autoComplete="username"
              inputMode="email"
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label={texts.auth.password}
              autoComplete="current-password"
              maxLength={128}
              visibilityToggleButtonProps={{ 'aria-label': texts.auth.passwordShow }}
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            <Button type="submit" fullWidth loading={signIn.isPending}>
              {texts.auth.signIn}
            </Button>
            <TextLink to="/forgot-password" size="sm" ta="center">
              {texts.auth.forgotLink}
            </TextLink>
          </Stack>
        </form>
      </AuthCard>
      {sandbox && <DemoLogins onChoose={(login) => form.setValues(login)} />}
    </Stack>
  );
}
