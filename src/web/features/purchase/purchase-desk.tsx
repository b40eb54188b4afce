import { Stack } from '@mantine/core';
import { ErrorState } from '#web/components/error-state.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { useFormat } from '#web/lib/reader.ts';
import { AttemptNotice } from './attempt-notice.tsx';
import { CardFormFailed } from './card-form-failed.tsx';
import type { DeskView } from './desk-view.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { PaidDialog } from './paid-dialog.tsx';
import {
  AgainActions,
  BankPanel,
  EndedPanel,
  MissingPanel,
  NothingToPayPanel,
  WaitingPanel,
} from './payment-panels.tsx';
import { PurchaseForm } from './purchase-form.tsx';
import { PurchaseHeader } from './purchase-header.tsx';
import { ReviewStep } from './transfer/review-step.tsx';
import { TransferEnded } from './transfer/transfer-ended.tsx';
import { TransferStep } from './transfer/transfer-step.tsx';
import { UnfinishedNotice } from './unfinished-notice.tsx';
import { type DeskOffers, usePurchaseDesk } from './use-purchase-desk.ts';
import { useViewFocus } from './use-view-focus.ts';

/** After so many answers the wait is no longer a short one: about a minute. */
const longWaitAnswers = 8;

const viewsOfTransfers: readonly DeskView[] = ['transfer', 'review', 'rejected'];

type Desk = ReturnType<typeof usePurchaseDesk>;

/** The desk where packages and invoices are paid: the form, or what became of the payment that the address names. */
export function PurchaseDesk(props: DeskOffers) {
  const desk = usePurchaseDesk(props);
  const content = useViewFocus(desk.view);
  const isAboutInvoices = desk.subject !== 'package' || viewsOfTransfers.includes(desk.view);
  return (
    <>
      <LeaveGuard busy={desk.attempt.busy} />
      <PurchaseHeader invoices={isAboutInvoices ? desk.invoices : null} />
      <div ref={content} tabIndex={-1} style={{ outline: 'none' }}>
        <DeskContent desk={desk} />
      </div>
    </>
  );
}

function DeskContent({ desk }: { desk: Desk }) {
  const { view, payment, attempt, purchase } = desk;
  switch (view) {
    case 'loading':
      return <CardSkeleton lines={4} />;
    case 'failed':
      return <ErrorState error={desk.error} onRetry={desk.retry} />;
    case 'missing':
      return <MissingPanel onStartAgain={desk.startAgain} />;
    case 'settled':
      return <NothingToPayPanel reason={desk.isUnderWay ? 'underWay' : 'settled'} />;
    case 'waiting':
      return <WaitingPanel busy={attempt.busy} long={payment.answers >= longWaitAnswers} onCheck={desk.check} />;
    case 'transfer':
      return purchase && <TransferStep purchase={purchase} onDeclared={desk.remember} onGiveUp={desk.giveUp} />;
    case 'review':
      return purchase && <ReviewStep purchase={purchase} onDeclared={desk.remember} />;
    case 'rejected':
    case 'ended':
      return <EndedStep desk={desk} />;
    case 'bank':
      return <BankStep desk={desk} />;
    case 'form':
    case 'paid':
      return <FormStep desk={desk} />;
    default:
      return neverView(view);
  }
}

function BankStep({ desk }: { desk: Desk }) {
  const format = useFormat();
  const { open, stripe, attempt } = desk;
  if (stripe.isError) return <CardFormFailed onRetry={() => void stripe.refetch()} />;
  if (open === null) return null;
  return (
    <BankPanel
      amount={format.money(moneyFromWire(open.payment.amount, open.payment.currency))}
      ready={stripe.data !== undefined && !attempt.busy}
      notice={<AttemptNotice trouble={attempt.trouble} payment={null} onCheckAgain={desk.check} />}
      onConfirm={() => stripe.data !== undefined && void attempt.confirmWithBank(stripe.data, open)}
      onOtherCard={desk.tryOtherCard}
    />
  );
}

function EndedStep({ desk }: { desk: Desk }) {
  const { purchase, invoices, payInvoices, startAgain } = desk;
  const unpaid = invoices.filter(({ status, amount_due: due }) => status === 'pending' && due > 0);
  const onPayAgain = unpaid.length === 0 ? null : () => payInvoices(unpaid.map(({ id }) => id));
  if (purchase === null || purchase.payment.transfer === null) {
    return <EndedPanel payment={purchase?.payment ?? null} onPayAgain={onPayAgain} onStartAgain={startAgain} />;
  }
  return (
    <TransferEnded purchase={purchase} actions={<AgainActions onPayAgain={onPayAgain} onStartAgain={startAgain} />} />
  );
}

function FormStep({ desk }: { desk: Desk }) {
  const { view, purchase, attempt, total, subject } = desk;
  if (total === null) return <NothingToPayPanel reason={subject === 'invoices' ? 'mixed' : 'settled'} />;
  return (
    <Stack gap="xl">
      {purchase === null && subject === 'package' && !attempt.busy && <UnfinishedNotice />}
      <PurchaseForm desk={desk} total={total} />
      {view === 'paid' && purchase !== null && (
        <PaidDialog purchase={purchase} onDone={desk.leave} onPayRest={desk.payInvoices} />
      )}
    </Stack>
  );
}

function neverView(view: never): never {
  throw new Error(`Unknown view ${JSON.stringify(view)}.`);
}
