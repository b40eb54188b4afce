import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useErrorWords } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useAdoptSession } from '#web/lib/session.ts';

/** Goes to work in another account of the reader, given by its id. */
export function useSwitchAccount() {
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
