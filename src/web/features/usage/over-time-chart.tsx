import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './chart.module.css';
import type { UsageAnalytics } from './usage-analytics.ts';

type Day = UsageAnalytics['by_day'][number];

const dotsUpTo = 45;

/** The credits of each day as a line over a quiet area. It does not move, so that there is nothing to reduce. */
export function OverTimeChart({ days }: { days: readonly Day[] }) {
  const format = useFormat();
  const compact = new Intl.NumberFormat(format.locale, { notation: 'compact' });
  return (
    <ResponsiveContainer width="100%" height={260}>
      <AreaChart data={[...days]} accessibilityLayer={false} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} />
        <XAxis
          dataKey="day"
          tickFormatter={(day: string) => format.shortDate(day)}
          tickLine={false}
          axisLine={false}
          minTickGap={40}
          tickMargin={8}
        />
        <YAxis
          allowDecimals={false}
          tickFormatter={(value: number) => compact.format(value)}
          tickLine={false}
          axisLine={false}
          width={44}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--mantine-color-dimmed)', strokeDasharray: '3 3' }}
          content={DayTooltip}
        />
        <Area
          type="linear"
          dataKey="credits"
          stroke="var(--usage-1)"
          strokeWidth={2}
          fill="var(--usage-1)"
          fillOpacity={0.08}
          dot={days.length <= dotsUpTo ? { r: 2.5, fill: 'var(--usage-1)', fillOpacity: 1, strokeWidth: 0 } : false}
          activeDot={{ r: 5, stroke: 'var(--mantine-color-body)', strokeWidth: 2 }}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

/** What the chart says about the day that is pointed at. */
function DayTooltip({ payload }: { payload?: readonly { readonly payload?: unknown }[] }) {
  const day = dayOf(payload?.[0]?.payload);
  const texts = useTexts().usage;
  const format = useFormat();
  if (day === null) return null;
  return (
    <div className={classes['tooltip']}>
      <strong>{format.date(day.day)}</strong>
      <span>
        {format.credits(creditsFromWire(day.credits))} {texts.credits}
      </span>
      <span>{texts.uses(format.count(day.events), day.events === 1)}</span>
    </div>
  );
}

/** The row of a point, which the chart hands back without its type. */
function dayOf(row: unknown): Day | null {
  if (typeof row !== 'object' || row === null) return null;
  if (!('day' in row && 'credits' in row && 'events' in row)) return null;
  const { day, credits, events } = row;
  return typeof day === 'string' && typeof credits === 'number' && typeof events === 'number'
    ? { day, credits, events }
    : null;
}
