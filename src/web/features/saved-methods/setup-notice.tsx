import { Alert, Text } from '@mantine/core';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconWarning } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';
import type { SetupTrouble } from './use-method-setup.ts';

/** Why a method was not saved, and what to do. */
export function SetupNotice({ trouble }: { trouble: SetupTrouble | null }) {
  const { savedMethods: texts } = useTexts();
  if (trouble === null) return null;
  if (trouble.kind === 'request') return <ErrorState error={trouble.error} compact />;
  return (
    <Alert
      role="alert"
      color={trouble.kind === 'refused' ? 'red' : 'yellow'}
      icon={<IconWarning size={20} />}
      title={trouble.kind === 'unsure' ? texts.unsureTitle : texts.notSavedTitle}
    >
      <Text size="sm">{sentenceOf(trouble, texts)}</Text>
    </Alert>
  );
}

function sentenceOf(
  trouble: Exclude<SetupTrouble, { kind: 'request' }>,
  texts: ReturnType<typeof useTexts>['savedMethods'],
): string {
  if (trouble.kind === 'closed') return texts.closedPaypal;
  if (trouble.kind === 'unsure') return texts.unsure;
  if (trouble.code === 'authentication_failed') return texts.authenticationFailed;
  return trouble.message === '' ? texts.notSaved : trouble.message;
}
