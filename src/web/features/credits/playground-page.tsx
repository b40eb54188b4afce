import { Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconTag } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed, useSession } from '#web/lib/session.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { LatestEntries } from './latest-entries.tsx';
import { OpenHolds } from './open-holds.tsx';
import type { Operation } from './operation-cost.ts';
import { OperationForm } from './operation-form.tsx';
import { PlaygroundBalance } from './playground-balance.tsx';

/** /playground: runs a metered operation, so that the credits of a new install move. */
export function PlaygroundPage() {
  const { playground: texts } = useTexts();
  const { sandbox } = useSession();
  const operations = useQuery(endpointQuery('listOperations'));
  const list = operations.data?.data;
  return (
    <>
      <PageHeader title={texts.title} description={sandbox ? texts.descriptionSandbox : texts.description} />
      {operations.isPending && <CardSkeleton lines={5} />}
      {operations.isError && <ErrorState error={operations.error} onRetry={() => void operations.refetch()} />}
      {list !== undefined && (list.length === 0 ? <NoOperations /> : <Playground operations={list} />)}
    </>
  );
}

function Playground({ operations }: { operations: readonly Operation[] }) {
  const { entry } = useSearch({ from: '/house/account/playground' });
  const navigate = useNavigate();
  const explain = (id: string | undefined) =>
    void navigate({ to: '/playground', search: id === undefined ? {} : { entry: id }, resetScroll: false });
  return (
    <>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <OperationForm operations={operations} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <PlaygroundBalance />
            <OpenHolds operations={operations} />
            <LatestEntries onExplain={explain} />
          </Stack>
        </Grid.Col>
      </Grid>
      <EntryDialog entryId={entry} onEntry={explain} onClose={() => explain(undefined)} />
    </>
  );
}

function NoOperations() {
  const { playground: texts, shell } = useTexts();
  const mayPrice = useIsAllowed('credit_costs.read');
  return (
    <EmptyState
      Icon={IconTag}
      title={texts.noOperationsTitle}
      detail={texts.noOperationsDetail}
      {...(mayPrice ? { action: <ButtonLink to="/admin/credit-costs">{shell.pages.creditCosts}</ButtonLink> } : {})}
    />
  );
}
