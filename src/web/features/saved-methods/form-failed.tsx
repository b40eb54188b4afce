import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconRefresh, IconWarning } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';

/** The gateway's script or form did not come. */
export function FormFailed({ onRetry }: { onRetry: () => void }) {
  const { savedMethods: texts } = useTexts();
  return (
    <Alert color="red" icon={<IconWarning size={20} />} title={texts.formFailedTitle} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{texts.formFailed}</Text>
        <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
          {texts.tryAgain}
        </Button>
      </Stack>
    </Alert>
  );
}
