import { Anchor, Button, Stack } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { ErrorState } from '#web/components/error-state.tsx';
import { TextLink } from '#web/components/links.tsx';
import { api } from '#web/lib/api.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { browserCountry, browserTimeZone, useTexts } from '#web/lib/reader.ts';
import { adoptSession, useSession } from '#web/lib/session.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { AccountFields } from './account-fields.tsx';
import { AuthCard } from './auth-card.tsx';
import { useSignOut } from './use-sign-out.ts';

/** Makes a first or a further account, which the user owns, and goes to work in it. */
export function NewAccountPage() {
  const { auth: texts, common } = useTexts();
  const { user, accounts } = useSession();
  const { form, submit, error, isPending } = useNewAccount();
  const signOut = useSignOut();
  return (
    <AuthCard
      title={accounts.length === 0 && user !== null ? texts.firstAccountTitle(user.name) : texts.newAccountTitle}
      description={texts.newAccountDetail}
      footer={
        accounts.length === 0 ? (
          <Anchor component="button" type="button" size="sm" onClick={() => signOut.mutate()}>
            {texts.signOut}
          </Anchor>
        ) : (
          <TextLink to="/">{common.cancel}</TextLink>
        )
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {error !== null && <ErrorState error={error} compact />}
          <AccountFields form={form} nameField="name" />
          <Button type="submit" fullWidth loading={isPending}>
            {texts.signUp}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}

function useNewAccount() {
  const { auth: texts } = useTexts();
  const { account } = useSession();
  const keyOf = useIdempotencyKey();
  const queryClient = useQueryClient();
  const router = useRouter();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', country: account?.country ?? browserCountry() ?? '' },
    validate: { name: isNotEmpty(texts.accountNameNeeded), country: isNotEmpty(texts.countryNeeded) },
  });
  const sending = useFormMutation({
    form,
    send: async (values) => {
      const body = { ...values, time_zone: browserTimeZone(), locale: navigator.language };
      const made = await api('createAccount', { body, idempotencyKey: keyOf(body) });
      return api('switchAccount', { body: { account_id: made.id } });
    },
    onSuccess: async (session) => {
      await adoptSession(queryClient, session);
      await router.navigate({ to: '/' });
    },
  });
  return { form, ...sending };
}
