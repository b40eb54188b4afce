import { Button, Group, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { PayPalButtons, PayPalScriptProvider, usePayPalScriptReducer } from '@paypal/react-paypal-js';
import { useRef, useState } from 'react';
import { paypalScriptOptions } from '#web/lib/paypal-script-options.ts';
import { useTexts } from '#web/lib/reader.ts';
import type { SavedMethod } from '#web/lib/saved-method-words.ts';
import { useSession } from '#web/lib/session.ts';
import { FormFailed } from './form-failed.tsx';
import { SetupNotice } from './setup-notice.tsx';
import { useMethodSetup } from './use-method-setup.ts';

type PaypalSetupProps = {
  clientId: string;
  onSaved: (method: SavedMethod | null) => Promise<void>;
  onCancel: () => void;
};

/** PayPal's own button, by which its owner agrees that PayPal is charged later. */
export function PaypalSetup(props: PaypalSetupProps) {
  const { sandbox, account } = useSession();
  const { language } = useTexts();
  const [tries, setTries] = useState(1);
  const currency = account?.currency ?? 'USD';
  return (
    <PayPalScriptProvider
      key={tries}
      options={paypalScriptOptions({ clientId: props.clientId, currency, language, sandbox })}
    >
      <Agreement {...props} onRetry={() => setTries(tries + 1)} />
    </PayPalScriptProvider>
  );
}

function Agreement({ onSaved, onCancel, onRetry }: PaypalSetupProps & { onRetry: () => void }) {
  const { savedMethods: texts, common } = useTexts();
  const [{ isPending, isInitial, isRejected }] = usePayPalScriptReducer();
  const setup = useMethodSetup('paypal', onSaved);
  const setupId = useRef('');

  /** The token PayPal's window is opened for. What goes wrong here is thrown, so that no window stays open. */
  async function open(): Promise<string> {
    setup.say(null);
    const { id, next, last_error: error } = await setup.start();
    setupId.current = id;
    if (next.type !== 'approve_paypal') throw new Error(error?.message ?? texts.notSaved);
    return next.setup_token;
  }

  if (isRejected) return <FormFailed onRetry={onRetry} />;
  return (
    <Stack gap="md" aria-busy={isPending || isInitial || setup.busy || undefined}>
      {(isPending || isInitial) && (
        <>
          <VisuallyHidden role="status">{texts.loadingPaypal}</VisuallyHidden>
          <Skeleton height={44} />
        </>
      )}
      <PayPalButtons
        style={{ layout: 'vertical', shape: 'rect', label: 'paypal', height: 44, tagline: false }}
        createVaultSetupToken={open}
        onApprove={() => setup.once(() => setup.settle(setupId.current))}
        onCancel={() => setup.say({ kind: 'closed' })}
        onError={(error) => setup.say({ kind: 'request', error })}
      />
      <SetupNotice trouble={setup.trouble} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} disabled={setup.busy}>
          {common.cancel}
        </Button>
      </Group>
    </Stack>
  );
}
