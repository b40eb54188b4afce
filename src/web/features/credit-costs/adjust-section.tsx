import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Credits } from '#shared/money/index.ts';
import { CreditCount } from '#web/components/credit-count.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconSearch } from '#web/components/icons.tsx';
import { Section } from '#web/components/section.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { AdjustForm } from './adjust-form.tsx';
import { accountNamed } from './credit-costs-search.ts';

/** An account and what it has to spend. */
export type AccountCredits = ApiResult<'getAccountCredits'>;

/** Gives an account credits or takes some back, with a reason and a look at the effect before. */
export function AdjustSection({
  account,
  onAccount,
}: {
  account: string | undefined;
  onAccount: (account: string) => void;
}) {
  const texts = useTexts().creditCosts;
  const found = useQuery({
    ...endpointQuery('getAccountCredits', { params: { id: account ?? '' } }),
    enabled: account !== undefined,
  });
  return (
    <Section title={texts.adjust} description={texts.adjustDetail}>
      <Stack gap="lg" maw={560}>
        <AccountPicker key={account ?? ''} account={account} onAccount={onAccount} />
        {account !== undefined && found.isPending && <LinesSkeleton lines={2} />}
        {found.isError &&
          (isProblem(found.error, 'not_found') ? (
            <Alert color="yellow" role="alert">
              {texts.accountNotFound}
            </Alert>
          ) : (
            <ErrorState error={found.error} onRetry={() => void found.refetch()} />
          ))}
        {found.data !== undefined && !found.isError && (
          <>
            <Standing credits={found.data} />
            <AdjustForm key={found.data.account.id} credits={found.data} />
          </>
        )}
      </Stack>
    </Section>
  );
}

function AccountPicker({ account, onAccount }: { account: string | undefined; onAccount: (account: string) => void }) {
  const texts = useTexts().creditCosts;
  const [typed, setTyped] = useState(account?.replace(/^ext:/, '') ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const named = accountNamed(typed);
        if (named !== null) onAccount(named);
      }}
    >
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <TextInput
          label={texts.account}
          description={texts.accountHint}
          maxLength={255}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          style={{ flex: 1 }}
        />
        <Button type="submit" variant="default" leftSection={<IconSearch size={16} />}>
          {texts.find}
        </Button>
      </Group>
    </form>
  );
}

function Standing({ credits: { account, available, held } }: { credits: AccountCredits }) {
  const texts = useTexts().creditCosts;
  return (
    <Group justify="space-between" gap="lg">
      <Stack gap={0}>
        <Text fw={600}>{account.name}</Text>
        {account.external_id !== null && (
          <Text size="sm" c="dimmed">
            {account.external_id}
          </Text>
        )}
      </Stack>
      <Group gap="lg">
        <Figure name={texts.available} units={creditsFromWire(available)} />
        <Figure name={texts.held} units={creditsFromWire(held)} />
      </Group>
    </Group>
  );
}

function Figure({ name, units }: { name: string; units: Credits }) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <CreditCount units={units} fw={650} fz="lg" />
    </Stack>
  );
}
