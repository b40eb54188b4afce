import { Alert, Button, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { PayPalButtons, PayPalScriptProvider, usePayPalScriptReducer } from '@paypal/react-paypal-js';
import { useState } from 'react';
import { IconRefresh, IconWarning } from '#web/components/icons.tsx';
import { paypalScriptOptions } from '#web/lib/paypal-script-options.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';
import type { Order } from './purchase-order.ts';
import type { usePurchaseAttempt } from './use-purchase-attempt.ts';

type PaypalPayProps = {
  clientId: string;
  currency: string;
  /** What the buttons do, for those who do not see them. */
  label: string;
  order: () => Order;
  paypal: ReturnType<typeof usePurchaseAttempt>['paypal'];
};

/** PayPal's own buttons, in the place of ours: PayPal asks that its window is opened by nothing else. */
export function PaypalPay(props: PaypalPayProps) {
  const { sandbox } = useSession();
  const { language } = useTexts();
  const { clientId, currency } = props;
  const [tries, setTries] = useState(1);
  return (
    <PayPalScriptProvider
      key={`${clientId} ${currency} ${tries}`}
      options={paypalScriptOptions({ clientId, currency, language, sandbox })}
    >
      <Buttons {...props} onRetry={() => setTries(tries + 1)} />
    </PayPalScriptProvider>
  );
}

function Buttons({ label, order, paypal, onRetry }: PaypalPayProps & { onRetry: () => void }) {
  const texts = useTexts().purchase;
  const [{ isPending, isInitial, isRejected }] = usePayPalScriptReducer();
  if (isRejected) return <ScriptFailed onRetry={onRetry} />;
  return (
    <section aria-label={label} aria-busy={isPending || isInitial || undefined}>
      {(isPending || isInitial) && (
        <>
          <VisuallyHidden role="status">{texts.loadingPaypal}</VisuallyHidden>
          <Skeleton height={44} />
        </>
      )}
      <PayPalButtons
        style={{ layout: 'vertical', shape: 'rect', label: 'pay', height: 44, tagline: false }}
        createOrder={() => paypal.open(order)}
        onApprove={async (_data, actions) => await paypal.approved(() => actions.restart())}
        onCancel={() => paypal.closed()}
        onError={() => paypal.failed()}
      />
    </section>
  );
}

function ScriptFailed({ onRetry }: { onRetry: () => void }) {
  const texts = useTexts().purchase;
  return (
    <Alert color="red" icon={<IconWarning size={20} />} title={texts.paypalFailedTitle} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{texts.paypalFailed}</Text>
        <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
          {texts.tryAgain}
        </Button>
      </Stack>
    </Alert>
  );
}
