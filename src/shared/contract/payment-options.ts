import { z } from 'zod';
import { demands } from './billing.ts';
import { amountMinor, countryCode, currencyCode, idOf, instant, lineOfText } from './codecs.ts';
import { endpoint } from './endpoint.ts';

/** What the page shows for a payment option. */
export const optionKinds = ['card', 'paypal', 'transfer', 'wallet'] as const;

/** Text of several lines: line feeds are its only control characters. */
const markdown = z
  .string()
  .max(5_000)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u, 'must not contain control characters but line feeds');

const limits = z
  .array(z.object({ currency: currencyCode, min: amountMinor.nullable(), max: amountMinor.nullable() }))
  .max(20)
  .meta({ description: 'Currencies and amounts it is limited to; empty is no limit' });

const transferTerms = z.object({
  fields: z
    .array(z.object({ label: lineOfText(60), value: lineOfText(200) }))
    .max(12)
    .meta({ description: 'Bank details or wallet number, in the order they are shown' }),
  payment_code: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('epc'), name: lineOfText(70), iban: lineOfText(42), bic: lineOfText(11).nullable() }),
      z.object({ kind: z.literal('upi'), address: lineOfText(100), name: lineOfText(70) }),
      z.object({ kind: z.literal('pix'), key: lineOfText(77), name: lineOfText(25), city: lineOfText(15) }),
      z.object({
        kind: z.literal('swiss'),
        name: lineOfText(70),
        iban: lineOfText(42),
        postal_code: lineOfText(16),
        city: lineOfText(35),
        country: countryCode,
      }),
    ])
    .nullable(),
  demands: z.object({
    payer_name: z.enum(demands),
    payer_account: z.enum(demands),
    transaction_id: z.enum(demands),
    proof: z.enum(demands),
  }),
  transaction_id_pattern: z.string().max(100).nullable().meta({
    description: 'What a transaction id looks like: # is a digit, @ a letter, * either; anything else is itself',
  }),
  transaction_id_hint: lineOfText(120).nullable(),
  expires_after_days: z.int().min(1).max(60),
});

const option = {
  country: countryCode
    .nullable()
    .meta({ description: 'Null is the default set, for countries without rows of their own' }),
  method: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, 'must be a code such as bank_transfer'),
  kind: z.enum(optionKinds),
  display_name: lineOfText(60),
  instructions: markdown.nullable(),
  limits,
  sort_order: z.int().min(0).max(10_000),
  is_enabled: z.boolean(),
  transfer: transferTerms.nullable().meta({ description: 'For bank transfers and wallets; null for the others' }),
};

const PaymentOptionSettings = z
  .object({
    id: idOf('pop', 'The payment option'),
    ...option,
    gateway: z.string(),
    is_available: z.boolean().meta({ description: 'Whether its gateway is configured' }),
    updated_at: instant,
  })
  .meta({ id: 'PaymentOptionSettings' });

const PaymentOptionPreset = z
  .object({ code: z.string(), country: countryCode, name: z.string(), option: z.object(option) })
  .meta({ id: 'PaymentOptionPreset' });

export const paymentOptionsEndpoints = {
  listPaymentOptions: endpoint({
    summary: 'Payment options of every country',
    tag: 'admin',
    access: 'payment_options.read_all',
    response: z.object({ data: z.array(PaymentOptionSettings), presets: z.array(PaymentOptionPreset) }),
  }),
  createPaymentOption: endpoint({
    summary: 'Add a payment option',
    tag: 'admin',
    access: 'payment_options.manage',
    status: 201,
    body: z.object(option),
    response: PaymentOptionSettings,
    problems: ['payment_option_taken'],
  }),
  updatePaymentOption: endpoint({
    summary: 'Change a payment option',
    description:
      'A change of where the money goes is audited, and done only with `confirm_bank_details: true`; without it the answer is a problem that shows what would change.',
    tag: 'admin',
    access: 'payment_options.manage',
    params: z.object({ id: idOf('pop', 'The payment option') }),
    body: z.object({
      display_name: option.display_name.optional(),
      instructions: option.instructions.optional(),
      limits: limits.optional(),
      sort_order: option.sort_order.optional(),
      is_enabled: option.is_enabled.optional(),
      transfer: transferTerms.optional(),
      confirm_bank_details: z.boolean().optional(),
    }),
    response: PaymentOptionSettings,
    problems: ['bank_details_unconfirmed'],
  }),
  deletePaymentOption: endpoint({
    summary: 'Remove a payment option',
    description: 'Payments that were started with it are finished as they were started.',
    tag: 'admin',
    access: 'payment_options.manage',
    params: z.object({ id: idOf('pop', 'The payment option') }),
  }),
};
