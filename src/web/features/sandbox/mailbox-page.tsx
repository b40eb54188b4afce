import { Button, Card, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconInbox, IconMail, IconRefresh, IconSearch } from '#web/components/icons.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { RowsSkeleton } from '#web/components/skeletons.tsx';
import { api } from '#web/lib/api.ts';
import { cursorListQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import classes from './mailbox.module.css';
import { MessageList, type MailboxMessage } from './message-list.tsx';
import { MessageReader } from './message-reader.tsx';

const lookAgainMilliseconds = 4_000;
const typingPauseMilliseconds = 300;

/** /sandbox/mailbox: every e-mail the system has sent, the newest first. */
export function MailboxPage() {
  const texts = useTexts().sandbox;
  const search = useSearch({ from: '/sandbox/sandbox/mailbox' });
  const messages = useInfiniteQuery({
    ...cursorListQuery<MailboxMessage>(['listSandboxMessages', search.to ?? ''], ({ cursor, signal }) =>
      api('listSandboxMessages', {
        query: {
          limit: 30,
          ...(search.to === undefined ? {} : { to: search.to }),
          ...(cursor === undefined ? {} : { cursor }),
        },
        signal,
      }),
    ),
    refetchInterval: lookAgainMilliseconds,
  });
  const rows = messages.data?.pages.flatMap((page) => page.data);
  return (
    <>
      <PageHeader
        title={texts.mailboxTitle}
        description={texts.mailboxLead}
        actions={
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => void messages.refetch()}>
            {texts.mailboxRefresh}
          </Button>
        }
      />
      <div className={classes['panes']} data-reading={search.message !== undefined || undefined}>
        <Card padding={0} className={classes['list'] ?? ''}>
          <RecipientFilter />
          {rows === undefined ? (
            messages.isError ? (
              <ErrorState error={messages.error} onRetry={() => void messages.refetch()} />
            ) : (
              <RowsSkeleton />
            )
          ) : rows.length === 0 ? (
            <EmptyState
              Icon={IconInbox}
              title={texts.mailboxEmptyTitle}
              detail={search.to === undefined ? texts.mailboxEmpty : texts.mailboxNoMatch}
            />
          ) : (
            <MessageList messages={rows} list={messages} openId={search.message} />
          )}
        </Card>
        <Card className={classes['reader'] ?? ''} padding="lg">
          {search.message === undefined ? (
            <EmptyState Icon={IconMail} title={texts.mailboxChoose} />
          ) : (
            <MessageReader key={search.message} messageId={search.message} />
          )}
        </Card>
      </div>
    </>
  );
}

function RecipientFilter() {
  const texts = useTexts().sandbox;
  const search = useSearch({ from: '/sandbox/sandbox/mailbox' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.to ?? '');
  const apply = useDebouncedCallback((to: string) => {
    // A message may have been opened while the typing paused; it stays open.
    const { to: _, ...rest } = search;
    void navigate({
      to: '/sandbox/mailbox',
      search: to.trim() === '' ? rest : { ...rest, to: to.trim() },
      replace: true,
    });
  }, typingPauseMilliseconds);
  return (
    <TextInput
      type="search"
      p="md"
      aria-label={texts.mailboxFilter}
      placeholder={texts.mailboxFilterPlaceholder}
      leftSection={<IconSearch size={16} />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        apply(currentTarget.value);
      }}
    />
  );
}
