import { z } from 'zod';
import { creditUnits, idOf, instant, lineOfText } from './codecs.ts';
import { operationCode, variantName } from './credits.ts';
import { endpoint } from './endpoint.ts';
import { costRoundings } from './metering.ts';

/** A whole number of the wire within bounds, `bigint` inside. */
function wholeNumber(least: number, most: number) {
  return z.codec(z.int().min(least).max(most), z.bigint(), { decode: (value) => BigInt(value), encode: Number });
}

const CostVersion = z
  .object({
    id: idOf('cst', 'The cost version'),
    operation_id: idOf('opr', 'The operation'),
    variant: z.string().nullable().meta({ description: 'Null is every variant without a cost of its own' }),
    version: z.int(),
    milli_credits_per_unit: creditUnits.meta({ description: 'Thousandths of a credit' }),
    minimum_credits: creditUnits,
    rounding: z.enum(costRoundings),
    status: z.enum(['scheduled', 'in_force', 'superseded', 'withdrawn']),
    effective_from: instant,
    created_at: instant,
    created_by: z.string().nullable().meta({ description: 'The name of the member of staff' }),
    withdrawn_at: instant.nullable(),
  })
  .meta({ id: 'CostVersion' });

const PricedOperation = z
  .object({
    id: idOf('opr', 'The operation'),
    code: z.string(),
    name: z.string(),
    description: z.string(),
    unit: z.string(),
    is_active: z.boolean(),
    costs: z.array(CostVersion).meta({ description: 'Of each variant the version in force and those scheduled' }),
  })
  .meta({ id: 'PricedOperation' });

const costMembers = {
  variant: variantName
    .optional()
    .meta({ description: 'The cost of one variant; of all without their own when left away' }),
  milli_credits_per_unit: wholeNumber(0, 1_000_000_000).meta({
    description: 'Thousandths of a credit: 250 is a quarter',
  }),
  minimum_credits: wholeNumber(0, 1_000_000_000).prefault(0),
  rounding: z.enum(costRoundings).default('up'),
};

const operationText = {
  name: lineOfText(120),
  description: z.string().trim().max(500),
  unit: lineOfText(40),
};

export const adminCreditsEndpoints = {
  listCreditCosts: endpoint({
    summary: 'Operations with their costs in force and scheduled',
    tag: 'admin',
    access: 'credit_costs.read',
    response: z.object({ data: z.array(PricedOperation) }),
  }),
  createOperation: endpoint({
    summary: 'Add an operation with its first cost',
    tag: 'admin',
    access: 'credit_costs.manage',
    idempotent: true,
    status: 201,
    body: z.object({
      code: operationCode,
      ...operationText,
      description: operationText.description.default(''),
      ...costMembers,
    }),
    response: PricedOperation,
    problems: ['operation_code_taken', 'idempotency_key_reused'],
  }),
  updateOperation: endpoint({
    summary: 'Rename an operation, or take it out of use and back',
    description: 'Costs are not changed here: they are new versions.',
    tag: 'admin',
    access: 'credit_costs.manage',
    params: z.object({ id: idOf('opr', 'The operation') }),
    body: z.object({
      name: operationText.name.optional(),
      description: operationText.description.optional(),
      unit: operationText.unit.optional(),
      is_active: z.boolean().optional(),
    }),
    response: PricedOperation,
  }),
  createCreditCost: endpoint({
    summary: 'Change a cost, now or from an instant on',
    tag: 'admin',
    access: 'credit_costs.manage',
    idempotent: true,
    status: 201,
    params: z.object({ id: idOf('opr', 'The operation') }),
    body: z.object({
      ...costMembers,
      effective_from: instant.optional().meta({ description: 'When it comes into force; now when left away' }),
    }),
    response: CostVersion,
    problems: ['cost_in_the_past', 'idempotency_key_reused'],
  }),
  withdrawCreditCost: endpoint({
    summary: 'Take back a scheduled cost before it comes into force',
    tag: 'admin',
    access: 'credit_costs.manage',
    params: z.object({ id: idOf('cst', 'The cost version') }),
    response: CostVersion,
    problems: ['cost_not_scheduled'],
  }),
  listCreditCostHistory: endpoint({
    summary: 'Every cost version of an operation, newest first',
    tag: 'admin',
    access: 'credit_costs.read',
    params: z.object({ id: idOf('opr', 'The operation') }),
    response: z.object({ data: z.array(CostVersion) }),
  }),
  getAccountCredits: endpoint({
    summary: 'What an account has to spend, before it is adjusted',
    tag: 'admin',
    access: 'credits.adjust',
    params: z.object({
      id: z
        .string()
        .max(260)
        .meta({ description: 'The id of the account, or `ext:` and its id in your own product', examples: ['ext:42'] }),
    }),
    response: z
      .object({
        account: z.object({
          id: idOf('acc', 'The account'),
          external_id: z.string().nullable(),
          name: z.string(),
          status: z.enum(['active', 'suspended', 'closed']),
        }),
        available: creditUnits,
        held: creditUnits,
        as_of: instant,
      })
      .meta({ id: 'AccountCredits' }),
  }),
  adjustCredits: endpoint({
    summary: 'Give credits to an account, or take some back, with a reason',
    description:
      'What is given becomes a lot of its own. What is taken comes from the lots in spend order, and never makes the balance negative.',
    tag: 'admin',
    access: 'credits.adjust',
    idempotent: true,
    params: z.object({ id: idOf('acc', 'The account') }),
    body: z.object({
      credits: wholeNumber(-1_000_000_000, 1_000_000_000)
        .refine((units) => units !== 0n, 'must not be zero')
        .meta({ description: 'How many credits to give; negative to take' }),
      reason: lineOfText(500).meta({ description: 'Why: the customer sees it in the statement' }),
      kind: z
        .enum(['adjustment', 'bonus'])
        .default('adjustment')
        .meta({ description: 'The kind of lot that is given' }),
      expires_at: instant.optional().meta({ description: 'When what is given expires; never when left away' }),
    }),
    response: z
      .object({
        id: idOf('led', 'The ledger entry'),
        credits: creditUnits,
        balance: creditUnits,
        held: creditUnits,
        reason: z.string(),
        occurred_at: instant,
      })
      .meta({ id: 'CreditAdjustment' }),
    problems: ['insufficient_credits', 'idempotency_key_reused'],
  }),
};
