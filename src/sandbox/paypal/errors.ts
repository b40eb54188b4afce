import { issueTexts } from './issue-texts.ts';

/** One thing that is wrong with a request, in PayPal's own words. */
export type ErrorDetail = {
  issue: string;
  description?: string;
  field?: string;
  value?: string;
  location?: 'body' | 'path' | 'query' | 'header';
};

export type ErrorName =
  | 'AUTHENTICATION_FAILURE'
  | 'INVALID_REQUEST'
  | 'NOT_AUTHORIZED'
  | 'RESOURCE_CONFLICT'
  | 'RESOURCE_NOT_FOUND'
  | 'UNPROCESSABLE_ENTITY'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INTERNAL_SERVER_ERROR'
  | 'RATE_LIMIT_REACHED'
  | 'SERVICE_UNAVAILABLE';

const names: Record<ErrorName, { status: number; message: string }> = {
  AUTHENTICATION_FAILURE: {
    status: 401,
    message: 'Authentication failed due to missing authorization header, or invalid authentication credentials.',
  },
  INVALID_REQUEST: {
    status: 400,
    message: 'Request is not well-formed, syntactically incorrect, or violates schema.',
  },
  NOT_AUTHORIZED: { status: 403, message: 'Authorization failed due to insufficient permissions.' },
  RESOURCE_CONFLICT: {
    status: 409,
    message: 'The server has detected a conflict while processing this request.',
  },
  RESOURCE_NOT_FOUND: { status: 404, message: 'The specified resource does not exist.' },
  UNPROCESSABLE_ENTITY: {
    status: 422,
    message: 'The requested action could not be performed, semantically incorrect, or failed business validation.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'The server does not support the request payload\u2019s media type.',
  },
  INTERNAL_SERVER_ERROR: { status: 500, message: 'An internal server error occurred.' },
  RATE_LIMIT_REACHED: { status: 429, message: 'Too many requests. Blocked due to rate limiting.' },
  SERVICE_UNAVAILABLE: { status: 503, message: 'Service Unavailable.' },
};

/** A refusal in the shape of PayPal's error object; nothing has happened. */
export class PayPalError extends Error {
  readonly status: number;
  readonly body: { name: string; message: string; details?: ErrorDetail[] };
  /** Links that go with it, besides the one to the documentation. */
  readonly links: { href: string; rel: string; method: 'GET' }[];

  constructor(name: ErrorName, details: ErrorDetail[] = [], links: PayPalError['links'] = []) {
    const { status, message } = names[name];
    super(`${name} ${details.map((detail) => detail.issue).join(' ')}`);
    this.name = 'PayPalError';
    this.status = status;
    this.body = details.length === 0 ? { name, message } : { name, message, details: details.map(described) };
    this.links = links;
  }
}

function described(detail: ErrorDetail): ErrorDetail {
  const description = detail.description ?? issueTexts[detail.issue];
  return description === undefined ? detail : { ...detail, description };
}

/** A member that cannot be used: 400. `field` is a JSON pointer. */
export function invalid(issue: string, field: string, value?: string): PayPalError {
  const detail: ErrorDetail = { field, location: 'body', issue };
  if (value !== undefined) detail.value = value;
  return new PayPalError('INVALID_REQUEST', [detail]);
}

/** The request is well formed but not possible in the state things are in: 422. */
export function unprocessable(issue: string, field?: string, value?: string): PayPalError {
  const detail: ErrorDetail = { issue };
  if (field !== undefined) Object.assign(detail, { field, location: 'body' });
  if (value !== undefined) detail.value = value;
  return new PayPalError('UNPROCESSABLE_ENTITY', [detail]);
}

/** An id in the path that names nothing: 404. */
export function missingResource(field: string, value: string): PayPalError {
  return new PayPalError('RESOURCE_NOT_FOUND', [{ field, value, location: 'path', issue: 'INVALID_RESOURCE_ID' }]);
}

/** The name of the error that a status and an issue belong to, for negative testing. */
export function errorNameOf(status: number): ErrorName {
  switch (status) {
    case 400:
      return 'INVALID_REQUEST';
    case 401:
      return 'AUTHENTICATION_FAILURE';
    case 403:
      return 'NOT_AUTHORIZED';
    case 404:
      return 'RESOURCE_NOT_FOUND';
    case 409:
      return 'RESOURCE_CONFLICT';
    case 422:
      return 'UNPROCESSABLE_ENTITY';
    case 429:
      return 'RATE_LIMIT_REACHED';
    case 503:
      return 'SERVICE_UNAVAILABLE';
    default:
      return 'INTERNAL_SERVER_ERROR';
  }
}
