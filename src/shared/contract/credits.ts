import { z } from 'zod';
import { calendarDate, creditUnits, idOf, instant, lineOfText, pageOf, pageQuery } from './codecs.ts';
import { endpoint } from './endpoint.ts';
import { costRoundings, entryKinds, holdStatuses, lotKinds } from './metering.ts';

/** The code of an operation: words of lower-case letters, digits and underscores, joined by dots. */
export const operationCode = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/, 'must be a code such as content.generate')
  .meta({ description: 'The code of an operation', examples: ['content.generate'] });

/** The variant of an operation, such as a model. */
export const variantName = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/@+-]*$/, 'must be a name such as large-2, without spaces')
  .meta({ description: 'The model or grade, which may have a cost of its own', examples: ['large'] });

/** How many units of an operation, at most a thousand million at once. */
const usedQuantity = z
  .codec(z.int().min(1).max(1_000_000_000), z.bigint(), {
    decode: (value) => BigInt(value),
    encode: Number,
  })
  .meta({ description: 'How many units of the operation' });

/** Text as PostgreSQL can keep it: whole characters, and none of code zero. */
const storable = /^[^\0\p{Cs}]*$/u;

const metadata = z
  .record(
    z.string().min(1).max(40).regex(storable, 'must not contain a null character'),
    z.union([z.string().max(500).regex(storable, 'must not contain a null character'), z.number(), z.boolean()]),
  )
  .refine((members) => Object.keys(members).length <= 20, 'must have at most 20 members')
  .meta({ description: 'Of your own choice, shown with the entry: at most 20 members' });

const useOfOperation = {
  operation: operationCode,
  variant: variantName.optional(),
  quantity: usedQuantity.prefault(1),
  site_id: idOf('sit', 'The site it was for').optional(),
  user_id: idOf('usr', 'The member of the account it was for').optional(),
  reference: lineOfText(200)
    .optional()
    .meta({ description: 'What it was, in your own product: shown in the statement' }),
  metadata: metadata.optional(),
};

const spent = {
  id: idOf('led', 'The ledger entry: what /v1/credits/entries/:id/explain/ explains'),
  operation: z.string(),
  variant: z.string().nullable(),
  quantity: usedQuantity,
  credits: creditUnits.meta({ description: 'What it cost' }),
  balance: creditUnits.meta({ description: 'What can be spent after it' }),
  held: creditUnits.meta({ description: 'What holds reserve after it' }),
  occurred_at: instant,
};

const Consumption = z.object(spent).meta({ id: 'Consumption' });

const Hold = z
  .object({
    id: idOf('hld', 'The hold'),
    status: z.enum(holdStatuses),
    operation: z.string(),
    variant: z.string().nullable(),
    quantity: usedQuantity.meta({ description: 'What was estimated' }),
    credits: creditUnits.meta({ description: 'What was reserved' }),
    captured_quantity: usedQuantity.nullable(),
    captured_credits: creditUnits.nullable(),
    site_id: idOf('sit', 'The site it is for').nullable(),
    user_id: idOf('usr', 'The member it is for').nullable(),
    reference: z.string().nullable(),
    metadata: metadata.nullable(),
    created_at: instant,
    expires_at: instant,
    ended_at: instant.nullable(),
  })
  .meta({ id: 'Hold' });

const HoldWithBalance = Hold.extend({
  balance: creditUnits.meta({ description: 'What can be spent after this request' }),
  held: creditUnits.meta({ description: 'What holds reserve after this request' }),
}).meta({ id: 'HoldWithBalance' });

const CreditLot = z
  .object({
    id: idOf('lot', 'The lot'),
    kind: z.enum(lotKinds),
    units: creditUnits.meta({ description: 'What was granted' }),
    remaining: creditUnits.meta({ description: 'What can still be spent of it' }),
    held: creditUnits.meta({ description: 'What holds reserve of it' }),
    granted_at: instant,
    expires_at: instant.nullable(),
  })
  .meta({ id: 'CreditLot' });

const CreditBalance = z
  .object({
    available: creditUnits.meta({ description: 'What can be spent now' }),
    held: creditUnits.meta({ description: 'What holds reserve' }),
    by_kind: z.array(z.object({ kind: z.enum(lotKinds), available: creditUnits, held: creditUnits })),
    lots: z
      .array(CreditLot)
      .meta({ description: 'Lots that are not used up, in the order they are spent in; the first 100' }),
    holds: z.array(Hold).meta({ description: 'Holds that are open, the oldest first; the first 100' }),
    as_of: instant,
  })
  .meta({ id: 'CreditBalance' });

