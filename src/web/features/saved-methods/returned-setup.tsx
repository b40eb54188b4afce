import { VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { savedMethodName } from '#web/lib/saved-method-words.ts';
import { refreshSavedMethods } from './refresh-saved-methods.ts';
import { SetupNotice } from './setup-notice.tsx';
import { refusalOf } from './use-method-setup.ts';

/** Somebody comes back from their bank: asks how the saving of their card ended, and says so. */
export function ReturnedSetup({ setupId, onSeen }: { setupId: string; onSeen: () => void }) {
  const { savedMethods: texts } = useTexts();
  const queries = useQueryClient();
  const asked = useQuery({
    queryKey: ['confirmMethodSetup', setupId],
    queryFn: () => api('confirmMethodSetup', { params: { id: setupId } }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { data } = asked;
  useEffect(() => {
    if (data?.status !== 'succeeded') return;
    if (data.saved_method !== null) {
      showToast({ tone: 'good', message: texts.savedToast(savedMethodName(texts, data.saved_method)) });
    }
    void refreshSavedMethods(queries);
    onSeen();
  }, [data, texts, queries, onSeen]);
  if (asked.isError) return <SetupNotice trouble={{ kind: 'request', error: asked.error }} />;
  if (data === undefined) return <VisuallyHidden role="status">{texts.checking}</VisuallyHidden>;
  return <SetupNotice trouble={refusalOf(data)} />;
}
