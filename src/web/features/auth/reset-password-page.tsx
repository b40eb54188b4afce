import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { ButtonLink, TextLink } from '#web/components/links.tsx';
import { isProblem } from '#web/lib/api-problem.ts';
import { api } from '#web/lib/api.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { adoptSession, refreshSession } from '#web/lib/session.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { AuthCard } from './auth-card.tsx';
import { NewPasswordField, passwordLengthLeast } from './new-password-field.tsx';

/** Sets a new password with the token of the link that was sent. */
export function ResetPasswordPage() {
  const { auth: texts } = useTexts();
  const { token } = useSearch({ from: '/entrance/reset-password' });
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <AuthCard title={texts.resetDoneTitle} description={texts.resetDoneDetail}>
        <ButtonLink to="/sign-in" fullWidth>
          {texts.signIn}
        </ButtonLink>
      </AuthCard>
    );
  }
  if (token === undefined) {
    return (
      <AuthCard
        title={texts.linkIncompleteTitle}
        description={texts.linkIncompleteDetail}
        footer={<TextLink to="/forgot-password">{texts.askForNewLink}</TextLink>}
      />
    );
  }
  return (
    <AuthCard title={texts.resetTitle} description={texts.resetDetail}>
      <NewPasswordForm token={token} onDone={() => setDone(true)} />
    </AuthCard>
  );
}

function NewPasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { auth: texts } = useTexts();
  const format = useFormat();
  const queryClient = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: {
      password: (value) =>
        [...value].length < passwordLengthLeast ? texts.passwordTooShort(format.count(passwordLengthLeast)) : null,
    },
  });
  const reset = useFormMutation({
    form,
    send: ({ password }) => api('resetPassword', { body: { token, password } }),
    onSuccess: async () => {
      // A new password ends every session, also the one this browser may have had.
      await adoptSession(queryClient, await refreshSession(queryClient));
      onDone();
    },
  });
  return (
    <form onSubmit={reset.submit} noValidate>
      <Stack gap="md">
        {reset.error !== null && <ErrorState error={reset.error} compact />}
        {isProblem(reset.error, 'token_invalid') && (
          <TextLink to="/forgot-password" size="sm">
            {texts.askForNewLink}
          </TextLink>
        )}
        <NewPasswordField label={texts.newPassword} key={form.key('password')} {...form.getInputProps('password')} />
        <Button type="submit" fullWidth loading={reset.isPending}>
          {texts.reset}
        </Button>
      </Stack>
    </form>
  );
}
