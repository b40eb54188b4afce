import { Card, Skeleton, Stack, Title, VisuallyHidden } from '@mantine/core';
import { PaymentElement } from '@stripe/react-stripe-js';
import { type ReactNode, useState } from 'react';
import { useTexts } from '#web/lib/reader.ts';
import { CardFormFailed } from './card-form-failed.tsx';

/** The gateway's own form for the card; its fields never touch our page. */
export function CardSection({ onReady, children }: { onReady: () => void; children?: ReactNode }) {
  const texts = useTexts().purchase;
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  return (
    <Card component="section" aria-label={texts.stepCard}>
      <Stack gap="md">
        <Title order={2}>{texts.stepCard}</Title>
        {state === 'loading' && <CardFormSkeleton />}
        {state === 'failed' && <CardFormFailed onRetry={() => window.location.reload()} />}
        <PaymentElement
          options={{ layout: 'tabs', wallets: { applePay: 'never', googlePay: 'never', link: 'never' } }}
          onReady={() => {
            setState('ready');
            onReady();
          }}
          onLoadError={() => setState('failed')}
        />
        {children}
      </Stack>
    </Card>
  );
}

function CardFormSkeleton() {
  return (
    <Stack gap="md">
      <VisuallyHidden role="status">{useTexts().purchase.loadingCardForm}</VisuallyHidden>
      <Skeleton height={44} />
      <Skeleton height={44} />
    </Stack>
  );
}
