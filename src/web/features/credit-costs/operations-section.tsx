import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconPlus, IconTag } from '#web/components/icons.tsx';
import { Section } from '#web/components/section.tsx';
import { RowsSkeleton } from '#web/components/skeletons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import classes from './credit-costs.module.css';
import { NewOperationDialog } from './new-operation-dialog.tsx';
import { OperationCosts } from './operation-costs.tsx';

/** Every operation with what it costs now and what it will cost. */
export function OperationsSection() {
  const texts = useTexts().creditCosts;
  const mayManage = useIsAllowed('credit_costs.manage');
  const [adding, setAdding] = useState(false);
  const operations = useQuery(endpointQuery('listCreditCosts'));
  const list = operations.data?.data;
  const add = mayManage && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {texts.addOperation}
    </Button>
  );
  return (
    <Section title={texts.operations} flush actions={list !== undefined && list.length > 0 ? add : undefined}>
      {operations.isPending && <RowsSkeleton />}
      {operations.isError && (
        <Stack px="lg" pb="lg">
          <ErrorState error={operations.error} onRetry={() => void operations.refetch()} />
        </Stack>
      )}
      {list?.length === 0 && (
        <EmptyState Icon={IconTag} title={texts.emptyTitle} detail={texts.emptyDetail} action={add} />
      )}
      <ul className={classes['operations']}>
        {list?.map((operation) => (
          <li key={operation.id}>
            <OperationCosts operation={operation} />
          </li>
        ))}
      </ul>
      <NewOperationDialog opened={adding} onClose={() => setAdding(false)} />
    </Section>
  );
}
