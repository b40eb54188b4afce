import { z } from 'zod';
import { MethodDetails } from './billing.ts';
import { amountMinor, calendarDate, creditUnits, currencyCode, idOf, instant } from './codecs.ts';
import { endpoint } from './endpoint.ts';

/** A number of credits that a balance can fall below: more than zero, and what JSON carries exactly. */
const threshold = z
  .codec(z.int().min(1), z.bigint(), { decode: (value) => BigInt(value), encode: Number })
  .meta({ description: 'Whole credits: acted on when less than this can be spent' });

const CreditAlerts = z
  .object({
    low_balance_threshold: threshold
      .nullable()
      .meta({ description: 'Null when the account is told of no low balance' }),
    available: creditUnits.meta({ description: 'What can be spent now' }),
    is_below: z.boolean().meta({ description: 'Whether the balance is below the threshold now' }),
    included: z
      .object({
        alerts_on: z.boolean(),
        included: creditUnits,
        spent: creditUnits,
        milestones: z.array(z.int()).meta({ description: 'Per cent, each told once per period' }),
      })
      .nullable()
      .meta({ description: 'Null while the plan of the account includes no credits' }),
    recipient: z.string().meta({ description: 'The billing address, to which alerts go' }),
    last_alert: z
      .object({
        kind: z.enum(['low_balance', 'included_used']),
        happened_at: instant,
        threshold: creditUnits.nullable().meta({ description: 'Of a low balance' }),
        available: creditUnits.nullable().meta({ description: 'Of a low balance: what was left' }),
        percent: z.int().nullable().meta({ description: 'Of included credits: the share that was spent' }),
      })
      .nullable(),
  })
  .meta({ id: 'CreditAlerts' });

const AutoTopUp = z
  .object({
    enabled: z.boolean(),
    threshold: threshold.nullable(),
    package: z
      .object({ id: idOf('cpk', 'The credit package'), name: z.string(), credits: creditUnits, price: amountMinor })
      .nullable(),
    monthly_cap: amountMinor.nullable(),
    currency: currencyCode,
    spent_this_month: amountMinor.meta({
      description: 'What top-ups have cost this month, the one under way included',
    }),
    saved_method: z
      .object({ method: z.string(), details: MethodDetails })
      .nullable()
      .meta({ description: 'What would be charged; null while the account has saved nothing that can be' }),
    switched_off: z
      .enum(['failures', 'saved_method_missing', 'package_unavailable'])
      .nullable()
      .meta({ description: 'Why Purser switched it off' }),
    resumes_on: calendarDate.nullable().meta({ description: 'When the cap of the month no longer holds it up' }),
    last_top_up: z
      .object({
        payment_id: idOf('pay', 'Its payment'),
        status: z.enum(['under_way', 'succeeded', 'failed']),
        amount: amountMinor,
        currency: currencyCode,
        started_at: instant,
      })
      .nullable(),
  })
  .meta({ id: 'AutoTopUp' });

export const creditAlertsEndpoints = {
  getCreditAlerts: endpoint({
    summary: 'What the account is told about its credits',
    tag: 'credits',
    access: 'credit_alerts.read',
    response: CreditAlerts,
  }),
  updateCreditAlerts: endpoint({
    summary: 'Change what the account is told about its credits',
    description:
      'A low balance is told by e-mail when less than the threshold can be spent. It is told again only after the balance has reached the threshold again, and then not twice in a calendar month unless credits were added. Nothing is told about a balance that is below already when the threshold is set.',
    tag: 'credits',
    access: 'credit_alerts.manage',
    body: z.object({
      low_balance_threshold: threshold.nullable().optional(),
      included_alerts: z.boolean().optional(),
    }),
    response: CreditAlerts,
  }),
  getAutoTopUp: endpoint({
    summary: 'What is bought when the balance runs low',
    tag: 'credits',
    access: 'credit_alerts.read',
    response: AutoTopUp,
  }),
  updateAutoTopUp: endpoint({
    summary: 'Change what is bought when the balance runs low',
    description:
      'Members left away stay as they are; to switch it on, package, threshold and cap must be set by then, and the account needs a saved payment method. A balance that is below the threshold when it is switched on is topped up at once.',
    tag: 'credits',
    access: 'credit_alerts.manage',
    body: z.object({
      enabled: z.boolean().optional(),
      package_id: idOf('cpk', 'The credit package to buy').optional(),
      threshold: threshold.optional(),
      monthly_cap: amountMinor.optional().meta({ description: 'In minor units of the account’s currency' }),
    }),
    response: AutoTopUp,
    problems: ['saved_method_required', 'package_unknown', 'package_inactive', 'package_price_missing'],
  }),
};
