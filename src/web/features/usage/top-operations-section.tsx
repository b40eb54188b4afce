import { Text } from '@mantine/core';
import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { ChartSection } from './chart-section.tsx';
import { FiguresTable } from './figures-table.tsx';
import { operationLabel, type UsageAnalytics } from './usage-analytics.ts';

type Top = UsageAnalytics['top_operations'][number];

/** The most expensive operations, each variant by itself, as bars. */
export function TopOperationsSection({ usage }: { usage: UsageAnalytics }) {
  const texts = useTexts().usage;
  const format = useFormat();
  return (
    <ChartSection
      title={texts.top}
      description={texts.topDetail}
      chart={
        usage.totals.credits === 0 ? (
          <Text size="sm" c="dimmed">
            {texts.noCredits}
          </Text>
        ) : (
          <Bars operations={usage.top_operations.filter(({ credits }) => credits > 0)} />
        )
      }
      renderTable={(isSeen) => (
        <FiguresTable
          isSeen={isSeen}
          label={texts.top}
          rows={usage.top_operations}
          rowKey={keyOf}
          columns={[
            { key: 'operation', title: texts.columnOperation, render: ({ operation }) => operation.name },
            { key: 'variant', title: texts.columnVariant, render: ({ variant }) => variant },
            {
              key: 'quantity',
              title: texts.columnQuantity,
              isFigure: true,
              render: ({ quantity, operation }) => `${format.count(quantity)} ${operation.unit}`,
            },
            { key: 'uses', title: texts.columnUses, isFigure: true, render: ({ events }) => format.count(events) },
            {
              key: 'credits',
              title: texts.columnCredits,
              isFigure: true,
              render: ({ credits }) => format.credits(creditsFromWire(credits)),
            },
          ]}
        />
      )}
    />
  );
}

const rowPixels = 44;

function Bars({ operations }: { operations: readonly Top[] }) {
  const format = useFormat();
  const bars = operations.map((top) => ({
    name: operationLabel(top.operation.name, top.variant),
    credits: top.credits,
    words: format.credits(creditsFromWire(top.credits)),
  }));
  const widest = Math.max(...bars.map(({ words }) => words.length));
  return (
    <ResponsiveContainer width="100%" height={Math.max(2, bars.length) * rowPixels}>
      <BarChart
        data={bars}
        layout="vertical"
        accessibilityLayer={false}
        margin={{ top: 0, right: 12 + widest * 7, bottom: 0, left: 0 }}
        barCategoryGap={0}
      >
        <XAxis type="number" hide />
        <YAxis type="category" dataKey="name" hide />
        <Bar dataKey="credits" fill="var(--usage-1)" radius={3} barSize={14} minPointSize={2} isAnimationActive={false}>
          <LabelList dataKey="words" position="right" fill="var(--mantine-color-text)" fontWeight={600} />
          <LabelList dataKey="name" content={NameAbove} />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

/** The name of an operation over its bar, where it has the whole width of the card. */
function NameAbove({
  x,
  y,
  value,
}: {
  x?: number | string | undefined;
  y?: number | string | undefined;
  value?: unknown;
}) {
  return (
    <text x={Number(x ?? 0)} y={Number(y ?? 0) - 6} fill="var(--mantine-color-text)">
      {typeof value === 'string' ? value : ''}
    </text>
  );
}

function keyOf({ operation, variant }: Top): string {
  return `${operation.code} ${variant ?? ''}`;
}
