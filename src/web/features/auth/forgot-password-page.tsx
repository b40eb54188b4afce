import { Button, Stack, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { TextLink } from '#web/components/links.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { AuthCard } from './auth-card.tsx';

/** Asks for a link with which a new password can be set. */
export function ForgotPasswordPage() {
  const { auth: texts } = useTexts();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '' },
    validate: { email: isEmail(texts.emailNeeded) },
  });
  const request = useFormMutation({
    form,
    send: (body) => api('requestPasswordReset', { body }),
    onSuccess: (_, { email }) => setSentTo(email),
  });
  const footer = <TextLink to="/sign-in">{texts.backToSignIn}</TextLink>;
  if (sentTo !== null) {
    return <AuthCard title={texts.forgotSentTitle} description={texts.forgotSentDetail(sentTo)} footer={footer} />;
  }
  return (
    <AuthCard title={texts.forgotTitle} description={texts.forgotDetail} footer={footer}>
      <form onSubmit={request.submit} noValidate>
        <Stack gap="md">
          {request.error !== null && <ErrorState error={request.error} compact />}
          <TextInput
            type="email"
            label={texts.email}
            autoComplete="username"
            inputMode="email"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <Button type="submit" fullWidth loading={request.isPending}>
            {texts.forgotSend}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
