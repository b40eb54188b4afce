import { Alert, Anchor, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconRefresh, IconWarning } from '#web/components/icons.tsx';
import { ApiProblem, NetworkFailure } from '#web/lib/api-problem.ts';
import { useTexts } from '#web/lib/reader.ts';

/**
 * An error with what to do about it: its detail, the page that explains it, the request id and a way to retry. `compact`
 * is for forms: the detail alone, which says what to put right, unless the fault is ours.
 */
export function ErrorState({
  error,
  onRetry,
  compact = false,
}: {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}) {
  const texts = useTexts().common;
  const { title, detail } = useErrorWords(error);
  const problem = error instanceof ApiProblem && (!compact || error.status >= 500) ? error : null;
  const isPlain = compact && error instanceof ApiProblem;
  return (
    <Alert color="red" icon={<IconWarning size={20} />} role="alert" {...(isPlain ? {} : { title })}>
      <Stack gap="sm">
        <Text size="sm">{detail}</Text>
        {(onRetry !== undefined || problem !== null) && (
          <Group gap="md">
            {onRetry !== undefined && (
              <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
                {texts.retry}
              </Button>
            )}
            {problem?.documentationUrl !== undefined && problem.documentationUrl !== null && (
              <Anchor size="sm" c="inherit" underline="always" href={problem.documentationUrl} target="_blank">
                {texts.problemPage}
              </Anchor>
            )}
            {problem?.requestId !== undefined && problem.requestId !== null && (
              <Text size="xs" span>
                {texts.requestId} <Code>{problem.requestId}</Code>
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

/** Title and detail of any error, for a reader. */
export function useErrorWords(error: unknown): { title: string; detail: string } {
  const texts = useTexts().common;
  if (error instanceof ApiProblem && error.code !== null) return { title: error.title, detail: error.detail };
  if (error instanceof ApiProblem) return { title: texts.strangeAnswerTitle, detail: texts.strangeAnswerDetail };
  if (error instanceof NetworkFailure) return { title: texts.unreachableTitle, detail: texts.unreachableDetail };
  return { title: texts.unexpectedTitle, detail: texts.unexpectedDetail };
}
