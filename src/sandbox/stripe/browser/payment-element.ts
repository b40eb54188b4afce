import type { StripePaymentElementOptions } from '@stripe/stripe-js';
import { applyAppearance } from './appearance.ts';
import { type FormMembers, integrationError } from './api-client.ts';
import { buildCardForm, type CardForm } from './card-form.ts';
import { expiryOf, type FieldProblem } from './card-rules.ts';

type ElementEvent = { elementType: 'payment' } & Record<string, unknown>;
type Handler = (event: ElementEvent) => void;

/** The element as the page and the wrapper for React use it. */
export type PaymentElement = {
  mount(target: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
  update(options: Partial<StripePaymentElementOptions>): PaymentElement;
  on(type: string, handler: Handler): PaymentElement;
  once(type: string, handler: Handler): PaymentElement;
  off(type: string, handler?: Handler): PaymentElement;
  focus(): void;
  blur(): void;
  clear(): void;
  collapse(): PaymentElement;
};

/** What the rest of the stand-in needs of a mounted element and the page must not see. */
export type ElementInside = {
  element: PaymentElement;
  check(): FieldProblem | undefined;
  /** The description of the method, as the API takes it in `payment_method_data`. */
  methodData(): FormMembers;
  restyle(): void;
};

type Listeners = Map<string, Set<Handler>>;

/** Makes a payment element. `prepare` runs when it is mounted and may tell why it cannot be shown. */
export function newPaymentElement(hooks: {
  options: StripePaymentElementOptions;
  prepare: () => Promise<{ message?: string } | undefined>;
  onChange: () => void;
  onDestroy: () => void;
}): ElementInside {
  const listeners: Listeners = new Map();
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const form = formOf(root, hooks.options, () => {
    hooks.onChange();
    announceChange(listeners, form);
  });
  let isDestroyed = false;
  host.addEventListener('focusin', () => fire(listeners, 'focus'));
  host.addEventListener('focusout', () => fire(listeners, 'blur'));
  host.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') fire(listeners, 'escape');
  });
  const element: PaymentElement = {
    mount(target) {
      if (isDestroyed) throw integrationError('This Element has already been destroyed. Please create a new one.');
      place(host, target);
      applyAppearance(host);
      void announceReady(listeners, host, hooks.prepare);
    },
    unmount: () => host.remove(),
    destroy() {
      isDestroyed = true;
      host.remove();
      listeners.clear();
      hooks.onDestroy();
    },
    update(options) {
      if (options.readOnly !== undefined) form.setReadOnly(options.readOnly);
      return element;
    },
    on: (type, handler) => listen(listeners, element, type, handler),
    once(type, handler) {
      const single: Handler = (event) => {
        listeners.get(type)?.delete(single);
        handler(event);
      };
      return listen(listeners, element, type, single);
    },
    off(type, handler) {
      if (handler) listeners.get(type)?.delete(handler);
      else listeners.delete(type);
      return element;
    },
    focus: () => form.focus(),
    blur: () => form.blur(),
    clear: () => form.clear(),
    collapse: () => element,
  };
  return {
    element,
    check: () => form.check(),
    methodData: () => methodDataOf(form),
    restyle: () => applyAppearance(host),
  };
}

function formOf(root: ShadowRoot, options: StripePaymentElementOptions, onChange: () => void): CardForm {
  const asked = options.fields?.billingDetails;
  const address = typeof asked === 'object' ? asked.address : asked;
  const asks = (member: 'country' | 'postalCode'): boolean =>
    address !== 'never' && (typeof address !== 'object' || address[member] !== 'never');
  const defaults = options.defaultValues?.billingDetails?.address;
  let isBuilt = false;
  const form = buildCardForm(root, {
    country: defaults?.country ?? 'US',
    postal: defaults?.postal_code ?? '',
    asksCountry: asks('country'),
    asksPostal: asks('postalCode'),
    onChange: () => {
      if (isBuilt) onChange();
    },
  });
  isBuilt = true;
  if (options.readOnly) form.setReadOnly(true);
  return form;
}

function place(host: HTMLElement, target: string | HTMLElement): void {
  const parent = typeof target === 'string' ? document.querySelector(target) : target;
  if (!parent) throw integrationError('The Element cannot be mounted: its target is not on the page.');
  parent.replaceChildren(host);
}

async function announceReady(
  listeners: Listeners,
  host: HTMLElement,
  prepare: () => Promise<{ message?: string } | undefined>,
): Promise<void> {
  // The wrapper attaches its listeners after it has mounted the element.
  await new Promise((resolve) => setTimeout(resolve, 0));
  fire(listeners, 'loaderstart');
  const error = await prepare();
  if (!host.isConnected) return;
  if (error) fire(listeners, 'loaderror', { error });
  else fire(listeners, 'ready');
}

function announceChange(listeners: Listeners, form: CardForm): void {
  const isComplete = form.problems().length === 0;
  fire(listeners, 'change', { empty: form.isEmpty(), complete: isComplete, collapsed: false, value: { type: 'card' } });
}

function listen(listeners: Listeners, element: PaymentElement, type: string, handler: Handler): PaymentElement {
  const handlers = listeners.get(type) ?? new Set();
  listeners.set(type, handlers.add(handler));
  return element;
}

function fire(listeners: Listeners, type: string, members: Record<string, unknown> = {}): void {
  for (const handler of new Set(listeners.get(type))) handler({ elementType: 'payment', ...members });
}

function methodDataOf(form: CardForm): FormMembers {
  const values = form.values();
  const expiry = expiryOf(values.expiry);
  return {
    type: 'card',
    card: { number: values.number, exp_month: expiry.month, exp_year: expiry.year, cvc: values.cvc },
    billing_details: { address: { country: values.country, postal_code: values.postal } },
  };
}
