/**
 * Every problem the API answers with (RFC 9457), by its stable code. The type of a problem is
 * `/docs/problems/<code>`, where a page explains it and names the fix.
 */
export const problems = {
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  idempotency_key_missing: { status: 400, title: 'An Idempotency-Key header is needed' },
  webhook_signature_invalid: { status: 400, title: 'The webhook signature is not valid' },
  unauthenticated: { status: 401, title: 'Sign in or send an API key' },
  sign_in_refused: { status: 401, title: 'E-mail or password is wrong' },
  api_key_invalid: { status: 401, title: 'The API key is not valid' },
  insufficient_credits: { status: 402, title: 'There are not enough credits' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  foreign_origin: { status: 403, title: 'The request comes from another site' },
  account_suspended: { status: 403, title: 'The account is suspended' },
  account_required: { status: 403, title: 'No account is chosen' },
  not_found: { status: 404, title: 'There is nothing here' },
  email_taken: { status: 409, title: 'A user with this e-mail exists already' },
  external_id_taken: { status: 409, title: 'An account with this external id exists already' },
  hold_not_open: { status: 409, title: 'This hold has ended' },
  operation_code_taken: { status: 409, title: 'An operation with this code exists already' },
  cost_not_scheduled: { status: 409, title: 'This cost is not waiting to come into force' },
  saved_method_required: { status: 409, title: 'There is no saved payment method to charge' },
  invoice_not_payable: { status: 409, title: 'There is nothing to pay on this invoice' },
  clock_backwards: { status: 409, title: 'The clock only moves forward' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON' },
  validation_failed: { status: 422, title: 'Some fields need another value' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used for another request' },
  operation_unknown: { status: 422, title: 'There is no such operation' },
  operation_inactive: { status: 422, title: 'This operation is not in use' },
  operation_unpriced: { status: 422, title: 'This operation has no cost yet' },
  site_unknown: { status: 422, title: 'The account has no such site' },
  user_unknown: { status: 422, title: 'The account has no such member' },
  hold_exceeded: { status: 422, title: 'It costs more than the hold reserves' },
  cost_in_the_past: { status: 422, title: 'A cost cannot come into force in the past' },
  package_unknown: { status: 422, title: 'There is no such credit package' },
  package_inactive: { status: 422, title: 'This credit package is no longer sold' },
  package_price_missing: { status: 422, title: 'This credit package has no price in the currency of the account' },
  currency_mismatch: { status: 422, title: 'The currency is not that of the account' },
  price_changed: { status: 422, title: 'The price has changed' },
  payment_method_unavailable: { status: 422, title: 'This payment method is not offered to the account' },
  token_invalid: { status: 422, title: 'The link is not valid any more' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'Too much is going on at once' },
  outcome_unknown: { status: 503, title: 'The outcome is not known yet' },
  gateway_unavailable: { status: 503, title: 'The payment gateway does not answer' },
  database_unavailable: { status: 503, title: 'The database does not answer' },
} as const satisfies Record<string, { status: number; title: string }>;

/** The stable code of a problem. */
export type ProblemCode = keyof typeof problems;

/** A field of the request that needs another value. */
export type FieldProblem = { pointer: string; message: string };
