import { showModal } from '../../browser/modal.ts';
import { type Approvable, type Checkout, fetchCheckout, sendApproval } from './checkout-client.ts';
import { followPage, windowStyles } from './paypal-styles.ts';

/** What the buyer did: approved with an account, or went back; or the page took its buttons away meanwhile. */
export type Decision = { kind: 'approved'; payerId: string } | { kind: 'cancelled' } | { kind: 'abandoned' };

/** The account whose bank declines, for the button that does so. */
const decliningBuyer = 'declined@example.com';

/** The account chosen last, offered first the next time. */
const lastChoice: { email?: string } = {};

/**
 * Shows the window of a PayPal that does not exist and waits for the buyer. Escape goes back to the shop. Throws when
 * there is nothing to approve.
 */
export async function askBuyer(what: Approvable, id: string, gone: AbortSignal): Promise<Decision> {
  const checkout = await fetchCheckout(what, id);
  if (gone.aborted) return { kind: 'abandoned' };
  const host = document.createElement('div');
  const parts = newWindow(checkout);
  const style = document.createElement('style');
  style.textContent = windowStyles;
  host.attachShadow({ mode: 'open' }).append(style, parts.dialog);
  followPage(host);
  return await new Promise((resolve) => {
    const abandon = (): void => end({ kind: 'abandoned' });
    const end = (decision: Decision): void => {
      gone.removeEventListener('abort', abandon);
      modal.close();
      resolve(decision);
    };
    const approveAs = async (buyer: string): Promise<void> => {
      setBusy(parts, true);
      try {
        end({ kind: 'approved', payerId: await sendApproval(what, id, buyer) });
      } catch (error) {
        setBusy(parts, false);
        parts.problem.textContent = error instanceof Error ? error.message : String(error);
      }
    };
    parts.approve.addEventListener('click', () => {
      lastChoice.email = parts.buyer.value;
      void approveAs(parts.buyer.value);
    });
    parts.decline.addEventListener('click', () => void approveAs(decliningBuyer));
    parts.cancel.addEventListener('click', () => end({ kind: 'cancelled' }));
    gone.addEventListener('abort', abandon);
    const modal = showModal(host, parts.dialog, parts.approve, () => end({ kind: 'cancelled' }));
  });
}

type WindowParts = {
  dialog: HTMLDialogElement;
  buyer: HTMLSelectElement;
  problem: HTMLElement;
  approve: HTMLButtonElement;
  decline: HTMLButtonElement;
  cancel: HTMLButtonElement;
};

function setBusy(parts: WindowParts, isBusy: boolean): void {
  for (const control of [parts.buyer, parts.approve, parts.decline, parts.cancel]) control.disabled = isBusy;
  parts.dialog.setAttribute('aria-busy', String(isBusy));
  if (isBusy) parts.problem.textContent = '';
}

function newWindow(checkout: Checkout): WindowParts {
  const isPayment = checkout.amount !== null;
  const dialog = document.createElement('dialog');
  dialog.className = 'sheet';
  dialog.setAttribute('aria-modal', 'true');
  dialog.setAttribute('aria-labelledby', 'approval-title');
  dialog.setAttribute('aria-describedby', 'approval-text');
  const head = newPart('div', 'head');
  head.append(newPart('span', 'mark', 'PayPal'), newPart('span', 'tag', 'Simulated'));
  const title = newPart('h2', '', isPayment ? `Pay ${checkout.brand ?? 'the seller'}` : 'Save your PayPal account');
  title.id = 'approval-title';
  const text = newPart('p', '', 'No real PayPal is asked. The account you choose decides what happens.');
  text.id = 'approval-text';
  const body = newPart('div', 'body');
  body.append(title);
  if (checkout.amount !== null) body.append(newPart('p', 'amount', checkout.amount));
  if (checkout.description !== null) body.append(newPart('p', '', checkout.description));
  const buyer = newBuyerSelect(checkout);
  const label = newPart('label', '', isPayment ? 'Pay as' : 'Save the account of');
  label.setAttribute('for', buyer.id);
  const problem = newPart('p', 'problem');
  problem.setAttribute('role', 'alert');
  const actions = newPart('div', 'actions');
  const approve = newAction('main', isPayment ? `Pay ${checkout.amount}` : 'Agree and save');
  const decline = newAction('other', 'Let the bank decline');
  const cancel = newAction('plain', 'Cancel and go back');
  actions.append(approve, ...(isPayment ? [decline] : []), cancel);
  body.append(text, label, buyer, problem, actions);
  dialog.append(head, body);
  return { dialog, buyer, problem, approve, decline, cancel };
}

function newBuyerSelect(checkout: Checkout): HTMLSelectElement {
  const select = document.createElement('select');
  select.id = 'approval-buyer';
  for (const { email, outcome } of checkout.buyers) {
    const option = document.createElement('option');
    option.value = email;
    option.textContent = `${email}: ${outcome}`;
    select.append(option);
  }
  if (checkout.buyers.some((buyer) => buyer.email === lastChoice.email)) select.value = lastChoice.email ?? '';
  return select;
}

function newPart(tag: string, className: string, text = ''): HTMLElement {
  const part = document.createElement(tag);
  if (className !== '') part.className = className;
  part.textContent = text;
  return part;
}

function newAction(className: string, text: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.textContent = text;
  return button;
}
