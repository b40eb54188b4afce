import { Title } from '@mantine/core';
import { useFocusTrap, useWindowEvent } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import classes from './admin-payments.module.css';

/** The decision somebody is about to take, at the foot of the dialog. It takes the focus, and Escape leads back. */
export function DecisionFrame({ title, onBack, children }: { title: string; onBack: () => void; children: ReactNode }) {
  const id = useId();
  const focus = useFocusTrap();
  useWindowEvent('keydown', ({ key }) => {
    if (key === 'Escape') onBack();
  });
  return (
    <section ref={focus} aria-labelledby={id} className={classes['decisionForm']}>
      <Title order={3} id={id} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
