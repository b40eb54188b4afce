import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { adoptSession, refreshSession } from '#web/lib/session.ts';

/** Signs out: the server ends the session, everything read is forgotten, and the sign-in page follows. */
export function useSignOut() {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async () => {
      await api('signOut');
      return refreshSession(queryClient);
    },
    onSuccess: async (session) => {
      await adoptSession(queryClient, session);
      await router.navigate({ to: '/sign-in' });
    },
    onError: (error) => showToast({ tone: 'bad', message: error.message }),
  });
}
