import { Title } from '@mantine/core';
import { useFocusTrap } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import classes from './admin-payments.module.css';

/** The decision somebody is about to take, at the foot of the dialog. It takes the focus, and Escape leads back. */
export function DecisionFrame({ title, onBack, children }: { title: string; onBack: () => void; children: ReactNode }) {
  const id = useId();
  const focus = useFocusTrap();
  return (
    <section
      ref={focus}
      aria-labelledby={id}
      className={classes['decisionForm']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onBack();
      }}
    >
      <Title order={3} id={id} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
