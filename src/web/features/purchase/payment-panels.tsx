import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconCircleX, IconCompass, IconInvoice, IconLock } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { declineWords } from './decline-words.ts';
import { Panel, PanelMark } from './panel.tsx';
import type { Purchase } from './payment-view.ts';

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
      mark={<PanelMark icon={IconLock} />}
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

/** The payment is over and no money came. Its invoices may still be open. */
export function EndedPanel({
  payment,
  onPayAgain,
  onStartAgain,
}: {
  payment: Purchase['payment'] | null;
  /** Null where the invoices want no money any more. */
  onPayAgain: (() => void) | null;
  onStartAgain: (() => void) | null;
}) {
  const texts = useTexts().purchase;
  const declined = payment?.last_payment_error ?? null;
  return (
    <Panel
      mark={<PanelMark icon={IconCircleX} />}
      title={texts.endedTitle}
      actions={<AgainActions onPayAgain={onPayAgain} onStartAgain={onStartAgain} />}
    >
      {declined !== null && declineWords(texts, declined)} {texts.ended}
    </Panel>
  );
}

/** The address names a payment or an invoice this account does not have. */
export function MissingPanel({ onStartAgain }: { onStartAgain: (() => void) | null }) {
  const texts = useTexts().purchase;
  return (
    <Panel
      mark={<PanelMark icon={IconCompass} />}
      title={texts.missingTitle}
      actions={<AgainActions onPayAgain={null} onStartAgain={onStartAgain} />}
    >
      {texts.missing}
    </Panel>
  );
}

/** The address names invoices on which nothing is due now, or that one payment cannot pay. */
export function NothingToPayPanel({ reason }: { reason: 'settled' | 'underWay' | 'mixed' }) {
  const texts = useTexts().purchase;
  return (
    <Panel
      mark={<PanelMark icon={IconInvoice} />}
      title={texts[`${reason}Title`]}
      actions={<TextLink to="/account/invoices">{texts.toInvoices}</TextLink>}
    >
      {texts[reason]}
    </Panel>
  );
}

/** What can be done about a payment that has ended: pay its invoices again, or begin anew, and see the invoices. */
export function AgainActions({
  onPayAgain,
  onStartAgain,
}: {
  onPayAgain: (() => void) | null;
  onStartAgain: (() => void) | null;
}) {
  const texts = useTexts().purchase;
  return (
    <>
      {onPayAgain !== null && <Button onClick={onPayAgain}>{texts.payAgain}</Button>}
      {onPayAgain === null && onStartAgain !== null && <Button onClick={onStartAgain}>{texts.startAgain}</Button>}
      <TextLink to="/account/invoices">{texts.toInvoices}</TextLink>
    </>
  );
}
