import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { ExpiryNotice } from '#web/components/expiring-method-warning.tsx';
import { IconBilling, IconPlus } from '#web/components/icons.tsx';
import { Section } from '#web/components/section.tsx';
import { RowsSkeleton } from '#web/components/skeletons.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { expiringMethod } from '#web/lib/saved-method-words.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { AddMethodDialog } from './add-method-dialog.tsx';
import { ReturnedSetup } from './returned-setup.tsx';
import { SavedMethodList } from './saved-method-list.tsx';

/** The payment methods an account has saved, and the way to save another one. */
export function SavedMethodsTab({
  returnedSetup,
  onReturnSeen,
}: {
  /** The setup a payer comes back from their bank with. */
  returnedSetup: string | null;
  onReturnSeen: () => void;
}) {
  const { savedMethods: texts } = useTexts();
  const mayManage = useIsAllowed('saved_methods.manage');
  const saved = useQuery(endpointQuery('listSavedMethods'));
  const [adding, setAdding] = useState(false);
  const methods = saved.data?.data ?? [];
  const expiring = expiringMethod(methods);
  const canAdd = mayManage && (saved.data?.addable.length ?? 0) > 0;
  const addButton = canAdd && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {texts.add}
    </Button>
  );
  return (
    <Stack gap="lg">
      {returnedSetup !== null && mayManage && <ReturnedSetup setupId={returnedSetup} onSeen={onReturnSeen} />}
      {expiring !== null && <ExpiryNotice method={expiring} />}
      <Section
        title={texts.title}
        description={texts.detail}
        flush
        actions={methods.length > 0 ? addButton : undefined}
      >
        {saved.data === undefined && !saved.isError && <RowsSkeleton rows={2} />}
        {saved.isError && saved.data === undefined && (
          <Stack px="lg" pb="lg">
            <ErrorState error={saved.error} onRetry={() => void saved.refetch()} />
          </Stack>
        )}
        {saved.data !== undefined && methods.length === 0 && (
          <EmptyState
            Icon={IconBilling}
            title={texts.emptyTitle}
            detail={emptyDetail(texts, mayManage, saved.data)}
            action={addButton}
          />
        )}
        {methods.length > 0 && <SavedMethodList methods={methods} />}
      </Section>
      <AddMethodDialog addable={saved.data?.addable ?? []} opened={adding} onClose={() => setAdding(false)} />
    </Stack>
  );
}

function emptyDetail(
  texts: ReturnType<typeof useTexts>['savedMethods'],
  mayManage: boolean,
  { addable }: ApiResult<'listSavedMethods'>,
): string {
  if (!mayManage) return texts.emptyReader;
  return addable.length === 0 ? texts.notOffered : texts.emptyDetail;
}
