import { Alert, Grid, Stack, Text, Title, useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { Elements, useElements, useStripe } from '@stripe/react-stripe-js';
import type { StripeElementsOptionsMode } from '@stripe/stripe-js';
import { type ReactNode, useMemo, useState } from 'react';
import { credits, type Money } from '#shared/money/index.ts';
import { IconWarning } from '#web/components/icons.tsx';
import { creditsFromWire, moneyToWire } from '#web/lib/format.ts';
import { methodName } from '#web/lib/method-name.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';
import { AttemptNotice } from './attempt-notice.tsx';
import type { MethodChoice } from './method-choices.ts';
import { MethodIcon } from './method-icon.tsx';
import { MethodPicker } from './method-picker.tsx';
import { MethodSection } from './method-section.tsx';
import { OpenNotice } from './open-notice.tsx';
import { PackageGrid } from './package-grid.tsx';
import { PaypalPay } from './paypal-pay.tsx';
import { PayButton, PurchaseSummary } from './purchase-summary.tsx';
import { stripeAppearance } from '#web/lib/stripe-appearance.ts';
import { stripeScript } from '#web/lib/stripe-script.ts';
import type { usePurchaseDesk } from './use-purchase-desk.ts';

type Desk = ReturnType<typeof usePurchaseDesk>;
type FormProps = { desk: Desk; total: Money };

/**
 * What is paid, by which method, and the summary with the button. The gateway's card form stays mounted through every
 * attempt, with what was typed.
 */
export function PurchaseForm({ desk, total }: FormProps) {
  const { stripe, save } = desk;
  const theme = useMantineTheme();
  const scheme = useComputedColorScheme('light');
  const { language } = useTexts();
  const amount = moneyToWire(total);
  const elementsOptions = useMemo(
    (): StripeElementsOptionsMode => ({
      mode: 'payment',
      amount,
      currency: total.currency.toLowerCase(),
      allowedPaymentMethodTypes: ['card'],
      appearance: stripeAppearance(theme, scheme),
      locale: language === 'en' ? 'en' : 'auto',
      ...(save === true ? { setupFutureUsage: 'off_session' as const } : {}),
    }),
    [amount, total.currency, theme, scheme, language, save],
  );
  return (
    <Elements stripe={stripe.data ?? null} options={elementsOptions}>
      <FormFields desk={desk} total={total} />
    </Elements>
  );
}

function FormFields({ desk, total }: FormProps) {
  const { choice, attempt, stripe } = desk;
  const texts = useTexts().purchase;
  const format = useFormat();
  const [cardReady, setCardReady] = useState(false);
  return (
    <Stack gap="xl">
      <WhatIsPaid desk={desk} total={total} />
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="xl">
            <Step title={texts.stepMethod}>
              <MethodPicker
                choices={desk.choices}
                marked={choice}
                total={total}
                onChoose={desk.choose}
                disabled={attempt.busy}
              />
            </Step>
            {choice === null ? (
              <Alert color="yellow" icon={<IconWarning size={20} />} title={texts.noFitTitle}>
                <Text size="sm">{texts.noFit(format.money(total))}</Text>
              </Alert>
            ) : (
              <MethodSection
                choice={choice}
                amount={format.money(total)}
                save={desk.save}
                onSave={desk.setSave}
                disabled={attempt.busy}
                cardFailed={stripe.isError}
                onRetryCard={() => void stripe.refetch()}
                onCardReady={() => setCardReady(true)}
              />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Summary desk={desk} total={total} choice={choice} cardReady={cardReady} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function WhatIsPaid({ desk, total }: FormProps) {
  const texts = useTexts().purchase;
  const { subject, offer, offers, attempt } = desk;
  if (subject !== 'package' || offer === null) {
    return (
      <OpenNotice
        invoices={desk.invoices}
        leftOut={desk.leftOut}
        total={total}
        onChooseOther={attempt.busy || offer === null ? null : desk.startAgain}
      />
    );
  }
  return (
    <Step title={texts.stepPackage}>
      <PackageGrid packages={offers} chosen={offer} onChoose={desk.start} disabled={attempt.busy} />
    </Step>
  );
}

function Summary({ desk, total, choice, cardReady }: FormProps & { choice: MethodChoice | null; cardReady: boolean }) {
  const texts = useTexts().purchase;
  const format = useFormat();
  const { purchase, subject, invoices, offer, attempt } = desk;
  const [first, ...others] = invoices;
  const bought = purchase?.credits ?? (subject === 'package' ? (offer?.credits ?? 0) : 0);
  return (
    <PurchaseSummary
      name={
        others.length > 0
          ? texts.severalInvoices(format.count(invoices.length))
          : (first?.description ?? offer?.name ?? '')
      }
      isPackage={subject === 'package' || (first !== undefined && first.expires_at !== null)}
      invoiceNumber={others.length > 0 ? null : (first?.number ?? null)}
      total={total}
      bought={bought > 0 ? creditsFromWire(bought) : credits(0n)}
      balance={desk.balance}
      sentence={useSentence(choice, total, bought)}
      notice={
        attempt.busy ? null : (
          <AttemptNotice trouble={attempt.trouble} payment={desk.open?.payment ?? null} onCheckAgain={desk.check} />
        )
      }
      action={choice === null ? null : <PayAction desk={desk} choice={choice} total={total} cardReady={cardReady} />}
      foot={useFoot(desk, choice)}
    />
  );
}

/** The button of the marked method. */
function PayAction({ desk, choice, total, cardReady }: FormProps & { choice: MethodChoice; cardReady: boolean }) {
  const texts = useTexts().purchase;
  const amount = useFormat().money(total);
  const { sandbox } = useSession();
  const stripe = useStripe();
  const elements = useElements();
  const { attempt, order } = desk;
  const { option, saved } = choice;
  const { busy } = attempt;
  if (saved !== null) {
    const pay = () => void attempt.payBySaved((key) => stripeScript(key, sandbox), order);
    return <PayButton label={texts.pay(amount)} busy={busy} ready onPay={pay} />;
  }
  if (option.kind === 'card') {
    const form = stripe !== null && elements !== null ? { stripe, elements } : null;
    const pay = () => form !== null && void attempt.payByCard(form, order);
    return <PayButton label={texts.pay(amount)} busy={busy} ready={cardReady && form !== null} onPay={pay} />;
  }
  if (option.kind === 'paypal') {
    return (
      <PaypalPay
        clientId={option.publishable_key ?? ''}
        currency={total.currency}
        label={texts.payByPaypal(amount)}
        order={order}
        paypal={attempt.paypal}
      />
    );
  }
  return (
    <PayButton
      label={texts.showTransfer(amount)}
      icon={<MethodIcon kind={option.kind} />}
      busy={busy}
      ready
      onPay={() => void attempt.start(order)}
    />
  );
}

function useSentence(choice: MethodChoice | null, total: Money, bought: number): string {
  const { purchase: texts, invoices } = useTexts();
  const format = useFormat();
  const amount = format.money(total);
  const isByHand = choice?.option.kind === 'transfer' || choice?.option.kind === 'wallet';
  const saved = choice?.saved ?? null;
  const pays = isByHand
    ? texts.summaryTransfer(amount)
    : saved === null
      ? texts.summaryInvoice(amount)
      : texts.summarySaved(methodName(invoices, saved.details), amount);
  if (bought <= 0) return pays;
  const added = format.credits(creditsFromWire(bought));
  return `${pays} ${isByHand ? texts.summaryOnArrival(added) : texts.summaryAtOnce(added)}`;
}

function useFoot({ attempt }: Desk, choice: MethodChoice | null): string {
  const texts = useTexts().purchase;
  if (attempt.phase === 'approving') return texts.approving;
  if (attempt.busy) return texts.paying;
  if (choice === null) return '';
  if (choice.saved !== null) return texts.foot.saved;
  const { kind } = choice.option;
  return texts.foot[kind === 'wallet' ? 'transfer' : kind];
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2} mb="md">
        {title}
      </Title>
      {children}
    </section>
  );
}
