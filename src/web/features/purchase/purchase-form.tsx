import { Alert, Button, Grid, Group, Stack, Text, Title, useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { Elements, useElements, useStripe } from '@stripe/react-stripe-js';
import type { Stripe, StripeElementsOptionsMode } from '@stripe/stripe-js';
import { type ReactNode, useMemo, useState } from 'react';
import type { Credits, Money } from '#shared/money/index.ts';
import { IconInvoice } from '#web/components/icons.tsx';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { AttemptNotice } from './attempt-notice.tsx';
import { CardSection } from './card-section.tsx';
import { MethodPicker, type PaymentOption } from './method-picker.tsx';
import { type CreditPackage, PackageGrid } from './package-grid.tsx';
import type { Purchase } from './payment-view.ts';
import { PurchaseSummary } from './purchase-summary.tsx';
import { stripeAppearance } from './stripe-appearance.ts';
import type { Order, usePurchaseAttempt } from './use-purchase-attempt.ts';

/** What the form is given: the choice, the open payment if there is one, and the attempt that a click starts. */
export type PurchaseFormProps = {
  packages: readonly CreditPackage[];
  offer: CreditPackage;
  onOffer: (slug: string) => void;
  options: readonly PaymentOption[];
  option: PaymentOption;
  onOption: (optionId: string) => void;
  /** What has been begun to be paid; null before the first click. */
  started: Purchase | null;
  /** Whether it was begun before, so that no package is chosen here. */
  resumed: boolean;
  onChooseOther: () => void;
  balance: Credits | null;
  stripe: Stripe | null;
  order: () => Order;
  attempt: ReturnType<typeof usePurchaseAttempt>;
};

/** Package, method, card and summary. The gateway's form stays mounted through every attempt, with what was typed. */
export function PurchaseForm(props: PurchaseFormProps) {
  const { offer, started, stripe } = props;
  const amount = started?.payment.amount ?? offer.price;
  const currency = started?.payment.currency ?? offer.currency;
  const theme = useMantineTheme();
  const scheme = useComputedColorScheme('light');
  const { language } = useTexts();
  const elementsOptions = useMemo(
    (): StripeElementsOptionsMode => ({
      mode: 'payment',
      amount,
      currency: currency.toLowerCase(),
      allowedPaymentMethodTypes: ['card'],
      appearance: stripeAppearance(theme, scheme),
      locale: language === 'en' ? 'en' : 'auto',
    }),
    [amount, currency, theme, scheme, language],
  );
  return (
    <Elements stripe={stripe} options={elementsOptions}>
      <PurchaseFields {...props} total={moneyFromWire(amount, currency)} />
    </Elements>
  );
}

function PurchaseFields(props: PurchaseFormProps & { total: Money }) {
  const { offer, started, attempt, order } = props;
  const texts = useTexts().purchase;
  const stripe = useStripe();
  const elements = useElements();
  const [formReady, setFormReady] = useState(false);
  return (
    <Stack gap="xl">
      {started !== null && props.resumed ? (
        <OpenPayment open={started} total={props.total} onChooseOther={attempt.busy ? null : props.onChooseOther} />
      ) : (
        <Step title={texts.stepPackage}>
          <PackageGrid packages={props.packages} chosen={offer} onChoose={props.onOffer} disabled={attempt.busy} />
        </Step>
      )}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="xl">
            <Step title={texts.stepMethod}>
              <MethodPicker
                options={props.options}
                chosen={props.option}
                onChoose={props.onOption}
                disabled={attempt.busy}
              />
            </Step>
            <CardSection onReady={() => setFormReady(true)} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <PurchaseSummary
            name={started?.invoice.description ?? offer.name}
            isPurchase={!props.resumed || (started !== null && started.invoice.expires_at !== null)}
            invoiceNumber={started?.invoice.number ?? null}
            total={props.total}
            bought={creditsFromWire(started?.credits ?? offer.credits)}
            balance={props.balance}
            busy={attempt.busy}
            ready={formReady && stripe !== null && elements !== null}
            notice={
              attempt.busy ? null : (
                <AttemptNotice
                  trouble={attempt.trouble}
                  payment={started?.payment ?? null}
                  onCheckAgain={() => started !== null && void attempt.checkAgain(started.payment.id)}
                />
              )
            }
            onPay={() => stripe !== null && elements !== null && void attempt.pay({ stripe, elements }, order)}
          />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

/**
 * Stands in the place of the packages while a payment is open: what it is for, when it ends unpaid, and the way to
 * another package.
 */
function OpenPayment({
  open,
  total,
  onChooseOther,
}: {
  open: Purchase;
  total: Money;
  /** Null while the payment is under way. */
  onChooseOther: (() => void) | null;
}) {
  const texts = useTexts().purchase;
  const format = useFormat();
  const { number, status, expires_at: expiresAt } = open.invoice;
  if (status !== 'pending') return null;
  return (
    <Alert color="blue" role="note" icon={<IconInvoice size={20} />} title={texts.openPaymentTitle(number ?? '')}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw="65ch">
          {texts.openPayment(format.money(total))}
          {expiresAt !== null && ` ${texts.voidedOn(format.instant(new Date(expiresAt)))}`}
        </Text>
        {onChooseOther !== null && expiresAt !== null && (
          <Button variant="default" size="xs" onClick={onChooseOther}>
            {texts.chooseOther}
          </Button>
        )}
      </Group>
    </Alert>
  );
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
