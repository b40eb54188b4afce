import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { ChangeCostDialog, type CostTarget } from './change-cost-dialog.tsx';
import { type CostVersion, costsByVariant, useCostWords, type PricedOperation, type VariantCosts } from './costs.ts';
import classes from './credit-costs.module.css';
import { HistoryDialog } from './history-dialog.tsx';
import { OperationMenu } from './operation-menu.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** One operation: its names, what each variant costs and will cost, and what can be done about it. */
export function OperationCosts({ operation }: { operation: PricedOperation }) {
  const texts = useTexts().creditCosts;
  const mayManage = useIsAllowed('credit_costs.manage');
  const [target, setTarget] = useState<CostTarget | null>(null);
  const [withdrawing, setWithdrawing] = useState<CostVersion | null>(null);
  const [showsHistory, setShowsHistory] = useState(false);
  const variants = costsByVariant(operation);
  return (
    <>
      <Group justify="space-between" gap="sm" align="flex-start">
        <Stack gap={2} style={{ flex: '1 1 14rem' }}>
          <Group gap="xs">
            <Text fw={600}>{operation.name}</Text>
            <Code>{operation.code}</Code>
            {!operation.is_active && <Badge color="gray">{texts.inactive}</Badge>}
          </Group>
          {operation.description !== '' && (
            <Text size="sm" c="dimmed">
              {operation.description}
            </Text>
          )}
        </Stack>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            onClick={() => setShowsHistory(true)}
            aria-label={`${texts.history}: ${operation.name}`}
          >
            {texts.history}
          </Button>
          {mayManage && <OperationMenu operation={operation} onAddVariant={() => setTarget({ variant: undefined })} />}
        </Group>
      </Group>
      <ul className={classes['costs']}>
        {variants.map((costs) => (
          <VariantRows
            key={costs.variant ?? ''}
            operation={operation}
            costs={costs}
            isOnly={variants.length === 1}
            onChange={() => setTarget({ variant: costs.variant })}
            onWithdraw={setWithdrawing}
          />
        ))}
      </ul>
      <ChangeCostDialog operation={operation} target={target} onClose={() => setTarget(null)} />
      <WithdrawDialog operation={operation} cost={withdrawing} onClose={() => setWithdrawing(null)} />
      <HistoryDialog operation={operation} opened={showsHistory} onClose={() => setShowsHistory(false)} />
    </>
  );
}

function VariantRows({
  operation,
  costs: { variant, inForce, scheduled },
  isOnly,
  onChange,
  onWithdraw,
}: {
  operation: PricedOperation;
  costs: VariantCosts;
  isOnly: boolean;
  onChange: () => void;
  onWithdraw: (cost: CostVersion) => void;
}) {
  const texts = useTexts().creditCosts;
  const format = useFormat();
  const mayManage = useIsAllowed('credit_costs.manage');
  const name = variant ?? (isOnly ? texts.everyVariant : texts.everyOtherVariant);
  const what = `${operation.name}, ${name}`;
  return (
    <>
      {inForce !== null && (
        <CostRow
          name={name}
          operation={operation}
          cost={inForce}
          when={texts.since(format.instant(new Date(inForce.effective_from)))}
          action={
            mayManage && (
              <Button size="compact-xs" variant="subtle" onClick={onChange} aria-label={texts.changeOf(what)}>
                {texts.change}
              </Button>
            )
          }
        />
      )}
      {scheduled.map((cost) => (
        <CostRow
          key={cost.id}
          name={inForce === null ? name : ''}
          operation={operation}
          cost={cost}
          when={texts.from(format.instant(new Date(cost.effective_from)))}
          isScheduled
          action={
            mayManage && (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => onWithdraw(cost)}
                aria-label={texts.withdrawOf(what)}
              >
                {texts.withdraw}
              </Button>
            )
          }
        />
      ))}
    </>
  );
}

function CostRow({
  name,
  operation,
  cost,
  when,
  isScheduled = false,
  action,
}: {
  name: string;
  operation: PricedOperation;
  cost: CostVersion;
  when: string;
  isScheduled?: boolean;
  action: ReactNode;
}) {
  const texts = useTexts().creditCosts;
  const costWords = useCostWords();
  return (
    <li className={classes['cost']}>
      <span>{name}</span>
      <Text span size="sm" className="figures" {...(isScheduled ? {} : { fw: 600 })}>
        {costWords(cost, operation.unit)}{' '}
        <Text span size="xs" c="dimmed" fw={400}>
          {texts.roundings[cost.rounding]}
        </Text>
      </Text>
      <Text span size="sm" c="dimmed">
        {when}
      </Text>
      <span>{action}</span>
    </li>
  );
}
