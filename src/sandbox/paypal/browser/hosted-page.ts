import { askBuyer } from './approval-window.ts';
import { type Approvable, fetchCheckout } from './checkout-client.ts';

/** Runs PayPal's own page: asks the buyer whom the address names something for, and sends them back to the shop. */
async function runHostedPage(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const session = query.get('approval_session_id');
  const what: Approvable = session === null ? 'orders' : 'setup-tokens';
  const id = session ?? query.get('token') ?? '';
  const { returnUrl, cancelUrl } = await fetchCheckout(what, id);
  const decision = await askBuyer(what, id, new AbortController().signal);
  const isApproved = decision.kind === 'approved';
  const back = isApproved ? returnUrl : cancelUrl;
  if (back === null) {
    say(isApproved ? 'You have approved. You can close this page.' : 'You have not approved. You can close this page.');
    return;
  }
  const target = new URL(back);
  target.searchParams.set(what === 'orders' ? 'token' : 'approval_token_id', id);
  if (isApproved && what === 'orders') target.searchParams.set('PayerID', decision.payerId);
  location.assign(target);
}

function say(text: string): void {
  const said = document.querySelector('#said');
  if (said) said.textContent = text;
}

runHostedPage().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
