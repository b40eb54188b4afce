import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBilling, IconPaypal } from '#web/components/icons.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { expiryMonth, type SavedMethod, savedMethodName } from '#web/lib/saved-method-words.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { refreshSavedMethods } from './refresh-saved-methods.ts';
import classes from './saved-methods.module.css';

/** One saved method: what it is, whether it is the default, until when it can pay, and what can be done about it. */
export function SavedMethodRow({ method, onRemove }: { method: SavedMethod; onRemove: () => void }) {
  const { savedMethods: texts } = useTexts();
  const mayManage = useIsAllowed('saved_methods.manage');
  const Icon = method.details.type === 'paypal' ? IconPaypal : IconBilling;
  const name = savedMethodName(texts, method);
  return (
    <li className={classes['row'] ?? ''}>
      <div className={classes['what'] ?? ''}>
        <span className={classes['mark'] ?? ''}>
          <Icon size={22} />
        </span>
        <Stack gap={2} miw={0}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Badges method={method} />
          </Group>
          <Text size="sm" c="dimmed">
            <Facts method={method} />
          </Text>
        </Stack>
      </div>
      {mayManage && (
        <Group gap="xs" ms="auto">
          {!method.is_default && <MakeDefault method={method} name={name} />}
          <Button size="xs" variant="subtle" color="red" onClick={onRemove} aria-label={texts.removeOf(name)}>
            {texts.remove}
          </Button>
        </Group>
      )}
    </li>
  );
}

function Badges({ method }: { method: SavedMethod }) {
  const { savedMethods: texts } = useTexts();
  return (
    <>
      {method.is_default && <Badge variant="light">{texts.defaultBadge}</Badge>}
      {method.is_expired && <StatusBadge state={{ word: texts.expiredBadge, tone: 'bad' }} />}
      {method.expires_soon && <StatusBadge state={{ word: texts.expiresSoonBadge, tone: 'warning' }} />}
    </>
  );
}

function Facts({ method }: { method: SavedMethod }) {
  const { savedMethods: texts, locale } = useTexts();
  const month = expiryMonth(method, locale);
  const facts = [
    month === null ? texts.saved : method.is_expired ? texts.expired(month) : texts.expires(month),
    method.needed_by.includes('auto_top_up') ? texts.topsUp : null,
  ];
  return <>{facts.filter((fact) => fact !== null).join(' · ')}</>;
}

function MakeDefault({ method, name }: { method: SavedMethod; name: string }) {
  const { savedMethods: texts } = useTexts();
  const queries = useQueryClient();
  const choose = useMutation({
    mutationFn: () => api('setDefaultMethod', { params: { id: method.id } }),
    onSuccess: async () => {
      await refreshSavedMethods(queries);
      showToast({ tone: 'good', message: texts.defaultSet(name) });
    },
    onError: (failure) => showToast({ tone: 'bad', message: failure.message }),
  });
  return (
    <Button
      size="xs"
      variant="default"
      loading={choose.isPending}
      onClick={() => choose.mutate()}
      aria-label={texts.setDefaultOf(name)}
    >
      {texts.setDefault}
    </Button>
  );
}
