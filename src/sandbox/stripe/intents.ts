import type Stripe from 'stripe';
import { type Call, refusesPaymentMethodTypes, usesAutomaticMethods } from './call.ts';
import { spendConfirmationToken } from './confirmation-tokens.ts';
import { invalidParameter, missingResource, refused } from './errors.ts';
import type { Params } from './params.ts';
import {
  cardRecordOf,
  keepMethod,
  type MethodDraft,
  paymentMethodFrom,
  readMethodDraft,
  refuseSpent,
} from './payment-methods.ts';

/** Which payment methods an intent offers; the same members on both kinds of intents. */
export type OfferedMethods = {
  allowed_payment_method_types: string[] | null;
  automatic_payment_methods: { enabled: boolean; allow_redirects?: 'always' | 'never' } | null;
  excluded_payment_method_types: string[] | null;
  payment_method_types: string[];
};

/**
 * Reads which methods a new intent offers. `payment_method_types` is refused from Stripe's version of 30 September 2026
 * on. Without a word about methods, current versions offer those of the dashboard, which here is the card.
 */
export function readOfferedMethods(call: Call): OfferedMethods {
  const types = call.params.words('payment_method_types');
  if (types !== undefined && refusesPaymentMethodTypes(call)) {
    throw invalidParameter(
      'payment_method_types',
      'payment_method_types is no longer supported. Use allowed_payment_method_types or automatic_payment_methods.',
      'payment_method_types_no_longer_supported',
    );
  }
  const allowed = call.params.words('allowed_payment_method_types') ?? null;
  const automatic = readAutomatic(call.params);
  if (automatic?.enabled && types !== undefined) {
    throw invalidParameter('payment_method_types', 'Pass either automatic_payment_methods or payment_method_types.');
  }
  const byDefault = types === undefined && allowed === null && usesAutomaticMethods(call);
  return {
    allowed_payment_method_types: allowed,
    automatic_payment_methods: automatic ?? (byDefault ? { enabled: true, allow_redirects: 'always' } : null),
    excluded_payment_method_types: call.params.words('excluded_payment_method_types') ?? null,
    payment_method_types: types ?? allowed?.filter((type) => type === 'card') ?? ['card'],
  };
}

function readAutomatic(params: Params): OfferedMethods['automatic_payment_methods'] | undefined {
  const child = params.child('automatic_payment_methods');
  if (!child) return undefined;
  const enabled = child.flag('enabled');
  if (enabled === undefined) throw child.missing('enabled');
  return { enabled, allow_redirects: child.choice('allow_redirects', ['always', 'never']) ?? 'always' };
}

/** How a request names the method to use: an id, a description of a card, or a confirmation token. */
export type MethodChoice =
  | { kind: 'none' }
  | { kind: 'id'; id: string }
  | { kind: 'draft'; draft: MethodDraft }
  | { kind: 'token'; id: string };

/** Reads `payment_method`, `payment_method_data` or `confirmation_token`. Throws when there is more than one. */
export function readMethodChoice(call: Call): MethodChoice {
  const id = call.params.text('payment_method') ?? undefined;
  const data = call.params.child('payment_method_data') ?? undefined;
  const token = call.params.word('confirmation_token');
  if ([id, data, token].filter((given) => given !== undefined).length > 1) {
    throw invalidParameter('payment_method', 'Pass one of payment_method, payment_method_data and confirmation_token.');
  }
  if (id !== undefined) return { kind: 'id', id };
  if (data !== undefined) return { kind: 'draft', draft: readMethodDraft(data, call.now) };
  if (token !== undefined) return { kind: 'token', id: token };
  return { kind: 'none' };
}

export type ChosenMethod = {
  method: Stripe.PaymentMethod;
  returnUrl: string | null;
  futureUsage: 'off_session' | 'on_session' | null;
};

