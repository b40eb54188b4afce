import { daysBetween } from '#shared/time/index.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useCreditWords, useFormat, useTexts } from '#web/lib/reader.ts';
import { ChartSection } from './chart-section.tsx';
import { FiguresTable } from './figures-table.tsx';
import { OverTimeChart } from './over-time-chart.tsx';
import type { UsageAnalytics } from './usage-analytics.ts';

/** The credits of each day as a line, and the comparison with as many days before. */
export function OverTimeSection({ usage }: { usage: UsageAnalytics }) {
  const texts = useTexts().usage;
  const format = useFormat();
  return (
    <ChartSection
      title={texts.overTime}
      description={`${useSum(usage)}. ${useComparison(usage)}`}
      chart={<OverTimeChart days={usage.by_day} />}
      renderTable={(isSeen) => (
        <FiguresTable
          isSeen={isSeen}
          label={texts.overTime}
          rows={usage.by_day.toReversed()}
          rowKey={({ day }) => day}
          columns={[
            { key: 'day', title: texts.columnDay, render: ({ day }) => <time dateTime={day}>{format.date(day)}</time> },
            {
              key: 'credits',
              title: texts.columnCredits,
              isFigure: true,
              render: ({ credits }) => format.credits(creditsFromWire(credits)),
            },
            { key: 'uses', title: texts.columnUses, isFigure: true, render: ({ events }) => format.count(events) },
          ]}
        />
      )}
    />
  );
}

function useDays({ from, to }: UsageAnalytics): string {
  const texts = useTexts().usage;
  const days = daysBetween(from, to) + 1;
  return texts.days(useFormat().count(days), days === 1);
}

function useSum(usage: UsageAnalytics): string {
  const texts = useTexts().usage;
  return texts.overTimeDetail(useCreditWords()(creditsFromWire(usage.totals.credits)), useDays(usage));
}

function useComparison(usage: UsageAnalytics): string {
  const texts = useTexts().usage;
  const format = useFormat();
  const days = useDays(usage);
  const change = usage.previous.change_basis_points;
  if (change === null) return '';
  if (change === 0) return `${texts.same(days)}.`;
  return change > 0 ? `${texts.more(format.percent(change), days)}.` : `${texts.less(format.percent(-change), days)}.`;
}
