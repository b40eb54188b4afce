import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { IconWarning } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { expiringMethod, expiryMonth, type SavedMethod, savedMethodName } from '#web/lib/saved-method-words.ts';
import { useIsAllowed } from '#web/lib/session.ts';

/** Warns of a saved method that expires soon or has expired, with the way to the page where another one is saved. */
export function ExpiringMethodWarning() {
  const { savedMethods: texts } = useTexts();
  const { data } = useQuery({ ...endpointQuery('listSavedMethods'), enabled: useIsAllowed('saved_methods.read') });
  const method = data === undefined ? null : expiringMethod(data.data);
  if (method === null) return null;
  return (
    <ExpiryNotice
      method={method}
      action={
        <ButtonLink to="/account/billing" search={{ tab: 'methods' }} size="xs" variant="default">
          {texts.manage}
        </ButtonLink>
      }
    />
  );
}

/** What is to be known about the expiry of a method. */
export function ExpiryNotice({ method, action }: { method: SavedMethod; action?: ReactNode }) {
  const { savedMethods: texts, locale } = useTexts();
  const name = savedMethodName(texts, method);
  const month = expiryMonth(method, locale) ?? '';
  const title = method.is_expired ? texts.expiredTitle(name) : texts.expiringTitle(name);
  const detail = method.is_expired ? texts.expiredDetail(month) : texts.expiringDetail(month);
  return (
    <Alert
      role="note"
      color={method.is_expired && method.needed_by.length > 0 ? 'red' : 'yellow'}
      icon={<IconWarning size={20} />}
      title={title}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ flex: '1 1 14rem' }}>
          {[detail, method.needed_by.includes('auto_top_up') ? texts.toppingUp : null]
            .filter((sentence) => sentence !== null)
            .join(' ')}
        </Text>
        {action}
      </Group>
    </Alert>
  );
}