const Operation = z
  .object({
    id: idOf('opr', 'The operation'),
    code: z.string(),
    name: z.string(),
    description: z.string(),
    unit: z.string().meta({ description: 'What is counted: word, image, request' }),
    costs: z.array(
      z.object({
        variant: z.string().nullable().meta({ description: 'Null is every variant without a cost of its own' }),
        milli_credits_per_unit: creditUnits.meta({
          description: 'Thousandths of a credit: 250 is a quarter of a credit',
        }),
        minimum_credits: creditUnits.meta({ description: 'The least that one use costs' }),
        rounding: z.enum(costRoundings).meta({ description: 'How the whole quantity is rounded to credits, once' }),
        version: z.int(),
        effective_from: instant,
      }),
    ),
  })
  .meta({ id: 'Operation' });

const StatementEntry = z
  .object({
    id: idOf('led', 'The entry'),
    number: creditUnits.meta({ description: 'The place in the chain of the account: 1 is its first entry' }),
    kind: z.enum(entryKinds),
    change: creditUnits.meta({ description: 'What it added to the credits that can be spent; negative when it took' }),
    held_change: creditUnits.meta({ description: 'What it added to the credits that holds reserve' }),
    balance: creditUnits.meta({ description: 'What could be spent after it' }),
    held: creditUnits.meta({ description: 'What holds reserved after it' }),
    operation: z.object({ code: z.string(), name: z.string(), unit: z.string() }).nullable(),
    variant: z.string().nullable(),
    quantity: usedQuantity.nullable(),
    lot_kind: z.enum(lotKinds).nullable().meta({ description: 'Of a grant, an adjustment or an expiry' }),
    reason: z.string().nullable().meta({ description: 'Why staff adjusted it' }),
    hold_id: idOf('hld', 'The hold it belongs to').nullable(),
    site_id: idOf('sit', 'The site it was for').nullable(),
    user_id: idOf('usr', 'The member it was for').nullable(),
    reference: z.string().nullable(),
    occurred_at: instant,
  })
  .meta({ id: 'StatementEntry' });

const statementFilter = {
  kind: z.enum(entryKinds).optional(),
  operation: operationCode.optional(),
  from: calendarDate.optional().meta({ description: "The first day, on the account's calendar" }),
  to: calendarDate.optional().meta({ description: "The last day, on the account's calendar" }),
  site_id: idOf('sit', 'Only of this site').optional(),
  user_id: idOf('usr', 'Only of this member').optional(),
};

const Explanation = z
  .object({
    entry: StatementEntry,
    balance_before: creditUnits,
    held_before: creditUnits,
    metadata: metadata.nullable(),
    actor: z.object({
      type: z.enum(['user', 'staff', 'account_key', 'platform_key', 'system']),
      name: z.string().nullable().meta({ description: 'Of the user or the key, when you may see it' }),
    }),
    request_id: z.string().nullable(),
    idempotency_key: z.string().nullable(),
    cost: z
      .object({
        variant: z.string().nullable(),
        version: z.int(),
        milli_credits_per_unit: creditUnits,
        minimum_credits: creditUnits,
        rounding: z.enum(costRoundings),
        effective_from: instant,
        calculation: z.string().meta({ description: 'How the quantity came to these credits, written out' }),
      })
      .nullable(),
    lots: z.array(
      z.object({
        id: idOf('lot', 'The lot'),
        kind: z.enum(lotKinds),
        change: creditUnits.meta({ description: 'What the entry put into the lot; negative when it took' }),
        granted_at: instant,
        expires_at: instant.nullable(),
        source: z.object({
          type: z.enum(['invoice_line', 'adjustment', 'other']),
          entry_id: idOf('led', 'The entry that granted the lot').nullable(),
          reason: z.string().nullable(),
          invoice: z
            .object({ id: idOf('inv', 'The invoice'), number: z.string().nullable(), line: z.string() })
            .nullable()
            .meta({ description: 'The invoice that paid for the lot, when you may see invoices' }),
          payment: z
            .object({
              id: idOf('pay', 'The payment'),
              method: z.string(),
              gateway: z.string(),
              gateway_reference: z.string().nullable(),
            })
            .nullable(),
        }),
      }),
    ),
    hold: Hold.nullable(),
  })
  .meta({ id: 'EntryExplanation' });

const EventResult = z
  .object({
    idempotency_key: z.string(),
    status: z.enum(['recorded', 'refused']),
    consumption: Consumption.nullable().meta({ description: 'Of a recorded event, also when it was recorded before' }),
    problem: z
      .object({ code: z.string(), detail: z.string() })
      .loose()
      .nullable()
      .meta({ description: 'Of a refused event: the problem /v1/credits/consume/ would have answered with' }),
  })
  .meta({ id: 'UsageEventResult' });

