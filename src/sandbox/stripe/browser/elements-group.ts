import type { StripeElementsOptions, StripeError, StripePaymentElementOptions } from '@stripe/stripe-js';
import { fetchIntent, type FormMembers, integrationError } from './api-client.ts';
import { rememberAppearance } from './appearance.ts';
import { type ElementInside, newPaymentElement, type PaymentElement } from './payment-element.ts';

type SubmitResult = { error: StripeError } | { selectedPaymentMethod: string };

export type ElementsGroup = {
  create(type: unknown, options?: StripePaymentElementOptions): PaymentElement;
  getElement(type: unknown): PaymentElement | null;
  update(options: Partial<StripeElementsOptions>): Promise<void>;
  submit(): Promise<SubmitResult>;
  fetchUpdates(): Promise<Record<string, never>>;
  on(): void;
  off(): void;
  once(): void;
};

/** What confirming needs of a group and the page must not see. */
export type GroupInside = {
  clientSecret: string | undefined;
  /** Amount and currency when the intent is made later; undefined with a client secret. */
  deferred: { amount: number | undefined; currency: string | undefined } | undefined;
  isSubmitted: boolean;
  payment: ElementInside | undefined;
};

const groups = new WeakMap<object, GroupInside>();

/** The inner side of a group that `newElementsGroup` made. Throws for anything else. */
export function insideOf(group: unknown): GroupInside {
  const inside = typeof group === 'object' && group !== null ? groups.get(group) : undefined;
  if (inside) return inside;
  throw integrationError('Invalid value for elements: it should be the object that stripe.elements() returned.');
}

/** `stripe.elements()`: with a client secret, or with mode, amount and currency when the intent is made later. */
export function newElementsGroup(key: string, options: StripeElementsOptions = {}): ElementsGroup {
  const given = options as Record<string, unknown>;
  if ('paymentMethodTypes' in given) {
    throw integrationError('paymentMethodTypes is no longer supported. Use allowedPaymentMethodTypes instead.');
  }
  rememberAppearance(options.appearance);
  const inside: GroupInside = {
    clientSecret: textOf(given['clientSecret']),
    deferred: deferredFrom(given),
    isSubmitted: false,
    payment: undefined,
  };
  const group: ElementsGroup = {
    create(type, elementOptions = {}) {
      refuseOtherTypes(type);
      if (inside.payment) throw integrationError('Can only create one Element of type payment.');
      inside.payment = newPaymentElement({
        options: elementOptions,
        prepare: () => prepareElement(key, inside),
        onChange: () => {
          inside.isSubmitted = false;
        },
        onDestroy: () => {
          inside.payment = undefined;
        },
      });
      return inside.payment.element;
    },
    getElement: (type) => (elementTypeOf(type) === 'payment' ? (inside.payment?.element ?? null) : null),
    update(changes) {
      rememberAppearance(changes.appearance);
      const changed = changes as Record<string, unknown>;
      if (inside.deferred)
        inside.deferred = { ...inside.deferred, ...deferredFrom({ ...inside.deferred, ...changed, mode: 'payment' }) };
      inside.payment?.restyle();
      return Promise.resolve();
    },
    submit: () => Promise.resolve(submitGroup(inside)),
    fetchUpdates: () => Promise.resolve({}),
    on: () => undefined,
    off: () => undefined,
    once: () => undefined,
  };
  groups.set(group, inside);
  return group;
}

function deferredFrom(options: Record<string, unknown>): GroupInside['deferred'] {
  if (options['mode'] === undefined) return undefined;
  const amount = options['amount'];
  return { amount: typeof amount === 'number' ? amount : undefined, currency: textOf(options['currency']) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A type is given by name, or by the component of the wrapper for React. */
function elementTypeOf(type: unknown): unknown {
  return typeof type === 'function' && '__elementType' in type ? type.__elementType : type;
}

function refuseOtherTypes(type: unknown): void {
  if (elementTypeOf(type) === 'payment') return;
  throw integrationError(`The sandbox has no Element of type ${String(elementTypeOf(type))}, only payment.`);
}

async function prepareElement(key: string, inside: GroupInside): Promise<{ message?: string } | undefined> {
  if (inside.clientSecret === undefined) return undefined;
  const { error } = await fetchIntent(key, inside.clientSecret);
  return error;
}

function submitGroup(inside: GroupInside): SubmitResult {
  const problem = checkForm(inside);
  if (problem) return { error: problem };
  inside.isSubmitted = true;
  return { selectedPaymentMethod: 'card' };
}

/** Shows what is wrong with the form; undefined when it can be sent. */
export function checkForm(inside: GroupInside): StripeError | undefined {
  if (!inside.payment) throw integrationError('The group has no mounted Payment Element.');
  const problem = inside.payment.check();
  return problem && { type: 'validation_error', code: problem.code, message: problem.message };
}

/** The description of the method in the form, with what the page adds to it. */
export function methodDataFrom(inside: GroupInside, added: FormMembers = {}): FormMembers {
  const data = inside.payment?.methodData() ?? {};
  return mergedMembers(data, added);
}

function mergedMembers(base: FormMembers, added: FormMembers): FormMembers {
  const merged: FormMembers = { ...base };
  for (const [name, value] of Object.entries(added)) {
    const before = merged[name];
    const isNested = typeof before === 'object' && before !== null && typeof value === 'object' && value !== null;
    if (value !== undefined) merged[name] = isNested ? mergedMembers(before, value) : value;
  }
  return merged;
}
