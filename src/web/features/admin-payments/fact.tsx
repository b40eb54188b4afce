import { type ReactNode, useId } from 'react';
import { Title } from '@mantine/core';
import { CopyButton } from '#web/components/copy-button.tsx';
import { useTexts } from '#web/lib/reader.ts';
import classes from './admin-payments.module.css';

/** Facts under a heading, one under the other. */
export function Facts({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb={4}>
        {title}
      </Title>
      <dl className={classes['facts']}>{children}</dl>
    </section>
  );
}

/** A fact; with `copies` it can be copied, to be looked for on a bank statement. */
export function Fact({
  label,
  children,
  copies,
  emphasis = false,
}: {
  label: string;
  children: ReactNode;
  copies?: string | undefined;
  emphasis?: boolean;
}) {
  const texts = useTexts().adminPayments;
  return (
    <div className={classes['fact']} data-emphasis={emphasis || undefined}>
      <dt>{label}</dt>
      <dd>
        <span>{children}</span>
        {copies !== undefined && <CopyButton value={copies} what={texts.copyOf(label)} />}
      </dd>
    </div>
  );
}
