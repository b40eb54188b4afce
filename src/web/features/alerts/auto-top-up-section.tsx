import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconInfo, IconWarning } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { Section } from '#web/components/section.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import type { AutoTopUp } from './alerts-sections.tsx';
import { AutoTopUpForm } from './auto-top-up-form.tsx';

/** What is bought by itself when the balance runs low, and how that has fared. `available` is null while unknown. */
export function AutoTopUpSection({ topUp, available }: { topUp: AutoTopUp; available: number | null }) {
  const { alerts: texts } = useTexts();
  const mayManage = useIsAllowed('credit_alerts.manage');
  // Nothing that cannot work is offered; what was set up before can still be changed and switched off.
  const offersForm = mayManage && (topUp.saved_method !== null || topUp.enabled || topUp.switched_off !== null);
  const packages = useQuery({ ...endpointQuery('listCreditPackages'), enabled: offersForm });
  return (
    <Section
      title={texts.topUp}
      description={texts.topUpDetail}
      actions={
        <Badge color={topUp.enabled ? 'green' : 'gray'} size="lg">
          {topUp.enabled ? texts.topUpOn : texts.topUpOff}
        </Badge>
      }
    >
      <Stack gap="md">
        <Trouble topUp={topUp} />
        {topUp.saved_method === null && <SaveMethodFirst isNew={topUp.switched_off === null && !topUp.enabled} />}
        {offersForm && packages.isPending && <LinesSkeleton lines={3} />}
        {offersForm && packages.isError && (
          <ErrorState error={packages.error} onRetry={() => void packages.refetch()} />
        )}
        {offersForm && packages.data !== undefined && (
          <AutoTopUpForm topUp={topUp} available={available} packages={packages.data.data} />
        )}
        {(offersForm || topUp.last_top_up !== null) && <History topUp={topUp} />}
      </Stack>
    </Section>
  );
}

/** The way to what it needs: a payment method that can be charged. */
function SaveMethodFirst({ isNew }: { isNew: boolean }) {
  const { alerts: texts } = useTexts();
  const maySave = useIsAllowed('saved_methods.manage');
  return (
    <Group gap="md">
      {isNew && (
        <Text size="sm" style={{ flex: '1 1 16rem' }}>
          {texts.saveMethodFirst}
        </Text>
      )}
      {maySave && (
        <ButtonLink to="/account/billing" search={{ tab: 'methods' }} variant={isNew ? 'default' : 'filled'} size="sm">
          {texts.saveMethod}
        </ButtonLink>
      )}
    </Group>
  );
}

/** Why it does not buy, when it does not. */
function Trouble({ topUp }: { topUp: AutoTopUp }) {
  const { alerts: texts } = useTexts();
  const format = useFormat();
  if (topUp.switched_off !== null) {
    return (
      <Alert color="yellow" icon={<IconWarning size={20} />}>
        {texts.offReasons[topUp.switched_off]}
      </Alert>
    );
  }
  if (topUp.enabled && topUp.saved_method === null) {
    return (
      <Alert color="yellow" icon={<IconWarning size={20} />}>
        {texts.noMethod}
      </Alert>
    );
  }
  if (topUp.resumes_on === null) return null;
  return (
    <Alert color="blue" icon={<IconInfo size={20} />}>
      {texts.resumes(format.date(topUp.resumes_on))}
    </Alert>
  );
}

function History({ topUp }: { topUp: AutoTopUp }) {
  const { alerts: texts } = useTexts();
  const format = useFormat();
  const last = topUp.last_top_up;
  return (
    <Text size="sm" c="dimmed">
      {texts.spent}: {format.money(moneyFromWire(topUp.spent_this_month, topUp.currency))}. {texts.lastTopUp}:{' '}
      {last === null ? (
        texts.neverToppedUp
      ) : (
        <>
          <RelativeTime at={last.started_at} />, {format.money(moneyFromWire(last.amount, last.currency))},{' '}
          {texts.lastTopUpStates[last.status]}
        </>
      )}
    </Text>
  );
}