/** The method that was chosen, kept if it is new, and what the confirmation token says besides. */
export function resolveMethod(call: Call, choice: MethodChoice, intentId: string): ChosenMethod | undefined {
  switch (choice.kind) {
    case 'none':
      return undefined;
    case 'id':
      return chosen(paymentMethodFrom(call, choice.id, 'payment_method'));
    case 'draft':
      return chosen(keepMethod(call, choice.draft));
    case 'token':
      return spendConfirmationToken(call, choice.id, intentId);
    default:
      return choice satisfies never;
  }
}

function chosen(method: Stripe.PaymentMethod): ChosenMethod {
  return { method, returnUrl: null, futureUsage: null };
}

/** Refuses a method that may not be used for the intent: spent, or somebody else's. */
export function checkMethodFor(call: Call, method: Stripe.PaymentMethod, customer: string | null, noun: string): void {
  refuseSpent(call, method);
  if (method.customer === null || method.customer === customer) return;
  if (customer === null) {
    throw refused(
      undefined,
      `The provided PaymentMethod belongs to a Customer. Please include the Customer in the \`customer\` parameter on the ${noun}.`,
      { param: 'payment_method' },
    );
  }
  throw refused(
    'resource_missing',
    `The customer does not have a payment method with the ID ${method.id}. It must be attached to the customer.`,
    { param: 'payment_method' },
  );
}

/** Reads `client_secret`; a browser must show the right one, and a server that shows one must show the right one. */
export function checkClientSecret(
  call: Call,
  noun: string,
  intent: { id: string; client_secret: string | null },
): void {
  const secret = call.params.word('client_secret');
  if (secret === undefined && call.keyKind === 'publishable') throw call.params.missing('client_secret');
  if (secret !== undefined && secret !== intent.client_secret) throw missingResource(noun, intent.id, 'intent');
}

/**
 * Reads what only confirming needs. A server that confirms an intent open to redirects has to say where the customer
 * comes back to; `checkReturnUrl` is called with what was read.
 */
export function readReturnUrl(call: Call): string | null {
  call.params.ignore(
    'use_stripe_sdk',
    'mandate_data',
    'mandate',
    'radar_options',
    'client_context',
    'expected_payment_method_type',
  );
  return call.params.text('return_url') ?? null;
}

/** Throws Stripe's 400 for a confirmation by a server that offers redirects and names no `return_url`. */
export function checkReturnUrl(
  call: Call,
  offered: Stripe.PaymentIntent['automatic_payment_methods'] | Stripe.SetupIntent['automatic_payment_methods'],
  returnUrl: string | null,
): void {
  if (call.keyKind === 'publishable' || returnUrl !== null) return;
  if (!offered?.enabled || offered.allow_redirects === 'never') return;
  throw invalidParameter(
    'return_url',
    'This intent accepts the payment methods enabled in the Dashboard, and some of them redirect the customer: pass a ' +
      '`return_url`, or set `automatic_payment_methods[allow_redirects]` to `never`.',
  );
}

/** The next step of a card that wants its holder authenticated; Stripe.js carries it out. */
export const authenticationStep = {
  type: 'use_stripe_sdk',
  use_stripe_sdk: { type: 'three_d_secure_redirect', source: 'sandbox' },
} as const;

/** Notes that the holder has agreed to later charges of a card, so that it need not be authenticated again. */
export function markSetUp(call: Call, method: Stripe.PaymentMethod): void {
  call.writer.put('card', method.id, { ...cardRecordOf(call, method.id), isSetUp: true });
}

/** Notes that a card has paid; if it belongs to nobody it may not pay again. */
export function markCharged(call: Call, method: Stripe.PaymentMethod): void {
  call.writer.put('card', method.id, { ...cardRecordOf(call, method.id), isSpent: method.customer === null });
}

/** The id in a member that may have been expanded; stored objects always hold the id. */
export function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'object' ? (reference?.id ?? null) : reference;
}

/** Reads the outcome that the stand-in's dialog reports for an authentication. */
export function readAuthenticationOutcome(call: Call): 'complete' | 'fail' {
  const outcome = call.params.choice('outcome', ['complete', 'fail']);
  if (outcome === undefined) throw call.params.missing('outcome');
  return outcome;
}
