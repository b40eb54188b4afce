import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconKey, IconPlus } from '#web/components/icons.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { Section } from '#web/components/section.tsx';
import { RowsSkeleton } from '#web/components/skeletons.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import type { ApiKey, ApiKeys } from './api-keys.ts';
import classes from './api-keys-section.module.css';
import { CreateKeyDialog } from './create-key-dialog.tsx';

/** The keys of one kind: listed, made, revoked. */
export function ApiKeysSection({
  keys,
  title,
  description,
  emptyDetail,
  createTitle,
}: {
  keys: ApiKeys;
  title: string;
  description?: string;
  emptyDetail: string;
  createTitle: string;
}) {
  const { integration: texts } = useTexts();
  const mayManage = useIsAllowed(keys.manage);
  const [creating, setCreating] = useState(false);
  const createButton = mayManage && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {texts.createKey}
    </Button>
  );
  const rows = keys.query.data?.data;
  return (
    <Section
      title={title}
      flush
      actions={rows !== undefined && rows.length > 0 ? createButton : undefined}
      {...(description === undefined ? {} : { description })}
    >
      {rows === undefined && (keys.query.isError ? <Failed keys={keys} /> : <RowsSkeleton rows={2} />)}
      {rows?.length === 0 && (
        <EmptyState Icon={IconKey} title={texts.noKeysTitle} detail={emptyDetail} action={createButton} />
      )}
      {rows !== undefined && rows.length > 0 && <KeyTable keys={keys} rows={rows} label={title} />}
      <CreateKeyDialog keys={keys} title={createTitle} opened={creating} onClose={() => setCreating(false)} />
    </Section>
  );
}

function Failed({ keys }: { keys: ApiKeys }) {
  return (
    <Stack px="lg" pb="lg">
      <ErrorState error={keys.query.error} onRetry={() => void keys.query.refetch()} />
    </Stack>
  );
}

function KeyTable({ keys, rows, label }: { keys: ApiKeys; rows: readonly ApiKey[]; label: string }) {
  const { integration: texts, common } = useTexts();
  const mayManage = useIsAllowed(keys.manage);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <>
      <Table aria-label={label} verticalSpacing="sm" horizontalSpacing="lg" className={classes['table'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{texts.keyName}</Table.Th>
            <Table.Th scope="col">{texts.keyScopes}</Table.Th>
            <Table.Th scope="col">{texts.created}</Table.Th>
            <Table.Th scope="col">{texts.lastUsed}</Table.Th>
            <Table.Th scope="col">{texts.state}</Table.Th>
            {mayManage && (
              <Table.Th scope="col" ta="end">
                {common.actions}
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((key) => (
            <KeyRow key={key.id} apiKey={key} {...(mayManage ? { onRevoke: () => setRevoking(key) } : {})} />
          ))}
        </Table.Tbody>
      </Table>
      <ConfirmDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={texts.revokeTitle(revoking?.name ?? '')}
        confirmLabel={texts.revokeConfirm}
        keepLabel={texts.revokeKeep}
        dangerous
        onConfirm={async () => {
          if (revoking === null) return;
          await keys.revoke(revoking.id);
          showToast({ tone: 'good', message: texts.revokedToast(revoking.name) });
        }}
      >
        {texts.revokeDetail}
      </ConfirmDialog>
    </>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke?: () => void }) {
  const { integration: texts, common } = useTexts();
  const isRevoked = apiKey.revoked_at !== null;
  return (
    <Table.Tr>
      <Table.Th scope="row" data-label={texts.keyName}>
        <Stack gap={2} align="flex-start">
          <Text span size="sm" fw={600} {...(isRevoked ? { c: 'dimmed' } : {})}>
            {apiKey.name}
          </Text>
          <Text span size="xs" c="dimmed" fw={400} ff="monospace">
            {apiKey.hint}
          </Text>
        </Stack>
      </Table.Th>
      <Table.Td data-label={texts.keyScopes}>
        <Group gap={6}>{apiKey.scopes.map((scope) => texts.scopes[scope]).join(', ')}</Group>
      </Table.Td>
      <Table.Td data-label={texts.created}>
        <RelativeTime at={apiKey.created_at} />
      </Table.Td>
      <Table.Td data-label={texts.lastUsed}>
        {apiKey.last_used_at === null ? common.never : <RelativeTime at={apiKey.last_used_at} />}
      </Table.Td>
      <Table.Td data-label={texts.state}>
        <StatusBadge
          state={isRevoked ? { word: texts.revoked, tone: 'neutral' } : { word: texts.active, tone: 'good' }}
        />
      </Table.Td>
      {onRevoke !== undefined && (
        <Table.Td ta="end">
          {!isRevoked && (
            <Button
              size="xs"
              variant="subtle"
              color="red"
              onClick={onRevoke}
              aria-label={`${texts.revoke} ${apiKey.name}`}
            >
              {texts.revoke}
            </Button>
          )}
        </Table.Td>
      )}
    </Table.Tr>
  );
}
