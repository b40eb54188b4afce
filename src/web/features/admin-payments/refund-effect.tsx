import { Alert, Skeleton, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { AdminPayment } from './admin-payment.ts';
import classes from './admin-payments.module.css';
import { usePaymentWords } from './payment-words.ts';
import type { RefundEffectOnWire } from './use-refund-effect.ts';

/** What a refund gives back and takes back, before it is confirmed. */
export function RefundEffect({
  payment,
  effect,
  isAsking,
}: {
  payment: AdminPayment;
  effect: RefundEffectOnWire | undefined;
  isAsking: boolean;
}) {
  const texts = useTexts().adminPayments;
  const format = useFormat();
  const words = usePaymentWords();
  const id = useId();
  if (effect === undefined) return isAsking ? <Skeleton height={110} /> : null;
  return (
    <section aria-labelledby={id} aria-busy={isAsking} className={classes['effect']}>
      <Title order={3} id={id} mb={4}>
        {texts.refundEffect}
      </Title>
      <dl className={classes['sums']}>
        <Sum label={texts.refundMoney} value={words.amount(effect.amount, effect)} strong />
        {effect.credits_bought > 0 && (
          <>
            <Sum label={texts.refundShare} value={format.credits(creditsFromWire(effect.credits_share))} />
            <Sum label={texts.refundTakenBack} value={format.credits(creditsFromWire(effect.credits_taken_back))} />
            <Sum label={texts.refundSpent} value={format.credits(creditsFromWire(effect.credits_spent))} />
          </>
        )}
      </dl>
      {effect.by_hand ? (
        <Alert color="yellow" mt="sm" role="note">
          <Text size="sm">{texts.refundByHand}</Text>
        </Alert>
      ) : (
        <Text size="sm" c="dimmed" mt="xs">
          {texts.refundByGateway(words.gateway(payment.gateway))}
        </Text>
      )}
    </section>
  );
}

function Sum({ label, value, strong = false }: { label: string; value: string; strong?: boolean }) {
  return (
    <div data-strong={strong || undefined}>
      <dt>{label}</dt>
      <dd className="figures">
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
