import { invalidParameter } from './errors.ts';
import type { StripeReader } from './objects.ts';

type Lookup = (reader: StripeReader, id: string) => object | undefined;

const lookups = {
  balance_transaction: (reader, id) => reader.get('balance_transaction', id),
  charge: (reader, id) => reader.get('charge', id),
  customer: (reader, id) => reader.get('customer', id),
  payment_intent: (reader, id) => reader.get('payment_intent', id),
  payment_method: (reader, id) => reader.get('payment_method', id),
  price: (reader, id) => reader.get('price', id),
  product: (reader, id) => reader.get('product', id),
  setup_attempt: (reader, id) => reader.get('setup_attempt', id),
  setup_intent: (reader, id) => reader.get('setup_intent', id),
  refunds_of_charge: (reader, id) => ({
    object: 'list',
    data: reader
      .all('refund')
      .filter((refund) => refund.charge === id)
      .toReversed(),
    has_more: false,
    url: `/v1/charges/${id}/refunds`,
  }),
} satisfies Record<string, Lookup>;

/** Which members of which objects may be expanded, and into what. */
const expandable: Record<string, Record<string, keyof typeof lookups>> = {
  balance_transaction: { source: 'charge' },
  charge: {
    balance_transaction: 'balance_transaction',
    customer: 'customer',
    failure_balance_transaction: 'balance_transaction',
    payment_intent: 'payment_intent',
    refunds: 'refunds_of_charge',
  },
  customer: { 'invoice_settings.default_payment_method': 'payment_method' },
  dispute: { charge: 'charge', payment_intent: 'payment_intent' },
  payment_intent: { customer: 'customer', latest_charge: 'charge', payment_method: 'payment_method' },
  payment_method: { customer: 'customer' },
  price: { product: 'product' },
  product: { default_price: 'price' },
  refund: {
    balance_transaction: 'balance_transaction',
    charge: 'charge',
    customer: 'customer',
    payment_intent: 'payment_intent',
    payment_method: 'payment_method',
  },
  setup_attempt: { customer: 'customer', payment_method: 'payment_method', setup_intent: 'setup_intent' },
  setup_intent: { customer: 'customer', latest_attempt: 'setup_attempt', payment_method: 'payment_method' },
};

const depthMax = 4;

/**
 * A copy of an answer in which the ids named by `expand` are replaced by their objects, at most four levels deep. Throws
 * Stripe's 400 for a path that cannot be expanded.
 */
export function expanded(reader: StripeReader, body: object, paths: readonly string[]): object {
  if (paths.length === 0) return body;
  const copy = structuredClone(body);
  for (const path of paths) {
    const parts = path.split('.');
    if (parts.length > depthMax + 1) throw unexpandable(path, `at most ${depthMax} levels can be expanded`);
    expandPath(reader, copy, parts, path);
  }
  return copy;
}

function expandPath(reader: StripeReader, target: object, parts: string[], path: string): void {
  const [first, ...rest] = parts;
  if (first === undefined) return;
  if (first === 'data' && memberOf(target, 'object') === 'list') {
    const data = memberOf(target, 'data');
    for (const entry of Array.isArray(data) ? data : []) {
      if (typeof entry === 'object' && entry !== null) expandPath(reader, entry, rest, path);
    }
    return;
  }
  const type = String(memberOf(target, 'object'));
  const nested = rest[0] === undefined ? undefined : expandable[type]?.[`${first}.${rest[0]}`];
  const holder = memberOf(target, first);
  if (nested !== undefined && typeof holder === 'object' && holder !== null && rest[0] !== undefined) {
    expandMember(reader, holder, rest[0], nested, rest.slice(1), path);
    return;
  }
  const lookup = expandable[type]?.[first];
  if (lookup === undefined) throw unexpandable(path, `${type} has no expandable member ${first}`);
  expandMember(reader, target, first, lookup, rest, path);
}

function expandMember(
  reader: StripeReader,
  holder: object,
  name: string,
  lookup: keyof typeof lookups,
  rest: string[],
  path: string,
): void {
  const value = lookup === 'refunds_of_charge' ? memberOf(holder, 'id') : memberOf(holder, name);
  const object = typeof value === 'string' ? lookups[lookup](reader, value) : value;
  if (typeof object !== 'object' || object === null) return;
  const copy = typeof value === 'string' ? structuredClone(object) : object;
  Reflect.set(holder, name, copy);
  expandPath(reader, copy, rest, path);
}

function memberOf(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
}

function unexpandable(path: string, reason: string): Error {
  return invalidParameter('expand', `This property cannot be expanded (${path}): ${reason}.`);
}
