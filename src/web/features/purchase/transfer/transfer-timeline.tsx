import { Text, Title } from '@mantine/core';
import { useId } from 'react';
import { type Icon, IconCircleCheck, IconCircleX, IconClock, IconRing } from '#web/components/icons.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { useTexts } from '#web/lib/reader.ts';
import type { Purchase } from '../payment-view.ts';
import { type TransferStep, transferSteps } from './transfer-steps.ts';
import classes from './transfer.module.css';

const icons: { readonly [state in TransferStep['state']]: Icon } = {
  done: IconCircleCheck,
  current: IconClock,
  next: IconRing,
  failed: IconCircleX,
};

/** Where a transfer stands: what is done, what happens now and what comes. */
export function TransferTimeline({ payment }: { payment: Purchase['payment'] }) {
  const texts = useTexts().transfers;
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb="sm">
        {texts.progress}
      </Title>
      <ol className={classes['steps']}>
        {transferSteps(payment).map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step: { name, state, at } }: { step: TransferStep }) {
  const texts = useTexts().transfers;
  const Mark = icons[state];
  const word = name === 'declared' && state === 'current' ? texts.waitsForYou : texts.steps[name];
  return (
    <li className={classes['step']} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
      <span className={classes['mark']}>
        <Mark size={20} />
      </span>
      <div>
        <Text size="sm" fw={state === 'current' ? 600 : 500}>
          {word}
          <span className={classes['spoken']}>, {texts.stepStates[state]}</span>
        </Text>
        {at !== null && (
          <Text size="xs" c="dimmed">
            <RelativeTime at={at} />
          </Text>
        )}
      </div>
    </li>
  );
}
