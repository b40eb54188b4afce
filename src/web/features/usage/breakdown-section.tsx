import { Text } from '@mantine/core';
import { Pie, PieChart, ResponsiveContainer } from 'recharts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { type Slice, slicesOf } from './breakdown-slices.ts';
import { ChartSection } from './chart-section.tsx';
import classes from './chart.module.css';
import { FiguresTable } from './figures-table.tsx';
import type { UsageAnalytics } from './usage-analytics.ts';

/** What the credits went to, as a pie of operations with their percentages. */
export function BreakdownSection({ usage }: { usage: UsageAnalytics }) {
  const texts = useTexts().usage;
  const format = useFormat();
  return (
    <ChartSection
      title={texts.breakdown}
      description={texts.breakdownDetail}
      chart={
        usage.totals.credits === 0 ? (
          <Text size="sm" c="dimmed">
            {texts.noCredits}
          </Text>
        ) : (
          <Breakdown slices={slicesOf(usage.by_operation)} />
        )
      }
      renderTable={(isSeen) => (
        <FiguresTable
          isSeen={isSeen}
          label={texts.breakdown}
          rows={usage.by_operation}
          rowKey={({ operation }) => operation.code}
          columns={[
            { key: 'operation', title: texts.columnOperation, render: ({ operation }) => operation.name },
            {
              key: 'credits',
              title: texts.columnCredits,
              isFigure: true,
              render: ({ credits }) => format.credits(creditsFromWire(credits)),
            },
            {
              key: 'share',
              title: texts.columnShare,
              isFigure: true,
              render: ({ share_basis_points: share }) => format.share(share),
            },
            { key: 'uses', title: texts.columnUses, isFigure: true, render: ({ events }) => format.count(events) },
          ]}
        />
      )}
    />
  );
}

function Breakdown({ slices }: { slices: readonly Slice[] }) {
  const texts = useTexts().usage;
  const format = useFormat();
  return (
    <div className={classes['pie']}>
      <ResponsiveContainer width="100%" height={200}>
        <PieChart accessibilityLayer={false}>
          <Pie
            data={slices.map(({ key, weight, color }) => ({ name: key, value: weight, fill: color }))}
            dataKey="value"
            innerRadius="56%"
            outerRadius="98%"
            startAngle={90}
            endAngle={-270}
            stroke="var(--mantine-color-body)"
            strokeWidth={2}
            rootTabIndex={-1}
            isAnimationActive={false}
          />
        </PieChart>
      </ResponsiveContainer>
      <ul className={classes['legend']}>
        {slices.map((slice) => (
          <li key={slice.key} className={classes['slice']}>
            <span className={classes['swatch']} style={{ background: slice.color }} />
            <Text span size="sm" truncate>
              {slice.name ?? texts.other(format.count(slice.operations), slice.operations === 1)}
            </Text>
            <Text span size="sm" fw={600} className="figures">
              {format.share(slice.shareBasisPoints)}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
