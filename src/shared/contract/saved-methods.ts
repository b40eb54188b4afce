import { z } from 'zod';
import { MethodDetails } from './billing.ts';
import { idOf, instant, lineOfText } from './codecs.ts';
import { endpoint } from './endpoint.ts';

const SavedMethod = z
  .object({
    id: idOf('spm', 'The saved method'),
    method: z.string().meta({ description: 'card, paypal' }),
    gateway: z.string(),
    details: MethodDetails,
    is_default: z.boolean(),
    expires_soon: z.boolean().meta({ description: 'The card expires this month or the next' }),
    is_expired: z.boolean(),
    needed_by: z
      .array(z.enum(['auto_top_up', 'subscription']))
      .meta({ description: 'What charges it; a method that is needed is not removed without another' }),
    created_at: instant,
  })
  .meta({ id: 'SavedMethod' });

const MethodSetup = z
  .object({
    id: idOf('set', 'The setup'),
    status: z.enum(['open', 'succeeded', 'failed']),
    method: z.string(),
    next: z.discriminatedUnion('type', [
      z.object({ type: z.literal('confirm_card'), client_secret: z.string(), publishable_key: z.string() }),
      z.object({ type: z.literal('approve_paypal'), setup_token: z.string(), client_id: z.string() }),
      z.object({ type: z.literal('done') }),
      z.object({ type: z.literal('none') }),
    ]),
    saved_method: SavedMethod.nullable(),
    last_error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'MethodSetup' });

export const savedMethodsEndpoints = {
  listSavedMethods: endpoint({
    summary: 'Saved payment methods of the account',
    tag: 'billing',
    access: 'saved_methods.read',
    response: z.object({
      data: z.array(SavedMethod),
      addable: z
        .array(z.object({ method: z.string(), display_name: z.string(), publishable_key: z.string().nullable() }))
        .meta({ description: 'Methods that can be saved in the country of the account' }),
    }),
  }),
  addPaymentMethod: endpoint({
    summary: 'Start saving a payment method',
    description: 'The answer says what the payer does next; …/setups/:id/confirm/ then asks the gateway.',
    tag: 'billing',
    access: 'saved_methods.manage',
    idempotent: true,
    status: 201,
    body: z.object({ method: lineOfText(40).meta({ description: 'card or paypal' }) }),
    response: MethodSetup,
    problems: ['payment_method_unavailable', 'idempotency_key_reused', 'gateway_unavailable'],
  }),
  confirmMethodSetup: endpoint({
    summary: 'Ask the gateway whether the method was saved',
    tag: 'billing',
    access: 'saved_methods.manage',
    params: z.object({ id: idOf('set', 'The setup') }),
    response: MethodSetup,
    problems: ['gateway_unavailable'],
  }),
  setDefaultMethod: endpoint({
    summary: 'Make a saved method the default one',
    tag: 'billing',
    access: 'saved_methods.manage',
    params: z.object({ id: idOf('spm', 'The saved method') }),
    response: SavedMethod,
  }),
  removeSavedMethod: endpoint({
    summary: 'Remove a saved method',
    description: 'The gateway forgets it too. One that something needs is not removed while there is no other.',
    tag: 'billing',
    access: 'saved_methods.manage',
    params: z.object({ id: idOf('spm', 'The saved method') }),
    problems: ['saved_method_needed'],
  }),
};
