import { ActionIcon, Badge, Button, Code, Group, Stack, Switch, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { useErrorWords } from '#web/components/error-state.tsx';
import { IconBank, IconBilling, IconPaypal, IconTrash, IconWallet, IconWarning } from '#web/components/icons.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { useOptionWords } from './option-words.ts';
import { adoptOption, type OptionSettings, refreshOptions } from './options.ts';
import classes from './payment-options.module.css';

const icons = { card: IconBilling, paypal: IconPaypal, transfer: IconBank, wallet: IconWallet };

/** One way to pay of a country: what it is, whether it is offered, and what can be done about it. */
export function OptionRow({
  option,
  isLast,
  onEdit,
}: {
  option: OptionSettings;
  /** Whether its country would have no methods of its own without it. */
  isLast: boolean;
  onEdit: () => void;
}) {
  const texts = useTexts().paymentOptions;
  const words = useOptionWords();
  const mayManage = useIsAllowed('payment_options.manage');
  const country = words.country(option.country);
  const KindIcon = icons[option.kind];
  return (
    <div className={classes['option']}>
      <span className={classes['icon']}>
        <KindIcon size={22} />
      </span>
      <Stack gap={2} className={classes['what']}>
        <Group gap="xs">
          <Text fw={600}>{option.display_name}</Text>
          {!option.is_available && (
            <Tooltip label={texts.notConfiguredDetail(words.gateway(option.gateway))} multiline maw={280}>
              <Badge color="yellow" leftSection={<IconWarning size={13} />}>
                {texts.notConfigured}
              </Badge>
            </Tooltip>
          )}
        </Group>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {texts.kinds[option.kind]}
          </Text>
          {option.method !== option.kind && <Code fz="xs">{option.method}</Code>}
        </Group>
        {!option.is_available && (
          <Text size="xs" c="dimmed">
            {texts.notConfiguredDetail(words.gateway(option.gateway))}
          </Text>
        )}
      </Stack>
      <Text size="sm" c="dimmed" className={classes['limits']}>
        {words.limits(option)}
      </Text>
      <Group gap="sm" wrap="nowrap" className={classes['actions']}>
        <OfferSwitch option={option} country={country} disabled={!mayManage} />
        {mayManage && (
          <>
            <Button
              size="xs"
              variant="default"
              aria-label={texts.editOf(option.display_name, country)}
              onClick={onEdit}
            >
              {texts.edit}
            </Button>
            <RemoveButton option={option} country={country} isLast={isLast} />
          </>
        )}
      </Group>
    </div>
  );
}

/** Whether customers see it. Shown as wanted at once, and put back if the server refuses. */
function OfferSwitch({ option, country, disabled }: { option: OptionSettings; country: string; disabled: boolean }) {
  const texts = useTexts().paymentOptions;
  const queryClient = useQueryClient();
  const name = option.display_name;
  const change = useMutation({
    mutationFn: (isEnabled: boolean) =>
      api('updatePaymentOption', { params: { id: option.id }, body: { is_enabled: isEnabled } }),
    onMutate: (isEnabled) => adoptOption(queryClient, { ...option, is_enabled: isEnabled }),
    onSuccess: async (changed) => {
      adoptOption(queryClient, changed);
      showToast({
        tone: changed.is_enabled ? 'good' : 'neutral',
        message: (changed.is_enabled ? texts.switchedOn : texts.switchedOff)(name, country),
      });
      await refreshOptions(queryClient);
    },
    onError: () => adoptOption(queryClient, option),
  });
  const problem = useErrorWords(change.error);
  return (
    <Stack gap={2} align="flex-end">
      <Switch
        aria-label={texts.offered(`${name}: ${country}`)}
        checked={option.is_enabled}
        disabled={disabled || change.isPending}
        onChange={({ currentTarget }) => change.mutate(currentTarget.checked)}
      />
      {change.isError && (
        <Text size="xs" c="red" role="alert">
          {problem.detail}
        </Text>
      )}
    </Stack>
  );
}

function RemoveButton({ option, country, isLast }: { option: OptionSettings; country: string; isLast: boolean }) {
  const texts = useTexts().paymentOptions;
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const name = option.display_name;
  return (
    <>
      <Tooltip label={texts.remove}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={texts.removeOf(name, country)}
          onClick={() => setAsking(true)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Tooltip>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={texts.removeTitle(name, country)}
        confirmLabel={texts.removeConfirm}
        keepLabel={texts.removeKeep}
        dangerous
        onConfirm={async () => {
          await api('deletePaymentOption', { params: { id: option.id } });
          await refreshOptions(queryClient);
          showToast({ tone: 'neutral', message: texts.removed(name) });
        }}
      >
        {texts.removeDetail} {isLast && texts.removeLast}
      </ConfirmDialog>
    </>
  );
}
