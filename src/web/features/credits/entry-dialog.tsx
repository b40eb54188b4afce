import { Modal, Skeleton, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { EntryExplanation } from './entry-explanation.tsx';

/** Why the entry the address names exists; closed without one. */
export function EntryDialog({
  entryId,
  onEntry,
  onClose,
}: {
  entryId: string | undefined;
  /** Goes on to another entry, such as the one that granted the credits. */
  onEntry: (entryId: string) => void;
  onClose: () => void;
}) {
  const { credits: texts, common } = useTexts();
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const explained = useQuery({
    ...endpointQuery('explainCreditEntry', { params: { id: entryId ?? '' } }),
    enabled: entryId !== undefined,
  });
  return (
    <Modal
      opened={entryId !== undefined}
      onClose={onClose}
      title={texts.entryTitle}
      size="lg"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {explained.data !== undefined ? (
        <EntryExplanation explained={explained.data} onEntry={onEntry} />
      ) : explained.isError ? (
        <ErrorState error={explained.error} onRetry={() => void explained.refetch()} />
      ) : (
        <Stack gap="lg" aria-busy="true">
          <Skeleton height={28} width="12rem" />
          <LinesSkeleton lines={6} />
        </Stack>
      )}
    </Modal>
  );
}
