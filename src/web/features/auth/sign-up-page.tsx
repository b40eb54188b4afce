import { Button, Group, Stack, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { useSearch } from '@tanstack/react-router';
import { ErrorState } from '#web/components/error-state.tsx';
import { TextLink } from '#web/components/links.tsx';
import { api } from '#web/lib/api.ts';
import { browserCountry, browserTimeZone, useFormat, useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { AccountFields } from './account-fields.tsx';
import { AuthCard } from './auth-card.tsx';
import { NewPasswordField, passwordLengthLeast } from './new-password-field.tsx';
import { useEnter } from './use-enter.ts';

/** Makes a user and their first account, and signs them in. */
export function SignUpPage() {
  const { auth: texts } = useTexts();
  const format = useFormat();
  const search = useSearch({ from: '/entrance/sign-up' });
  const enter = useEnter(search.return_to);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '', account_name: '', country: browserCountry() ?? '' },
    validate: {
      name: isNotEmpty(texts.nameNeeded),
      email: isEmail(texts.emailNeeded),
      password: (value) =>
        [...value].length < passwordLengthLeast ? texts.passwordTooShort(format.count(passwordLengthLeast)) : null,
      account_name: isNotEmpty(texts.accountNameNeeded),
      country: isNotEmpty(texts.countryNeeded),
    },
  });
  const signUp = useFormMutation({
    form,
    send: (values) => api('signUp', { body: { ...values, time_zone: browserTimeZone(), locale: navigator.language } }),
    onSuccess: enter,
  });
  return (
    <AuthCard
      title={texts.signUpTitle}
      footer={
        <Group gap={6} justify="center">
          {texts.signUpKnown}
          <TextLink to="/sign-in" search={search.return_to === undefined ? {} : { return_to: search.return_to }}>
            {texts.signIn}
          </TextLink>
        </Group>
      }
    >
      <form onSubmit={signUp.submit} noValidate>
        <Stack gap="md">
          {signUp.error !== null && <ErrorState error={signUp.error} compact />}
          <TextInput
            label={texts.name}
            autoComplete="name"
            maxLength={120}
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <TextInput
            type="email"
            label={texts.email}
            autoComplete="email"
            inputMode="email"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <NewPasswordField label={texts.password} key={form.key('password')} {...form.getInputProps('password')} />
          <AccountFields form={form} nameField="account_name" />
          <Button type="submit" fullWidth loading={signUp.isPending}>
            {texts.signUp}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
