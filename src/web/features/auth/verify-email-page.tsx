import { Center, Loader, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ErrorState } from '#web/components/error-state.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { refreshSession } from '#web/lib/session.ts';
import { AuthCard } from './auth-card.tsx';

/** Verifies an e-mail address with the token of the link that was sent. */
export function VerifyEmailPage() {
  const { auth: texts } = useTexts();
  const { token } = useSearch({ from: '/entrance/verify-email' });
  const verification = useVerification(token);
  if (token === undefined) {
    return <AuthCard title={texts.linkIncompleteTitle} description={texts.linkIncompleteDetail} />;
  }
  if (verification.isSuccess) {
    return (
      <AuthCard title={texts.verifiedTitle} description={texts.verifiedDetail}>
        <ButtonLink to="/" fullWidth>
          {texts.goOn}
        </ButtonLink>
      </AuthCard>
    );
  }
  if (verification.isError) {
    return (
      <AuthCard title={texts.verifyFailedTitle}>
        <Stack>
          <ErrorState error={verification.error} onRetry={() => void verification.refetch()} compact />
          <ButtonLink to="/" variant="default" fullWidth>
            {texts.goOn}
          </ButtonLink>
        </Stack>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={texts.verifyingTitle}>
      <Center>
        <Loader size="sm" />
      </Center>
    </AuthCard>
  );
}

/** Sends the token once per visit; a query and not a mutation, so that mounting twice still sends it once. */
function useVerification(token: string | undefined) {
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: ['verifyEmail', { token }],
    queryFn: async () => {
      await api('verifyEmail', { body: { token: token ?? '' } });
      await refreshSession(queryClient);
      return true;
    },
    enabled: token !== undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}
