import { Alert, Anchor, Group, Skeleton, Stack, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconDownload } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './mailbox.module.css';
import { MessageFrame } from './message-frame.tsx';
import { MessageStatus } from './message-list.tsx';

type Message = ApiResult<'getSandboxMessage'>;

/** One e-mail as its reader gets it: the heads, the HTML and the text, and what is attached. */
export function MessageReader({ messageId }: { messageId: string }) {
  const texts = useTexts().sandbox;
  const { message: _, ...list } = useSearch({ from: '/sandbox/sandbox/mailbox' });
  const query = useQuery(endpointQuery('getSandboxMessage', { params: { id: messageId } }));
  return (
    <Stack gap="md">
      <TextLink to="/sandbox/mailbox" search={list} size="sm" className={classes['back'] ?? ''}>
        {texts.mailboxBack}
      </TextLink>
      {query.data !== undefined ? (
        <MessageBody message={query.data} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <Skeleton height={24} width="60%" />
          <LinesSkeleton lines={6} />
        </>
      )}
    </Stack>
  );
}

function MessageBody({ message }: { message: Message }) {
  const texts = useTexts().sandbox;
  const [tab, setTab] = useState<string | null>(message.html === null ? 'text' : 'html');
  return (
    <>
      <Stack gap="xs">
        <Title order={2} style={{ overflowWrap: 'anywhere' }}>
          {message.subject}
        </Title>
        <dl className={classes['heads']}>
          <dt>{texts.from}</dt>
          <dd>{message.from}</dd>
          <dt>{texts.to}</dt>
          <dd>{message.to}</dd>
          <dt>{texts.sent}</dt>
          <dd>
            <Group gap="xs">
              <MessageStatus status={message.status} />
              {message.sent_at === null ? texts.notSent : <RelativeTime at={message.sent_at} />}
            </Group>
          </dd>
        </dl>
        {message.last_error !== null && (
          <Alert color="red" role="note" title={texts.lastError}>
            {message.last_error}
          </Alert>
        )}
      </Stack>
      <Attachments message={message} />
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          {message.html !== null && <Tabs.Tab value="html">{texts.tabHtml}</Tabs.Tab>}
          {message.text !== null && <Tabs.Tab value="text">{texts.tabText}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="html">
          {message.html !== null && <MessageFrame html={message.html} title={texts.bodyFrame(message.subject)} />}
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <pre className={classes['text']}>{message.text}</pre>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Attachments({ message }: { message: Message }) {
  const texts = useTexts().sandbox;
  const { locale } = useFormat();
  if (message.attachments.length === 0) return null;
  return (
    <Group gap="sm" component="section" aria-label={texts.attachments}>
      {message.attachments.map(({ filename, url, bytes }) => (
        <Anchor key={url} href={url} download={filename} size="sm">
          <Group gap={6} component="span">
            <IconDownload size={16} />
            <Text span inherit>
              {texts.attachment(filename, sizeText(bytes, locale))}
            </Text>
          </Group>
        </Anchor>
      ))}
    </Group>
  );
}

/** A size in kilobytes of a thousand, never less than one. */
function sizeText(bytes: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte' }).format(
    Math.max(1, Math.round(bytes / 1_000)),
  );
}
