import { z } from 'zod';
import { amountMinor, calendarDate, creditUnits, currencyCode, idOf } from './codecs.ts';
import { endpoint } from './endpoint.ts';

const howOften = creditUnits.meta({ description: 'How many uses' });
const howMany = creditUnits.meta({ description: 'How many units of the operation' });
const milliCredits = creditUnits.meta({ description: 'Thousandths of a credit, rounded half up' });

const NamedOperation = z.object({ code: z.string(), name: z.string(), unit: z.string() });

const UsageAnalytics = z
  .object({
    from: calendarDate.meta({ description: 'The first day of the range' }),
    to: calendarDate.meta({ description: 'The last day of the range' }),
    time_zone: z.string().meta({ description: "The account's: its midnights part the days" }),
    totals: z.object({ credits: creditUnits, events: howOften }),
    previous: z
      .object({
        from: calendarDate,
        to: calendarDate,
        credits: creditUnits,
        events: howOften,
        change_basis_points: z
          .int()
          .nullable()
          .meta({ description: 'How much more the range has used, 10000 is twice as much; null after nothing' }),
      })
      .meta({ description: 'As many days, just before the range' }),
    by_day: z
      .array(z.object({ day: calendarDate, credits: creditUnits, events: howOften }))
      .meta({ description: 'Every day of the range, days without use included' }),
    by_operation: z
      .array(
        z.object({
          operation: NamedOperation,
          credits: creditUnits,
          quantity: howMany,
          events: howOften,
          share_basis_points: z
            .int()
            .meta({ description: 'Of the credits of the range; all together exactly 10000, or 0 without credits' }),
        }),
      )
      .meta({ description: 'What the range was spent on, the most credits first' }),
    top_operations: z
      .array(
        z.object({
          operation: NamedOperation,
          variant: z.string().nullable(),
          credits: creditUnits,
          quantity: howMany,
          events: howOften,
        }),
      )
      .meta({ description: 'The ten most expensive operations of the range, each variant by itself' }),
    cards: z.object({
      used_this_month: z.object({ from: calendarDate, to: calendarDate, credits: creditUnits }),
      average_daily: z
        .object({ milli_credits: milliCredits, days: z.int() })
        .meta({ description: 'Of the days of the range up to today' }),
      most_used_operation: z
        .object({ operation: NamedOperation, events: howOften })
        .nullable()
        .meta({ description: 'Of the range: the one with the most uses' }),
      projected_month: z
        .object({
          credits: creditUnits,
          days_left: z.int(),
          pace: z.object({ milli_credits: milliCredits, days: z.int() }).meta({
            description:
              'The average of the last 30 full days, fewer when the first use is younger; of today when it was the first day',
          }),
          amount: z.object({ amount: amountMinor, currency: currencyCode }).nullable().meta({
            description:
              'An estimate: the credits at the average price, without tax, of all credits bought with paid invoices in the currency of the account; null before the first',
          }),
        })
        .meta({
          description: 'What this month comes to: the credits used so far, and the pace for each day after today',
        }),
    }),
    sites: z
      .array(z.object({ id: idOf('sit', 'The site'), name: z.string() }))
      .meta({ description: 'Sites with use in the range, whatever the filter' }),
    members: z
      .array(z.object({ id: idOf('usr', 'The member'), name: z.string() }))
      .meta({ description: 'Members with use in the range, whatever the filter' }),
  })
  .meta({ id: 'UsageAnalytics' });

export const usageEndpoints = {
  getUsageAnalytics: endpoint({
    summary: 'What credits were used for: by day and by operation, with this month and its projection',
    description:
      "Days are those of the account's time zone. Without dates the range is the last 30 days. With `format=csv` (or `Accept: text/csv`) the answer is a file with a line for each day, operation and variant of the range.",
    tag: 'usage',
    access: 'usage.read',
    query: z.object({
      from: calendarDate
        .optional()
        .meta({ description: 'The first day, from 2000-01-01 on; 29 days before the last when left away' }),
      to: calendarDate
        .optional()
        .meta({ description: 'The last day, at most two years after the first; today when left away' }),
      site_id: idOf('sit', 'Only of this site').optional(),
      user_id: idOf('usr', 'Only of this member').optional(),
      format: z.enum(['json', 'csv']).optional(),
    }),
    response: UsageAnalytics,
    alternative: 'text/csv',
  }),
};
