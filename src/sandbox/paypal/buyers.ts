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
  capture: CaptureOutcome;
  refund: 'completes' | 'pends' | 'fails';
  /** The issue with which a payment by the saved account is refused; null when it is not. */
  savedRefusal: string | null;
};

const pays: CaptureOutcome = { kind: 'completes' };
const willing = { capture: pays, refund: 'completes', savedRefusal: null } as const;

/** The accounts that do something else than paying. Every other e-mail address pays at once. */
const known: readonly Buyer[] = [
  { ...willing, email: 'buyer@example.com' },
  { ...willing, email: 'echeck@example.com', capture: pendsAs('COMPLETED') },
  { ...willing, email: 'echeck-bounces@example.com', capture: pendsAs('DECLINED') },
  {
    ...willing,
    email: 'review@example.com',
    capture: { kind: 'pends', reason: 'PENDING_REVIEW', settles: null },
  },
  { ...willing, email: 'declined@example.com', capture: { kind: 'refuses', issue: 'INSTRUMENT_DECLINED' } },
  { ...willing, email: 'cannot-pay@example.com', capture: { kind: 'refuses', issue: 'PAYER_CANNOT_PAY' } },
  { ...willing, email: 'restricted@example.com', capture: { kind: 'refuses', issue: 'PAYER_ACCOUNT_RESTRICTED' } },
  { ...willing, email: 'refused@example.com', capture: { kind: 'refuses', issue: 'TRANSACTION_REFUSED' } },
  { ...willing, email: 'capture-declined@example.com', capture: { kind: 'declines', status: 'DECLINED' } },
  { ...willing, email: 'capture-failed@example.com', capture: { kind: 'declines', status: 'FAILED' } },
  { ...willing, email: 'refund-pending@example.com', refund: 'pends' },
  { ...willing, email: 'refund-fails@example.com', refund: 'fails' },
  { ...willing, email: 'saved-declined@example.com', savedRefusal: 'INSTRUMENT_DECLINED' },
  { ...willing, email: 'saved-closed@example.com', savedRefusal: 'PAYER_ACCOUNT_LOCKED_OR_CLOSED' },
];

function pendsAs(as: 'COMPLETED' | 'DECLINED'): CaptureOutcome {
  return { kind: 'pends', reason: 'ECHECK', settles: { afterMs: bankMs, as } };
}

/** The buyer of an e-mail address. */
export function buyerOf(email: string): Buyer {
  return known.find((buyer) => buyer.email === email.toLowerCase()) ?? { ...willing, email };
}

/** The id of a buyer's account: the same for the same address. */
export function payerIdOf(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 13).toUpperCase();
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
