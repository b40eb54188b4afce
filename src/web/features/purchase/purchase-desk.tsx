import { Stack } from '@mantine/core';
import { ErrorState } from '#web/components/error-state.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { useFormat } from '#web/lib/reader.ts';
import { AttemptNotice } from './attempt-notice.tsx';
import { CardFormFailed } from './card-form-failed.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { PaidDialog } from './paid-dialog.tsx';
import { BankPanel, EndedPanel, MissingPanel, WaitingPanel } from './payment-panels.tsx';
import { PurchaseForm } from './purchase-form.tsx';
import { PurchaseHeader } from './purchase-header.tsx';
import { UnfinishedNotice } from './unfinished-notice.tsx';
import { type DeskOffers, usePurchaseDesk } from './use-purchase-desk.ts';

/** After so many answers the wait is no longer a short one: about a minute. */
const longWaitAnswers = 8;

type Desk = ReturnType<typeof usePurchaseDesk>;

/** The desk where packages are paid: the form, or what became of the payment that the address names. */
export function PurchaseDesk(props: DeskOffers) {
  const desk = usePurchaseDesk(props);
  return (
    <>
      <LeaveGuard busy={desk.attempt.busy} />
      <PurchaseHeader invoiceToPay={desk.resumed?.invoice.number ?? null} />
      <DeskContent desk={desk} />
    </>
  );
}

function DeskContent({ desk }: { desk: Desk }) {
  const { view, payment, attempt, stripe } = desk;
  switch (view) {
    case 'loading':
      return <CardSkeleton lines={4} />;
    case 'failed':
      return <ErrorState error={payment.error} onRetry={() => void payment.refetch()} />;
    case 'missing':
      return <MissingPanel onStartAgain={desk.startAgain} />;
    case 'ended':
      return <EndedPanel onStartAgain={desk.startAgain} />;
    case 'waiting':
      return <WaitingPanel busy={attempt.busy} long={payment.answers >= longWaitAnswers} onCheck={desk.check} />;
    case 'bank':
      return stripe.isError ? <CardFormFailed onRetry={() => void stripe.refetch()} /> : <BankStep desk={desk} />;
    case 'form':
    case 'paid':
      return stripe.isError ? <CardFormFailed onRetry={() => void stripe.refetch()} /> : <FormStep desk={desk} />;
    default:
      return neverView(view);
  }
}

function BankStep({ desk }: { desk: Desk }) {
  const format = useFormat();
  const { open, stripe, attempt } = desk;
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

function FormStep({ desk }: { desk: Desk }) {
  const { view, purchase, attempt } = desk;
  return (
    <Stack gap="xl">
      {purchase === null && !attempt.busy && <UnfinishedNotice />}
      <PurchaseForm
        packages={desk.offers}
        offer={desk.offer}
        onOffer={desk.start}
        options={desk.options}
        option={desk.option}
        onOption={desk.chooseOption}
        started={purchase}
        resumed={desk.resumed !== null}
        onChooseOther={desk.startAgain}
        balance={desk.balance}
        stripe={desk.stripe.data ?? null}
        order={desk.order}
        attempt={attempt}
      />
      {view === 'paid' && purchase !== null && <PaidDialog purchase={purchase} onDone={desk.leave} />}
    </Stack>
  );
}

function neverView(view: never): never {
  throw new Error(`Unknown view ${JSON.stringify(view)}.`);
}
