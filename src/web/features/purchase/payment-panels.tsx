import { Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Icon, IconCircleX, IconCompass, IconLock } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { useTexts } from '#web/lib/reader.ts';

/** The gateway still works on the payment: what is happening, and that there is nothing to do. */
export function WaitingPanel({ busy, long, onCheck }: { busy: boolean; long: boolean; onCheck: () => void }) {
  const texts = useTexts().purchase;
  return (
    <Panel
      mark={<Loader size={32} aria-hidden="true" />}
      title={texts.waitingTitle}
      actions={
        <Button variant="default" onClick={onCheck} disabled={busy}>
          {texts.checkNow}
        </Button>
      }
    >
      {long ? texts.waitingLong : texts.waiting}
    </Panel>
  );
}

/** 3-D Secure was begun and not finished: take it up again, or use another card. */
export function BankPanel({
  amount,
  ready,
  notice,
  onConfirm,
  onOtherCard,
}: {
  amount: string;
  ready: boolean;
  notice: ReactNode;
  onConfirm: () => void;
  onOtherCard: () => void;
}) {
  const texts = useTexts().purchase;
  return (
    <Panel
      mark={<IconOf icon={IconLock} />}
      title={texts.bankTitle}
      notice={notice}
      actions={
        <>
          <Button onClick={onConfirm} disabled={!ready}>
            {texts.bankConfirm}
          </Button>
          <Button variant="default" onClick={onOtherCard}>
            {texts.bankOtherCard}
          </Button>
        </>
      }
    >
      {texts.bank(amount)}
    </Panel>
  );
}

/** The payment is over and no money came. */
export function EndedPanel({ onStartAgain }: { onStartAgain: () => void }) {
  const texts = useTexts().purchase;
  return (
    <Panel
      mark={<IconOf icon={IconCircleX} />}
      title={texts.endedTitle}
      actions={<Button onClick={onStartAgain}>{texts.startAgain}</Button>}
    >
      {texts.ended}
    </Panel>
  );
}

/** The address names a payment this account does not have. */
export function MissingPanel({ onStartAgain }: { onStartAgain: () => void }) {
  const texts = useTexts().purchase;
  return (
    <Panel
      mark={<IconOf icon={IconCompass} />}
      title={texts.missingTitle}
      actions={
        <>
          <Button onClick={onStartAgain}>{texts.startAgain}</Button>
          <TextLink to="/account/invoices">{texts.toInvoices}</TextLink>
        </>
      }
    >
      {texts.missing}
    </Panel>
  );
}

function Panel({
  mark,
  title,
  notice,
  actions,
  children,
}: {
  mark: ReactNode;
  title: string;
  notice?: ReactNode;
  actions: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card maw={640} mx="auto" w="100%" padding="xl">
      <Stack align="center" ta="center" gap="sm" role="status">
        {mark}
        <Title order={2}>{title}</Title>
        <Text c="dimmed" maw="48ch">
          {children}
        </Text>
      </Stack>
      {notice !== undefined && notice !== null && <div style={{ marginBlockStart: 16 }}>{notice}</div>}
      <Group justify="center" mt="lg">
        {actions}
      </Group>
    </Card>
  );
}

function IconOf({ icon: Mark }: { icon: Icon }) {
  return (
    <Text span c="dimmed" lh={0}>
      <Mark size={36} />
    </Text>
  );
}
