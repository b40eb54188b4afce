import { Badge, Button, Group, Text } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { RelativeTime } from '#web/components/relative-time.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import classes from './mailbox.module.css';

/** An e-mail in the list. */
export type MailboxMessage = ApiResult<'listSandboxMessages'>['data'][number];

/** The e-mails under each other, each a link that opens it. */
export function MessageList({
  messages,
  list,
  openId,
}: {
  messages: readonly MailboxMessage[];
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  openId: string | undefined;
}) {
  const { sandbox: texts, common } = useTexts();
  const search = useSearch({ from: '/sandbox/sandbox/mailbox' });
  return (
    <>
      <ul aria-label={texts.mailboxList} className={classes['messages']}>
        {messages.map((message) => (
          <li key={message.id}>
            <Link
              to="/sandbox/mailbox"
              search={{ ...search, message: message.id }}
              className={classes['message'] ?? ''}
              aria-current={message.id === openId ? 'true' : undefined}
            >
              <Group justify="space-between" gap="sm" wrap="nowrap">
                <Text span size="sm" fw={600} truncate>
                  {message.subject}
                </Text>
                {message.status !== 'sent' && <MessageStatus status={message.status} />}
              </Group>
              <Group justify="space-between" gap="sm" wrap="nowrap">
                <Text span size="sm" c="dimmed" truncate>
                  {message.to}
                </Text>
                <Text span size="xs" c="dimmed">
                  <RelativeTime at={message.created_at} />
                </Text>
              </Group>
            </Link>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Group justify="center" p="md">
          <Button
            variant="default"
            size="xs"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {common.loadMore}
          </Button>
        </Group>
      )}
    </>
  );
}

/** How far an e-mail has come. */
export function MessageStatus({ status }: { status: MailboxMessage['status'] }) {
  const texts = useTexts().sandbox;
  const color = { queued: 'blue', sent: 'green', failed: 'red' }[status];
  return (
    <Badge color={color} size="sm" style={{ flex: 'none' }}>
      {texts.statuses[status]}
    </Badge>
  );
}
