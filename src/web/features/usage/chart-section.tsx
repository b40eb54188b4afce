import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Section } from '#web/components/section.tsx';
import { useTexts } from '#web/lib/reader.ts';
import classes from './chart.module.css';

/**
 * A chart with its twin, a table of the same figures: shown instead of the chart when the reader likes, and always there
 * for assistive technology, to which the drawing itself says nothing. What is there unseen takes no focus, which nobody
 * would see either.
 */
export function ChartSection({
  title,
  description,
  chart,
  renderTable,
}: {
  title: string;
  description: ReactNode;
  chart: ReactNode;
  renderTable: (isSeen: boolean) => ReactNode;
}) {
  const texts = useTexts().usage;
  const [shown, setShown] = useState('chart');
  return (
    <Section
      title={title}
      description={description}
      actions={
        <SegmentedControl
          size="xs"
          value={shown}
          onChange={setShown}
          aria-label={`${texts.view}: ${title}`}
          data={[
            { value: 'chart', label: texts.viewChart },
            { value: 'table', label: texts.viewTable },
          ]}
        />
      }
    >
      {shown === 'chart' ? (
        <>
          <div aria-hidden="true" className={classes['chart']}>
            {chart}
          </div>
          <VisuallyHidden>{renderTable(false)}</VisuallyHidden>
        </>
      ) : (
        renderTable(true)
      )}
    </Section>
  );
}
