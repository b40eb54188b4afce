import type { paymentStatuses } from '../contract/billing.ts';

/** How a state is coloured: one tone, one meaning, in pages, e-mails and PDF alike. */
export type StateTone = 'neutral' | 'waiting' | 'good' | 'warning' | 'bad';

/** A state as people see it. The tone never stands alone: the word is always shown with it. */
export type ShownState = { readonly word: string; readonly tone: StateTone };

/** The one vocabulary of states, in English. */
export const stateTexts = {
  invoice: {
    draft: { word: 'Draft', tone: 'neutral' },
    pending: { word: 'Pending', tone: 'waiting' },
    partially_paid: { word: 'Partially paid', tone: 'waiting' },
    paid: { word: 'Paid', tone: 'good' },
    overdue: { word: 'Overdue', tone: 'bad' },
    void: { word: 'Void', tone: 'neutral' },
    uncollectible: { word: 'Uncollectible', tone: 'bad' },
    refunded: { word: 'Refunded', tone: 'neutral' },
  },
  payment: {
    waiting_for_you: { word: 'Waiting for you', tone: 'warning' },
    in_review: { word: 'In review', tone: 'waiting' },
    processing: { word: 'Processing', tone: 'waiting' },
    succeeded: { word: 'Succeeded', tone: 'good' },
    failed: { word: 'Failed', tone: 'bad' },
    rejected: { word: 'Rejected', tone: 'bad' },
    canceled: { word: 'Canceled', tone: 'neutral' },
    refunded: { word: 'Refunded', tone: 'neutral' },
    disputed: { word: 'Disputed', tone: 'bad' },
  },
  subscription: {
    trialing: { word: 'Trialing', tone: 'waiting' },
    active: { word: 'Active', tone: 'good' },
    past_due: { word: 'Past due', tone: 'bad' },
    paused: { word: 'Paused', tone: 'neutral' },
    canceled: { word: 'Canceled', tone: 'neutral' },
  },
  /** A subscription that is active and ends at the period's end; tone `warning`. */
  subscriptionCancelsOn: (date: string) => `Cancels on ${date}`,
} satisfies {
  readonly invoice: Readonly<Record<string, ShownState>>;
  readonly payment: Readonly<Record<string, ShownState>>;
  readonly subscription: Readonly<Record<string, ShownState>>;
  readonly subscriptionCancelsOn: (date: string) => string;
};

/** An invoice's state as shown: the stored status refined by what was paid, refunded and when it is due. */
export type ShownInvoiceState = keyof typeof stateTexts.invoice;

/** A payment's state as shown. */
export type ShownPaymentState = keyof typeof stateTexts.payment;

/** A subscription's state as shown. */
export type ShownSubscriptionState = keyof typeof stateTexts.subscription;

/** The states in one language. */
export type StateTexts = {
  readonly invoice: { readonly [state in ShownInvoiceState]: ShownState };
  readonly payment: { readonly [state in ShownPaymentState]: ShownState };
  readonly subscription: { readonly [state in ShownSubscriptionState]: ShownState };
  readonly subscriptionCancelsOn: (date: string) => string;
};

/** The state people see for each stored status of a payment. Refunds and disputes refine `succeeded`. */
export const shownPaymentStateOf: { readonly [status in (typeof paymentStatuses)[number]]: ShownPaymentState } = {
  created: 'processing',
  requires_payment_method: 'waiting_for_you',
  requires_action: 'waiting_for_you',
  processing: 'processing',
  awaiting_transfer: 'waiting_for_you',
  pending_approval: 'in_review',
  succeeded: 'succeeded',
  failed: 'failed',
  rejected: 'rejected',
  canceled: 'canceled',
};

/** What the state of an invoice follows from. Amounts in minor units; `today` in the seller's time zone. */
export type InvoiceStanding = {
  readonly status: 'draft' | 'pending' | 'paid' | 'void' | 'uncollectible';
  readonly dueOn: string | null;
  readonly amountPaidMinor: bigint;
  readonly today: string;
};

/** The state people see for an invoice: overdue and partially paid are derived, never stored. */
export function shownInvoiceState(invoice: InvoiceStanding): ShownInvoiceState {
  if (invoice.status !== 'pending') return invoice.status;
  if (invoice.dueOn !== null && invoice.dueOn < invoice.today) return 'overdue';
  return invoice.amountPaidMinor > 0n ? 'partially_paid' : 'pending';
}
