import { useFocusTrap, useWindowEvent } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './admin-payments.module.css';

/** The decision somebody is about to take, at the foot of the dialog. It takes the focus, and Escape leads back. */
export function DecisionFrame({ title, onBack, children }: { title: string; onBack: () => void; children: ReactNode }) {
  const focus = useFocusTrap();
  useWindowEvent('keydown', ({ key }) => {
    if (key === 'Escape') onBack();
  });
  return (
    <section ref={focus} aria-label={title} className={classes['decisionForm']}>
      {children}
    </section>
  );
}
