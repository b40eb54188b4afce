import { Alert, Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconClock, IconWarning } from '#web/components/icons.tsx';
import { ApiProblem, NetworkFailure } from '#web/lib/api-problem.ts';
import { useTexts } from '#web/lib/reader.ts';
import { declineWords } from './decline-words.ts';
import type { Purchase } from './payment-view.ts';
import type { AttemptTrouble } from './use-purchase-attempt.ts';

/** What keeps the payment from going through and what to do about it, beside the form; nothing when all is well. */
export function AttemptNotice({
  trouble,
  payment,
  onCheckAgain,
}: {
  trouble: AttemptTrouble | null;
  payment: Purchase['payment'] | null;
  onCheckAgain: () => void;
}) {
  const texts = useTexts().purchase;
  if (trouble?.kind === 'unsure') return <UnsureNotice onCheckAgain={onCheckAgain} />;
  if (trouble?.kind === 'windowClosed')
    return <WindowNotice title={texts.windowClosedTitle} words={texts.windowClosed} />;
  if (trouble?.kind === 'windowFailed')
    return <WindowNotice title={texts.windowFailedTitle} words={texts.windowFailed} />;
  if (trouble?.kind === 'request') return <RequestNotice error={trouble.error} />;
  if (trouble?.kind === 'card') {
    const { type, message } = trouble.error;
    const words = type === 'api_connection_error' ? texts.cardUnreachable : (message ?? texts.declines.card_declined);
    return <DeclineNotice>{words}</DeclineNotice>;
  }
  const declined = payment?.last_payment_error ?? null;
  return declined === null ? null : <DeclineNotice>{declineWords(texts, declined)}</DeclineNotice>;
}

function DeclineNotice({ children }: { children: ReactNode }) {
  const texts = useTexts().purchase;
  return (
    <Alert color="red" icon={<IconWarning size={20} />} title={texts.notPaidTitle} role="alert">
      <Text size="sm">
        {children} {texts.nothingCharged}
      </Text>
    </Alert>
  );
}

function WindowNotice({ title, words }: { title: string; words: string }) {
  return (
    <Alert color="yellow" icon={<IconWarning size={20} />} title={title} role="alert">
      <Text size="sm">{words}</Text>
    </Alert>
  );
}

function UnsureNotice({ onCheckAgain }: { onCheckAgain: () => void }) {
  const texts = useTexts().purchase;
  return (
    <Alert color="yellow" icon={<IconClock size={20} />} title={texts.unsureTitle} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{texts.unsure}</Text>
        <Button size="xs" variant="default" onClick={onCheckAgain}>
          {texts.checkNow}
        </Button>
      </Stack>
    </Alert>
  );
}

function RequestNotice({ error }: { error: unknown }) {
  const texts = useTexts().purchase;
  const known: Readonly<Record<string, string>> = texts.problems;
  const words =
    error instanceof NetworkFailure
      ? texts.unreachable
      : error instanceof ApiProblem && error.code !== null
        ? known[error.code]
        : undefined;
  if (words === undefined) return <ErrorState error={error} />;
  return (
    <Alert color="red" icon={<IconWarning size={20} />} title={texts.problemTitle} role="alert">
      <Text size="sm">{words}</Text>
    </Alert>
  );
}
