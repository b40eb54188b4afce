import type { Currency } from '#shared/money/index.ts';
import { type Account, accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { type CreditPackage, creditPackageForSale } from '#server/modules/catalog/index.ts';
import { type Draft, type Seller, sellerOf } from '#server/modules/invoices/index.ts';
import { offeredOption, type PaymentOption, paymentOptionsFor, type WayToPay } from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { type Db, inRead, inTransaction } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import {
  claimIdempotencyKey,
  findIdempotentResult,
  type IdempotentRequest,
} from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';
import { draftCreditPurchase } from '../steps/draft-credit-purchase.ts';
import { issueStoredDraft, storeInvoiceDraft } from '../steps/issue-invoice.ts';
import { meansOfPayment } from '../steps/means-of-payment.ts';
import { openPayment } from '../steps/open-payment.ts';
import { type SyncedPayment, syncWithGateway } from '../steps/sync-with-gateway.ts';

/** What the customer wants to buy, and how to pay it. */
export type PurchaseOrder = {
  readonly packageId: string;
  /** By which method: one the payer gives, or a saved one. */
  readonly way: WayToPay;
  /** If given, must be the currency of the account. */
  readonly currency: Currency | null;
  /** If given, in minor units, the purchase is refused when the total would be another. */
  readonly expectedTotalMinor: bigint | null;
  /** The Idempotency-Key and the body it stands for. */
  readonly request: Pick<IdempotentRequest, 'key' | 'bodyHash'>;
};

/** The caller thinks of another currency than the account's. */
class CurrencyNotOfAccount extends DomainError {
  constructor(given: string, own: string) {
    super(
      'currency_mismatch',
      `The account is billed in ${own}, not in ${given}. Leave the currency away or send ${own}.`,
    );
  }
}

/** The price is no longer what the caller was shown. */
class PriceChanged extends DomainError {
  constructor(expectedMinor: bigint, total: { totalMinor: bigint; currency: string }) {
    super('price_changed', 'The price has changed since it was shown. Look at the new total and confirm again.', {
      members: { expected_total: expectedMinor, total: total.totalMinor, currency: total.currency },
    });
  }
}

/**
 * Buys a credit package: issues the invoice, writes the payment down, and starts it at the gateway. A repetition under
 * the same key goes on with the same invoice and payment, wherever the first one stopped.
 *
 * @throws the problems the contract names for `purchaseCredits`
 */
export async function purchaseCredits(app: App, actor: Actor, order: PurchaseOrder): Promise<SyncedPayment> {
  authorize(actor, 'credits.purchase');
  const accountId = accountIdOf(actor);
  const request: IdempotentRequest = {
    ...order.request,
    owner: `account:${accountId}`,
    operation: 'purchaseCredits',
  };
  const earlier = await inRead(app, { account: accountId }, (db) => findIdempotentResult(db, request));
  const paymentId = earlier ?? (await issuePurchase(app, actor, accountId, order, request));
  app.failpoint('purchase-committed');
  return await syncWithGateway(app, { accountId, paymentId }, 'purchase');
}

/** Everything the purchase is decided from. */
type Gathered = {
  readonly account: Account;
  readonly creditPackage: CreditPackage;
  readonly draft: Draft;
  readonly options: readonly PaymentOption[];
  readonly seller: Seller;
};

async function gather(app: App, db: Db, accountId: string, order: PurchaseOrder): Promise<Gathered> {
  const account = await accountById(db, accountId);
  if (order.currency !== null && order.currency !== account.currency) {
    throw new CurrencyNotOfAccount(order.currency, account.currency);
  }
  const creditPackage = await creditPackageForSale(db, order.packageId, account.currency);
  const draft = draftCreditPurchase(creditPackage);
  return {
    account,
    creditPackage,
    draft,
    options: await paymentOptionsFor(db, account.country, app.gateways, {
      currency: draft.currency,
      amountMinor: draft.totalMinor,
    }),
    seller: await sellerOf(db),
  };
}

/** Decides by which option the purchase would be paid, at the price that was shown; pure. */
function decide(order: PurchaseOrder, gathered: Gathered): PaymentOption {
  const { draft, options } = gathered;
  const option = offeredOption(options, order.way.method);
  if (order.expectedTotalMinor !== null && order.expectedTotalMinor !== draft.totalMinor) {
    throw new PriceChanged(order.expectedTotalMinor, draft);
  }
  return option;
}

/** Issues the invoice with its payment in one transaction and answers the payment's id. */
async function issuePurchase(
  app: App,
  actor: Actor,
  accountId: string,
  order: PurchaseOrder,
  request: IdempotentRequest,
): Promise<string> {
  return await inTransaction(app, { account: accountId }, async (tx) => {
    const paymentId = app.ids.next();
    const claim = await claimIdempotencyKey(tx, { ...request, accountId, resultId: paymentId, now: app.clock.now() });
    if (!claim.fresh) return claim.resultId;
    const gathered = await gather(app, tx, accountId, order);
    const { draft } = gathered;
    const option = decide(order, gathered);
    const invoice = { account: gathered.account, seller: gathered.seller, draft, purpose: 'credit_purchase' } as const;
    const invoiceId = await storeInvoiceDraft(app, tx, invoice);
    const waitsUntil = await openPayment(app, tx, {
      id: paymentId,
      accountId,
      option,
      ...(await meansOfPayment(app, tx, accountId, option, order.way)),
      currency: draft.currency,
      invoices: [{ invoiceId, amountMinor: draft.totalMinor }],
    });
    await appendAudit(tx, app, {
      accountId,
      actor,
      action: 'credits.purchase_started',
      subjectType: 'payment',
      subjectId: paymentId,
      details: {
        credit_package: gathered.creditPackage.slug,
        total_minor: draft.totalMinor.toString(),
        currency: draft.currency,
      },
    });
    await issueStoredDraft(app, tx, invoiceId, { ...invoice, waitsUntil });
    app.failpoint('before-purchase-commit');
    return paymentId;
  });
}
