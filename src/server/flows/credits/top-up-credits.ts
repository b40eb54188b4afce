import { addDays, calendarDateIn } from '#shared/time/index.ts';
import { type Account, accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { type CreditPackage, creditPackagesOnSale } from '#server/modules/catalog/index.ts';
import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { sellerOf } from '#server/modules/invoices/index.ts';
import {
  type AutoTopUp,
  chargeableMethodOf,
  createPayment,
  decideTopUp,
  insertTopUp,
  isTopUpUnderWay,
  lockAutoTopUp,
  type SavedMethod,
  spentOnTopUps,
  switchOffTopUp,
  type TopUpOffReason,
  waitWithTopUps,
} from '#server/modules/payments/index.ts';
import { system } from '#server/modules/team/index.ts';
import { inTransaction, type Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { draftCreditPurchase } from '../steps/draft-credit-purchase.ts';
import { issueStoredDraft, storeInvoiceDraft } from '../steps/issue-invoice.ts';
import { syncWithGateway } from '../steps/sync-with-gateway.ts';
import { tellOfCredits } from '../steps/tell-of-credits.ts';

/**
 * Tops up an account if its balance, its cap and everything else still ask for it. The invoice and the payment are
 * committed before the saved method is charged, so that a crash in between leaves a payment the sweep goes on with, by
 * the same key at the gateway. However many ask at once, one top-up is started.
 *
 * @throws GatewayUnavailable when the outcome is unknown; the sweep asks again
 */
export async function topUpCredits(app: App, accountId: string): Promise<void> {
  const paymentId = await inTransaction(app, { account: accountId }, (tx) => startTopUp(app, tx, accountId));
  app.failpoint('top-up-committed');
  if (paymentId !== null) await syncWithGateway(app, { accountId, paymentId }, 'top_up');
}

/** Everything a top-up is done with. */
type Gathered = {
  readonly account: Account;
  readonly autoTopUp: AutoTopUp | null;
  readonly creditPackage: CreditPackage | undefined;
  readonly savedMethod: SavedMethod | null;
};

/** Decides under the lock of the auto top-up, and does it. Answers the payment to charge; null when there is none. */
async function startTopUp(app: App, tx: Tx, accountId: string): Promise<string | null> {
  const autoTopUp = await lockAutoTopUp(tx, accountId);
  const account = await accountById(tx, accountId);
  const packages = await creditPackagesOnSale(tx, account.currency);
  const creditPackage = packages.find((candidate) => candidate.id === autoTopUp?.creditPackageId);
  const savedMethod = await chargeableMethodOf(tx, accountId, app.gateways);
  const today = calendarDateIn(app.clock.now(), account.timeZone);
  const decision = decideTopUp({
    autoTopUp,
    account,
    available: (await creditBalanceOf(tx, accountId)).available,
    hasSavedMethod: savedMethod !== null,
    totalMinor: creditPackage === undefined ? null : draftCreditPurchase(creditPackage).totalMinor,
    spentMinor: await spentOnTopUps(tx, accountId, today, account.currency),
    isUnderWay: await isTopUpUnderWay(tx, accountId),
  });
  switch (decision.kind) {
    case 'leave':
      return null;
    case 'wait_for_month':
      await waitForMonth(app, tx, account, autoTopUp, today);
      return null;
    case 'switch_off':
      await switchOff(app, tx, account, autoTopUp, decision.why);
      return null;
    case 'charge':
      return await issueTopUp(app, tx, { account, autoTopUp, creditPackage, savedMethod }, today);
  }
}

/** Issues the invoice with its payment and writes the top-up down. Answers the payment's id. */
async function issueTopUp(app: App, tx: Tx, gathered: Gathered, today: string): Promise<string> {
  const { account, creditPackage, savedMethod } = gathered;
  if (creditPackage === undefined || savedMethod === null)
    throw new Error('A top-up was decided on without its means.');
  const accountId = account.id;
  const draft = draftCreditPurchase(creditPackage);
  const invoice = { account, seller: await sellerOf(tx), draft, purpose: 'credit_purchase' } as const;
  const invoiceId = await storeInvoiceDraft(app, tx, invoice);
  const paymentId = app.ids.next();
  await createPayment(tx, app, {
    id: paymentId,
    accountId,
    method: savedMethod.method,
    gateway: savedMethod.gateway,
    currency: draft.currency,
    savedMethodId: savedMethod.id,
    payerIsPresent: false,
    invoices: [{ invoiceId, amountMinor: draft.totalMinor }],
  });
  await insertTopUp(tx, app, {
    accountId,
    paymentId,
    amountMinor: draft.totalMinor,
    currency: draft.currency,
    startedOn: today,
  });
  await appendAudit(tx, app, {
    accountId,
    actor: system,
    action: 'credits.top_up_started',
    subjectType: 'payment',
    subjectId: paymentId,
    details: {
      credit_package: creditPackage.slug,
      total_minor: draft.totalMinor.toString(),
      currency: draft.currency,
    },
  });
  await issueStoredDraft(app, tx, invoiceId, invoice);
  app.failpoint('before-top-up-commit');
  return paymentId;
}

/** The cap leaves no room this month: told once a month, and tried again when the next one begins. */
async function waitForMonth(
  app: App,
  tx: Tx,
  account: Account,
  autoTopUp: AutoTopUp | null,
  today: string,
): Promise<void> {
  if (autoTopUp === null) return;
  const resumesOn = firstOfNextMonth(today);
  await waitWithTopUps(tx, account.id, { date: resumesOn, timeZone: account.timeZone });
  await tellOfCredits(app, tx, account.id, `top_up_cap_reached:${today.slice(0, 7)}`, {
    kind: 'top_up_cap_reached',
    capMinor: autoTopUp.monthlyCapMinor,
    currency: autoTopUp.currency,
    resumesOn,
  });
}

/** What cannot work any more is switched off and told, so that nobody relies on it. */
async function switchOff(
  app: App,
  tx: Tx,
  account: Account,
  autoTopUp: AutoTopUp | null,
  why: Exclude<TopUpOffReason, 'failures'>,
): Promise<void> {
  if (autoTopUp === null) return;
  await switchOffTopUp(tx, account.id, why, app.clock.now());
  // The instant at which it was set up names the set-up that ends here.
  await tellOfCredits(app, tx, account.id, `top_up_switched_off:${autoTopUp.updatedAt.toISOString()}`, {
    kind: 'top_up_failed',
    paymentId: null,
    reason: why,
    message: '',
    switchedOff: true,
  });
}

function firstOfNextMonth(today: string): string {
  return `${addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}