const refusals = [
  'operation_unknown',
  'operation_inactive',
  'operation_unpriced',
  'site_unknown',
  'user_unknown',
  'account_suspended',
  'idempotency_key_reused',
] as const;
const shedding = ['overloaded', 'outcome_unknown', 'database_unavailable'] as const;

export const creditsEndpoints = {
  consumeCredits: endpoint({
    summary: 'Spend credits for one use of an operation',
    description:
      'The cost in force is charged at once, from the lots that expire soonest, free before paid, oldest first. A repetition under the same Idempotency-Key gets the same answer and spends nothing; a refused request may succeed later under its key. After a 503, repeat with the same key.',
    tag: 'credits',
    access: 'credits.consume',
    idempotent: true,
    body: z.object(useOfOperation),
    response: Consumption,
    problems: ['insufficient_credits', ...refusals, ...shedding],
  }),
  createHold: endpoint({
    summary: 'Reserve credits for work whose cost is known only afterwards',
    description:
      'Reserves what the estimated quantity costs now. Capture the actual quantity, at the same price, or release; what is neither by `expires_at` is released then.',
    tag: 'credits',
    access: 'credits.consume',
    idempotent: true,
    status: 201,
    body: z.object({
      ...useOfOperation,
      expires_in_seconds: z.int().min(60).max(604_800).prefault(3_600).meta({ description: 'A minute to seven days' }),
    }),
    response: HoldWithBalance,
    problems: ['insufficient_credits', ...refusals],
  }),
  getHold: endpoint({
    summary: 'A hold',
    tag: 'credits',
    access: 'credits.read',
    params: z.object({ id: idOf('hld', 'The hold') }),
    response: Hold,
  }),
  captureHold: endpoint({
    summary: 'Spend what a hold reserves',
    description:
      'Charges the actual quantity at the price of the hold and releases the rest. More than was reserved is refused: consume the difference. Works while the account is suspended, since the credits were promised before.',
    tag: 'credits',
    access: 'holds.end',
    idempotent: true,
    params: z.object({ id: idOf('hld', 'The hold') }),
    body: z.object({
      quantity: usedQuantity.optional().meta({ description: 'How many units it was; as estimated when left away' }),
    }),
    response: HoldWithBalance,
    problems: ['hold_not_open', 'hold_exceeded', 'idempotency_key_reused'],
  }),
  releaseHold: endpoint({
    summary: 'Give back what a hold reserves',
    tag: 'credits',
    access: 'holds.end',
    idempotent: true,
    params: z.object({ id: idOf('hld', 'The hold') }),
    response: HoldWithBalance,
    problems: ['hold_not_open', 'idempotency_key_reused'],
  }),
  recordUsageEvents: endpoint({
    summary: 'Record up to 1,000 uses at once',
    description:
      'Each event is judged by itself, in the order given, as /v1/credits/consume/ would, under its own key: the two endpoints share their keys. The answer has a result for each event, in the same order; a refused one may be sent again.',
    tag: 'usage',
    access: 'credits.consume',
    body: z.object({
      events: z
        .array(
          z.object({
            idempotency_key: z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters'),
            ...useOfOperation,
          }),
        )
        .min(1)
        .max(1_000),
    }),
    response: z
      .object({ recorded: z.int(), refused: z.int(), data: z.array(EventResult) })
      .meta({ id: 'UsageEventResults' }),
    problems: ['account_suspended', ...shedding],
  }),
  getCreditBalance: endpoint({
    summary: 'Credits of the account: by kind, by lot with expiry, and on hold',
    tag: 'credits',
    access: 'credits.read',
    response: CreditBalance,
  }),
  getCreditStatement: endpoint({
    summary: 'Every entry of the account, newest first',
    description:
      'As JSON in pages, or with `format=csv` (or `Accept: text/csv`) as a file of at most 10,000 entries; then the header Purser-Next-Cursor has the cursor of the rest, if any.',
    tag: 'credits',
    access: 'usage.read',
    query: z.object({ ...pageQuery, ...statementFilter, format: z.enum(['json', 'csv']).optional() }),
    response: pageOf(StatementEntry),
    alternative: 'text/csv',
  }),
  explainCreditEntry: endpoint({
    summary: 'Why an entry exists: operation and cost version, lots and what paid for them, hold, actor, request',
    tag: 'credits',
    access: 'usage.read',
    params: z.object({ id: idOf('led', 'The entry') }),
    response: Explanation,
  }),
  listOperations: endpoint({
    summary: 'Operations and what they cost now',
    tag: 'credits',
    access: 'credits.read',
    response: z.object({ data: z.array(Operation) }),
  }),
};
