import type Stripe from 'stripe';

/** The members of Stripe's error object; which of them appear depends on the error. */
export type ErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  charge?: string;
  payment_intent?: Stripe.PaymentIntent;
  setup_intent?: Stripe.SetupIntent;
  payment_method?: Stripe.PaymentMethod;
};

/**
 * A refusal that leaves nothing behind. Refusals with an effect, such as a declined card, are answers and not thrown.
 * `beforeExecution` says that the parameters alone were at fault: such an answer is not kept for the idempotency key.
 */
export class StripeError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly beforeExecution: boolean;

  constructor(status: number, body: ErrorBody, options: { beforeExecution?: boolean } = {}) {
    super(body.message);
    this.name = 'StripeError';
    this.status = status;
    this.body = body;
    this.beforeExecution = options.beforeExecution ?? false;
  }
}

/** A parameter that cannot be used: 400, not kept for the idempotency key. */
export function invalidParameter(param: string | undefined, message: string, code?: string): StripeError {
  const body: ErrorBody = { type: 'invalid_request_error', message };
  if (code !== undefined) body.code = code;
  if (param !== undefined) body.param = param;
  return new StripeError(400, body, { beforeExecution: true });
}

/** The request is well formed but not possible in the state things are in: 400. */
export function refused(code: string | undefined, message: string, more: Partial<ErrorBody> = {}): StripeError {
  const body: ErrorBody = { type: 'invalid_request_error', message, ...more };
  if (code !== undefined) body.code = code;
  return new StripeError(400, body);
}

/** An id that names nothing: 404 in a path, 400 in a parameter, except that Stripe answers 404 for payment methods. */
export function missingResource(label: string, id: string, param = 'id'): StripeError {
  const isInPath = param === 'id' || param === 'intent';
  return new StripeError(isInPath || label === 'PaymentMethod' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message: `No such ${label}: '${id}'`,
  });
}

/** Where Stripe documents an error code; part of every error body that has a code. */
export function documentationOf(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
}
