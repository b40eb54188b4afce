import type { Control } from '../controls/control-request.ts';
import { BadControl } from '../controls/faults.ts';
import { sandboxTime } from '../controls/simulator-kinds.ts';
import { knownBuyers, payerIdOf } from './buyers.ts';
import type { Change } from './call.ts';
import { ApprovalRefused, approveOrder, approveSetupToken, buyerFrom } from './checkout.ts';
import { amountOf, minorOf } from './money.ts';
import type { Kinds, PayPalWriter } from './objects.ts';
import { orderAsItStands, setupTokenAsItStands } from './pass-time.ts';

/** The accounts to choose from. */
const buyersShown = knownBuyers.map(({ email, outcome }) => ({ email, outcome }));

/**
 * What the approval window asks and says. It needs no token: whoever knows the id of an order may look at it and approve
 * it, as with the address of PayPal's own page. `base` is where this PayPal answers.
 */
export function checkoutAt(base: string): Control<Kinds>[] {
  const changeOf = (writer: PayPalWriter): Change => ({ writer, base, now: sandboxTime(writer) });
  const approve = (work: (change: Change, id: string, buyer: string) => object): Control<Kinds>['run'] => {
    return (writer, body, id) => {
      try {
        const buyer = buyerFrom(body['buyer']);
        work(changeOf(writer), id, buyer);
        return { payer_id: payerIdOf(buyer) };
      } catch (error) {
        throw error instanceof ApprovalRefused ? new BadControl(error.message) : error;
      }
    };
  };
  return [
    { method: 'GET', path: '/checkout/orders/:id', run: (writer, _body, id) => orderToApprove(changeOf(writer), id) },
    { method: 'POST', path: '/checkout/orders/:id/approve', run: approve(approveOrder) },
    {
      method: 'GET',
      path: '/checkout/setup-tokens/:id',
      run: (writer, _body, id) => accountToSave(changeOf(writer), id),
    },
    { method: 'POST', path: '/checkout/setup-tokens/:id/approve', run: approve(approveSetupToken) },
  ];
}

function orderToApprove(change: Change, id: string): object {
  const order = orderAsItStands(change, id);
  const unit = order?.units[0];
  if (!order || !unit || order.status === 'VOIDED') throw new BadControl('PayPal knows no such order, or no longer.');
  if (order.status === 'COMPLETED') throw new BadControl('This order is paid already.');
  const currency = unit.amount.currency_code;
  const total = order.units.reduce((sum, { amount }) => sum + minorOf(amount), 0n);
  return {
    amount: `${amountOf(total, currency).value} ${currency}`,
    description: unit.description ?? null,
    brand: order.source?.brandName ?? null,
    return_url: order.source?.returnUrl ?? null,
    cancel_url: order.source?.cancelUrl ?? null,
    buyers: buyersShown,
  };
}

function accountToSave(change: Change, id: string): object {
  const token = setupTokenAsItStands(change, id);
  if (!token) throw new BadControl('PayPal knows no such request, or no longer.');
  return {
    amount: null,
    description: token.description,
    brand: token.brandName,
    return_url: token.returnUrl,
    cancel_url: token.cancelUrl,
    buyers: buyersShown,
  };
}

/**
 * PayPal's own page, where an order's or a setup token's link leads a buyer of a shop without the button: the same window,
 * and then back to the shop.
 */
export const hostedPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Simulated PayPal</title>
<link rel="icon" href="data:,">
<h1>Simulated PayPal</h1>
<p id="said" role="status"></p>
<script src="/sdk/hosted-page.js"></script>
</html>
`;
