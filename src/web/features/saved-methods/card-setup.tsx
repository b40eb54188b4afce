import { Button, Group, Skeleton, Stack, useComputedColorScheme, useMantineTheme, VisuallyHidden } from '@mantine/core';
import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import type { StripeElementsOptionsMode } from '@stripe/stripe-js';
import { type SubmitEvent, useMemo, useState } from 'react';
import { useTexts } from '#web/lib/reader.ts';
import type { SavedMethod } from '#web/lib/saved-method-words.ts';
import { stripeAppearance } from '#web/lib/stripe-appearance.ts';
import { useStripeScript } from '#web/lib/use-stripe-script.ts';
import { FormFailed } from './form-failed.tsx';
import { SetupNotice } from './setup-notice.tsx';
import { useMethodSetup } from './use-method-setup.ts';

type CardSetupProps = {
  method: string;
  onSaved: (method: SavedMethod | null) => Promise<void>;
  onCancel: () => void;
};

/** The gateway's own form for a card that is to be saved; its fields never touch our page. */
export function CardSetup({ publishableKey, ...props }: CardSetupProps & { publishableKey: string }) {
  const stripe = useStripeScript(publishableKey);
  const theme = useMantineTheme();
  const scheme = useComputedColorScheme('light');
  const { language } = useTexts();
  const options = useMemo(
    (): StripeElementsOptionsMode => ({
      mode: 'setup',
      setupFutureUsage: 'off_session',
      allowedPaymentMethodTypes: ['card'],
      appearance: stripeAppearance(theme, scheme),
      locale: language === 'en' ? 'en' : 'auto',
    }),
    [theme, scheme, language],
  );
  if (stripe.isError) return <FormFailed onRetry={() => void stripe.refetch()} />;
  return (
    <Elements stripe={stripe.data ?? null} options={options}>
      <CardFields {...props} />
    </Elements>
  );
}

function CardFields({ method, onSaved, onCancel }: CardSetupProps) {
  const { savedMethods: texts, common } = useTexts();
  const stripe = useStripe();
  const elements = useElements();
  const setup = useMethodSetup(method, onSaved);
  const [form, setForm] = useState<'loading' | 'ready' | 'failed'>('loading');

  function save(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (stripe === null || elements === null) return;
    void setup.once(async () => {
      const fields = await elements.submit();
      // The form marks its own fields; nothing has been sent.
      if (fields.error) return fields.error.type === 'validation_error' ? null : refusedBy(fields.error);
      const { id, next } = await setup.start();
      if (next.type !== 'confirm_card') return await setup.settle(id);
      const { error } = await stripe.confirmSetup({
        elements,
        clientSecret: next.client_secret,
        confirmParams: { return_url: returnUrl(id) },
        redirect: 'if_required',
      });
      if (error?.type === 'validation_error') return null;
      const refused = await setup.settle(id);
      return refused?.kind === 'unsure' && error !== undefined ? refusedBy(error) : refused;
    });
  }

  return (
    <form onSubmit={save} noValidate aria-label={texts.cardForm}>
      <Stack gap="md">
        {form === 'loading' && <FormSkeleton />}
        {form === 'failed' && <FormFailed onRetry={() => window.location.reload()} />}
        <PaymentElement
          options={{ layout: 'tabs', wallets: { applePay: 'never', googlePay: 'never', link: 'never' } }}
          onReady={() => setForm('ready')}
          onLoadError={() => setForm('failed')}
        />
        {!setup.busy && <SetupNotice trouble={setup.trouble} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel} disabled={setup.busy}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={setup.busy} disabled={form !== 'ready'}>
            {texts.saveCard}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function FormSkeleton() {
  return (
    <Stack gap="md">
      <VisuallyHidden role="status">{useTexts().savedMethods.loadingForm}</VisuallyHidden>
      <Skeleton height={44} />
      <Skeleton height={44} />
    </Stack>
  );
}

function refusedBy(error: { code?: string; message?: string }) {
  return { kind: 'refused', code: error.code ?? '', message: error.message ?? '' } as const;
}

function returnUrl(setupId: string): string {
  return `${window.location.origin}/account/billing?tab=methods&setup=${encodeURIComponent(setupId)}`;
}
