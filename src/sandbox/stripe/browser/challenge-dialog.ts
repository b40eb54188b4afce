import { showModal } from '../../browser/modal.ts';
import { applyAppearance, dialogStyles } from './appearance.ts';

const zeroDecimalCurrencies = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const threeDecimalCurrencies = 'bhd jod kwd omr tnd'.split(' ');

/** An amount of minor units as a person reads it, such as `29.00 USD`. */
export function readableAmount(amount: number, currency: string): string {
  const decimals = zeroDecimalCurrencies.includes(currency) ? 0 : threeDecimalCurrencies.includes(currency) ? 3 : 2;
  return `${(amount / 10 ** decimals).toFixed(decimals)} ${currency.toUpperCase()}`;
}

/**
 * Shows the page of a bank that does not exist and waits for the cardholder's choice. `purpose` says what is to be
 * confirmed. Escape is a refusal, and focus goes back to where it was.
 */
export function askCardholder(purpose: string): Promise<'complete' | 'fail'> {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const { dialog, complete, fail } = newDialog(purpose);
  const style = document.createElement('style');
  style.textContent = dialogStyles;
  root.append(style, dialog);
  applyAppearance(host);
  return new Promise((resolve) => {
    const close = (outcome: 'complete' | 'fail'): void => {
      modal.close();
      resolve(outcome);
    };
    complete.addEventListener('click', () => close('complete'));
    fail.addEventListener('click', () => close('fail'));
    const modal = showModal(host, dialog, complete, () => close('fail'));
  });
}

function newDialog(purpose: string): { dialog: HTMLDialogElement; complete: HTMLElement; fail: HTMLElement } {
  const dialog = document.createElement('dialog');
  const title = document.createElement('h2');
  const tag = document.createElement('span');
  const text = document.createElement('p');
  const actions = document.createElement('div');
  const complete = document.createElement('button');
  const fail = document.createElement('button');
  dialog.className = 'sheet line';
  dialog.setAttribute('role', 'dialog');
  dialog.setAttribute('aria-modal', 'true');
  dialog.setAttribute('aria-labelledby', 'challenge-title');
  dialog.setAttribute('aria-describedby', 'challenge-text');
  tag.className = 'tag';
  tag.textContent = '3-D Secure';
  title.id = 'challenge-title';
  title.textContent = 'Simulated bank';
  text.id = 'challenge-text';
  text.textContent = `No real bank is asked. Choose how the cardholder answers the request to ${purpose}.`;
  actions.className = 'actions';
  complete.type = 'button';
  complete.className = 'main';
  complete.textContent = 'Complete';
  fail.type = 'button';
  fail.className = 'other line';
  fail.textContent = 'Fail';
  actions.append(complete, fail);
  dialog.append(tag, title, text, actions);
  return { dialog, complete, fail };
}
