import type {
  OnApproveActions,
  OnApproveData,
  PayPalButtonsComponentOptions,
  PayPalButtonStyle,
} from '@paypal/paypal-js';
import { askBuyer } from './approval-window.ts';
import type { Approvable } from './checkout-client.ts';
import { buttonStyles, followPage } from './paypal-styles.ts';

/** What the page passes. The typings call what goes to `onError` a record; it is an error, as with the real script. */
type ButtonsProps = Omit<PayPalButtonsComponentOptions, 'onError'> & { onError?: (error: Error) => void };

/** The buttons as the page and the wrapper for React use them. */
export type Buttons = {
  isEligible(): boolean;
  render(container: string | HTMLElement): Promise<void>;
  close(): Promise<void>;
  updateProps(props: Partial<ButtonsProps>): Promise<void>;
};

/** The button on the page, and what tells that the page took it away. */
type Face = { host: HTMLElement; button: HTMLButtonElement; gone: AbortController };

/** `paypal.Buttons(props)`: one button, since the only way to pay here is PayPal itself. */
export function newButtons(given: ButtonsProps = {}): Buttons {
  let props = given;
  let face: Face | undefined;
  return {
    isEligible: () => given.fundingSource === undefined || given.fundingSource === 'paypal',
    async render(container) {
      const parent = typeof container === 'string' ? document.querySelector(container) : container;
      if (!parent?.isConnected) throw new Error('The element to render the PayPal buttons into is not on the page.');
      if (face) throw new Error('These PayPal buttons are rendered already.');
      const made = newFace(props.style ?? {});
      face = made;
      made.button.addEventListener('click', () => void runPayment(made, () => props));
      parent.append(made.host);
      await Promise.resolve();
      props.onInit?.({}, { enable: () => setEnabled(made, true), disable: () => setEnabled(made, false) });
    },
    close() {
      face?.host.remove();
      face?.gone.abort();
      face = undefined;
      return Promise.resolve();
    },
    updateProps(changes) {
      props = { ...props, ...changes };
      return Promise.resolve();
    },
  };
}

function setEnabled({ button }: Face, isEnabled: boolean): Promise<void> {
  button.disabled = !isEnabled;
  return Promise.resolve();
}

/** Runs one payment from the click to its end; whatever is thrown on the way goes to `onError`. */
async function runPayment(face: Face, propsNow: () => ButtonsProps): Promise<void> {
  const { button } = face;
  if (button.ariaBusy === 'true' || !(await mayStart(propsNow()))) return;
  button.ariaBusy = 'true';
  button.classList.add('busy');
  try {
    const { what, id } = await begin(propsNow());
    await goOn(face, propsNow, what, id);
  } catch (error) {
    report(propsNow(), error);
  } finally {
    button.ariaBusy = null;
    button.classList.remove('busy');
  }
}

/** Asks the page whether the payment may start: `onClick` can say no by its actions or by a promise that rejects. */
async function mayStart(props: ButtonsProps): Promise<boolean> {
  let isRejected = false;
  const reject = (): Promise<void> => {
    isRejected = true;
    return Promise.resolve();
  };
  try {
    await props.onClick?.({ fundingSource: 'paypal' }, { resolve: () => Promise.resolve(), reject });
    return !isRejected;
  } catch {
    return false;
  }
}

/** Has the page make what is to be approved. */
async function begin(props: ButtonsProps): Promise<{ what: Approvable; id: string }> {
  if (props.createVaultSetupToken) return { what: 'setup-tokens', id: wordFrom(await props.createVaultSetupToken()) };
  if (!props.createOrder) throw new Error('The sandbox needs createOrder or createVaultSetupToken.');
  const create = (): Promise<string> =>
    Promise.reject(new Error('Orders are made by the server: the sandbox offers no actions.order.create.'));
  return { what: 'orders', id: wordFrom(await props.createOrder({ paymentSource: 'paypal' }, { order: { create } })) };
}

function wordFrom(id: unknown): string {
  if (typeof id === 'string' && id !== '') return id;
  throw new Error('Expected the id of an order or a setup token to be passed.');
}

/** The window, and what follows from it; a page that restarts comes back here with the same order. */
async function goOn(face: Face, propsNow: () => ButtonsProps, what: Approvable, id: string): Promise<void> {
  const decision = await askBuyer(what, id, face.gone.signal);
  if (decision.kind === 'abandoned') return;
  const props = propsNow();
  if (decision.kind === 'cancelled') {
    const redirect = (): void => undefined;
    props.onCancel?.(what === 'orders' ? { orderID: id } : { vaultSetupToken: id }, { redirect });
    return;
  }
  let wantsRestart = false;
  const actions: OnApproveActions = {
    redirect: (url) => location.assign(url),
    restart: () => {
      wantsRestart = true;
    },
  };
  await props.onApprove?.(approvalOf(what, id, decision.payerId), actions);
  if (wantsRestart) await goOn(face, propsNow, what, id);
}

function approvalOf(what: Approvable, id: string, payerId: string): OnApproveData {
  if (what === 'setup-tokens') return { orderID: '', vaultSetupToken: id, payerID: payerId };
  return { orderID: id, payerID: payerId, paymentID: null, billingToken: null, facilitatorAccessToken: '' };
}

function report(props: ButtonsProps, error: unknown): void {
  const told = error instanceof Error ? error : new Error(String(error));
  if (!props.onError) throw told;
  props.onError(told);
}

const paints: Record<NonNullable<PayPalButtonStyle['color']>, { paint: string; ink: string }> = {
  gold: { paint: '#ffc439', ink: '#101820' },
  blue: { paint: '#0a56c4', ink: '#ffffff' },
  silver: { paint: '#eeeeee', ink: '#101820' },
  white: { paint: '#ffffff', ink: '#101820' },
  black: { paint: '#2c2e2f', ink: '#ffffff' },
};
const corners = { rect: '4px', pill: '999px', sharp: '0' } as const;

/** The words around the name, by `style.label`. */
const labels: Record<string, [before: string, after: string]> = {
  paypal: ['', ''],
  checkout: ['', 'Checkout'],
  buynow: ['', 'Buy Now'],
  pay: ['Pay with', ''],
  installment: ['', 'Installments'],
  subscribe: ['', 'Subscribe'],
  donate: ['', 'Donate'],
};

function newFace(style: PayPalButtonStyle): Face {
  const host = document.createElement('div');
  const button = document.createElement('button');
  const mark = document.createElement('span');
  const [before, after] = labels[style.label ?? 'paypal'] ?? ['', ''];
  const { paint, ink } = paints[style.color ?? 'gold'];
  button.type = 'button';
  button.className = 'pay sheet';
  mark.className = 'mark';
  mark.textContent = 'PayPal';
  button.append(...(before === '' ? [] : [`${before} `]), mark, ...(after === '' ? [] : [` ${after}`]));
  button.style.setProperty('--paint', paint);
  button.style.setProperty('--ink', ink);
  button.style.setProperty('--height', `${Math.min(Math.max(style.height ?? 44, 25), 55)}px`);
  const corner = style.borderRadius === undefined ? corners[style.shape ?? 'rect'] : `${style.borderRadius}px`;
  button.style.setProperty('--corner', corner);
  const sheet = document.createElement('style');
  sheet.textContent = buttonStyles;
  host.attachShadow({ mode: 'open' }).append(sheet, button);
  followPage(host);
  return { host, button, gone: new AbortController() };
}
