import { createHash } from 'node:crypto';

/** How long an eCheck or a refund to a bank account takes: three days, in milliseconds of the sandbox clock. */
export const bankMs = 3 * 86_400_000;

/** What becomes of a capture. */
type CaptureOutcome =
  | { kind: 'completes' }
  | {
      kind: 'pends';
      reason: 'ECHECK' | 'PENDING_REVIEW';
      settles: { afterMs: number; as: 'COMPLETED' | 'DECLINED' } | null;
    }
  | { kind: 'declines'; status: 'DECLINED' | 'FAILED' }
  | { kind: 'refuses'; issue: string };

/** How a buyer's account behaves. */
export type Buyer = {
  email: string;
  /** What comes of it, for people. */
  outcome: string;
  capture: CaptureOutcome;
  refund: 'completes' | 'pends' | 'fails';
  /** The issue with which a payment by the saved account is refused; null when it is not. */
  savedRefusal: string | null;
  /** How long after a payment the account it was made with is kept for later, in milliseconds of the sandbox clock. */
  savedAfterMs: number;
};

const pays: CaptureOutcome = { kind: 'completes' };
const willing = { capture: pays, refund: 'completes', savedRefusal: null, savedAfterMs: 0 } as const;

/** The accounts that do something else than paying. Every other e-mail address pays at once. */
export const knownBuyers: readonly Buyer[] = [
  { ...willing, email: 'buyer@example.com', outcome: 'pays at once' },
  {
    ...willing,
    email: 'echeck@example.com',
    outcome: 'pays by eCheck, which clears after three days',
    capture: pendsAs('COMPLETED'),
  },
  {
    ...willing,
    email: 'echeck-bounces@example.com',
    outcome: 'pays by eCheck, which bounces after three days',
    capture: pendsAs('DECLINED'),
  },
  {
    ...willing,
    email: 'review@example.com',
    outcome: 'pays, and PayPal reviews it until it is settled by a control',
    capture: { kind: 'pends', reason: 'PENDING_REVIEW', settles: null },
  },
  {
    ...willing,
    email: 'declined@example.com',
    outcome: 'the bank declines; choose another account',
    capture: { kind: 'refuses', issue: 'INSTRUMENT_DECLINED' },
  },
  {
    ...willing,
    email: 'cannot-pay@example.com',
    outcome: 'cannot pay this seller',
    capture: { kind: 'refuses', issue: 'PAYER_CANNOT_PAY' },
  },
  {
    ...willing,
    email: 'restricted@example.com',
    outcome: 'the account is restricted',
    capture: { kind: 'refuses', issue: 'PAYER_ACCOUNT_RESTRICTED' },
  },
  {
    ...willing,
    email: 'refused@example.com',
    outcome: 'PayPal refuses the payment',
    capture: { kind: 'refuses', issue: 'TRANSACTION_REFUSED' },
  },
  {
    ...willing,
    email: 'capture-declined@example.com',
    outcome: 'approves, and the capture is declined',
    capture: { kind: 'declines', status: 'DECLINED' },
  },
  {
    ...willing,
    email: 'capture-failed@example.com',
    outcome: 'approves, and the capture fails',
    capture: { kind: 'declines', status: 'FAILED' },
  },
  { ...willing, email: 'refund-pending@example.com', outcome: 'pays; refunds take three days', refund: 'pends' },
  { ...willing, email: 'refund-fails@example.com', outcome: 'pays; refunds fail after three days', refund: 'fails' },
  {
    ...willing,
    email: 'saved-late@example.com',
    outcome: 'pays; the account is saved a minute after the payment',
    savedAfterMs: 60_000,
  },
  {
    ...willing,
    email: 'saved-declined@example.com',
    outcome: 'pays; later payments by the saved account are declined',
    savedRefusal: 'INSTRUMENT_DECLINED',
  },
  {
    ...willing,
    email: 'saved-closed@example.com',
    outcome: 'pays; the account is closed when it is charged later',
    savedRefusal: 'PAYER_ACCOUNT_LOCKED_OR_CLOSED',
  },
];

function pendsAs(as: 'COMPLETED' | 'DECLINED'): CaptureOutcome {
  return { kind: 'pends', reason: 'ECHECK', settles: { afterMs: bankMs, as } };
}

/** The buyer of an e-mail address. */
export function buyerOf(email: string): Buyer {
  return (
    knownBuyers.find((buyer) => buyer.email === email.toLowerCase()) ?? { ...willing, email, outcome: 'pays at once' }
  );
}

/** What ids of accounts are made of: nothing that could be taken for something else. */
const accountLetters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The id of a buyer's account: the same for the same address. */
export function payerIdOf(email: string): string {
  const bytes = createHash('sha256').update(email.toLowerCase()).digest().subarray(0, 13);
  return [...bytes].map((byte) => accountLetters[byte % accountLetters.length]).join('');
}

/** The buyer as an order shows them. */
export function payerOf(email: string): object {
  return {
    name: nameOf(email),
    email_address: email,
    payer_id: payerIdOf(email),
    address: { country_code: 'US' },
  };
}

/** The name behind an address: what stands before the @, and Buyer. */
export function nameOf(email: string): { given_name: string; surname: string } {
  const word =
    email
      .split('@')[0]
      ?.replaceAll(/[^\p{Letter}]+/gu, ' ')
      .trim() ?? '';
  return { given_name: word === '' ? 'Test' : word.charAt(0).toUpperCase() + word.slice(1), surname: 'Buyer' };
}
