import type Stripe from 'stripe';
import type { ErrorBody } from './errors.ts';

type OutcomeAdvice = Exclude<Stripe.Charge.Outcome['advice_code'], null>;

/** Why an issuer says no, and what the customer reads. */
export type Decline = {
  code: string;
  declineCode: string;
  message: string;
  advice: OutcomeAdvice;
  networkCode: string;
};

/**
 * How a test card behaves. `authentication`: `always` on every payment, `unless_set_up` until a SetupIntent or a payment
 * with setup_future_usage has authenticated it, `on_session` only while the customer is present.
 */
export type MagicCard = {
  brand: string;
  funding: 'credit' | 'debit';
  country: string;
  charge: Decline | null;
  attach: Decline | null;
  authentication: 'never' | 'always' | 'unless_set_up' | 'on_session';
  cvcFails: boolean;
  /** What becomes of its payments by themselves: the bank asks, or takes the money back. */
  dispute: 'none' | 'inquiry' | 'chargeback';
  /** How a refund to it goes: at once, after a while, or not at all though it looked well. */
  refund: 'succeeds' | 'waits' | 'fails_later';
};

const declines = {
  generic: decline('card_declined', 'generic_decline', 'Your card was declined.', '01'),
  insufficientFunds: decline('card_declined', 'insufficient_funds', 'Your card has insufficient funds.', '51'),
  lost: decline('card_declined', 'lost_card', 'Your card was declined.', '41', 'do_not_try_again'),
  stolen: decline('card_declined', 'stolen_card', 'Your card was declined.', '43', 'do_not_try_again'),
  velocity: decline('card_declined', 'card_velocity_exceeded', 'Your card was declined for too many attempts.', '61'),
  expired: decline('expired_card', 'expired_card', 'Your card has expired.', '54', 'confirm_card_data'),
  cvc: decline('incorrect_cvc', 'incorrect_cvc', "Your card's security code is incorrect.", '82', 'confirm_card_data'),
  processing: decline(
    'processing_error',
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
    '96',
  ),
};

/** What a charge without the customer gets when the card insists on authentication. */
export const authenticationRequired = decline(
  'authentication_required',
  'authentication_required',
  'Your card was declined. This transaction requires authentication.',
  '1A',
  'confirm_card_data',
);

function decline(
  code: string,
  declineCode: string,
  message: string,
  networkCode: string,
  advice: OutcomeAdvice = 'try_again_later',
): Decline {
  return { code, declineCode, message, advice, networkCode };
}

function card(differences: Partial<MagicCard> = {}): MagicCard {
  return {
    brand: 'visa',
    funding: 'credit',
    country: 'US',
    charge: null,
    attach: null,
    authentication: 'never',
    cvcFails: false,
    dispute: 'none',
    refund: 'succeeds',
    ...differences,
  };
}

function declined(reason: Decline): MagicCard {
  return card({ charge: reason, attach: reason });
}

/** Stripe's published test numbers. A number that is not here behaves like 4242, if its check digit is right. */
const cardsByNumber = new Map<string, MagicCard>([
  ['4242424242424242', card()],
  ['4000056655665556', card({ funding: 'debit' })],
  ['5555555555554444', card({ brand: 'mastercard' })],
  ['2223003122003222', card({ brand: 'mastercard' })],
  ['5200828282828210', card({ brand: 'mastercard', funding: 'debit' })],
  ['378282246310005', card({ brand: 'amex' })],
  ['371449635398431', card({ brand: 'amex' })],
  ['6011111111111117', card({ brand: 'discover' })],
  ['3056930009020004', card({ brand: 'diners' })],
  ['36227206271667', card({ brand: 'diners' })],
  ['3566002020360505', card({ brand: 'jcb' })],
  ['6200000000000005', card({ brand: 'unionpay' })],
  ['4000002760000016', card({ country: 'DE' })],
  ['4000008260000000', card({ country: 'GB' })],
  ['4000005860000003', card({ country: 'PK' })],
  ['4000000000000077', card()],
  ['4000000000000002', declined(declines.generic)],
  ['4000000000009995', declined(declines.insufficientFunds)],
  ['4000000000009987', declined(declines.lost)],
  ['4000000000009979', declined(declines.stolen)],
  ['4000000000006975', declined(declines.velocity)],
  ['4000000000000069', declined(declines.expired)],
  ['4000000000000127', card({ cvcFails: true })],
  ['4000000000000119', declined(declines.processing)],
  ['4000000000000341', card({ charge: declines.generic })],
  ['4000000000000259', card({ dispute: 'chargeback' })],
  ['4000000000001976', card({ dispute: 'inquiry' })],
  ['4000000000007726', card({ refund: 'waits' })],
  ['4000000000005126', card({ refund: 'fails_later' })],
  ['4000002500003155', card({ authentication: 'unless_set_up' })],
  ['4000002760003184', card({ authentication: 'always' })],
  ['4000000000003220', card({ authentication: 'always' })],
  ['4000000000003063', card({ authentication: 'always' })],
  ['4000000000003055', card()],
  ['4000003800000446', card({ authentication: 'on_session' })],
  ['4000008260003178', card({ authentication: 'always', charge: declines.insufficientFunds })],
  ['4000008400001629', card({ authentication: 'always', charge: declines.generic })],
]);

/** Ids that stand for a card: `pm_card_` + name, and `tok_` + name. */
const numbersByName = new Map<string, string>([
  ['visa', '4242424242424242'],
  ['visa_debit', '4000056655665556'],
  ['mastercard', '5555555555554444'],
  ['mastercard_debit', '5200828282828210'],
  ['amex', '378282246310005'],
  ['discover', '6011111111111117'],
  ['diners', '3056930009020004'],
  ['jcb', '3566002020360505'],
  ['unionpay', '6200000000000005'],
  ['de', '4000002760000016'],
  ['gb', '4000008260000000'],
  ['bypassPending', '4000000000000077'],
  ['chargeDeclined', '4000000000000002'],
  ['visa_chargeDeclined', '4000000000000002'],
  ['chargeDeclinedInsufficientFunds', '4000000000009995'],
  ['visa_chargeDeclinedInsufficientFunds', '4000000000009995'],
  ['chargeDeclinedLostCard', '4000000000009987'],
  ['visa_chargeDeclinedLostCard', '4000000000009987'],
  ['chargeDeclinedStolenCard', '4000000000009979'],
  ['visa_chargeDeclinedStolenCard', '4000000000009979'],
  ['chargeDeclinedVelocityLimitExceeded', '4000000000006975'],
  ['visa_chargeDeclinedVelocityLimitExceeded', '4000000000006975'],
  ['chargeDeclinedExpiredCard', '4000000000000069'],
  ['chargeDeclinedIncorrectCvc', '4000000000000127'],
  ['chargeDeclinedProcessingError', '4000000000000119'],
  ['chargeCustomerFail', '4000000000000341'],
  ['pendingRefund', '4000000000007726'],
  ['refundFail', '4000000000005126'],
  ['createDispute', '4000000000000259'],
  ['createDisputeInquiry', '4000000000001976'],
  ['authenticationRequired', '4000002500003155'],
  ['authenticationRequiredOnSetup', '4000002500003155'],
  ['authenticationRequiredSetupForOffSession', '4000003800000446'],
  ['authenticationRequiredChargeDeclinedInsufficientFunds', '4000008260003178'],
  ['threeDSecure2Required', '4000000000003220'],
  ['threeDSecureRequired', '4000000000003063'],
  ['threeDSecureOptional', '4000000000003055'],
]);

/** The number behind `pm_card_visa`, `tok_visa` and their like; undefined for any other id. */
export function magicNumber(id: string): string | undefined {
  const name = id.startsWith('pm_card_') ? id.slice('pm_card_'.length) : id.startsWith('tok_') ? id.slice(4) : '';
  return numbersByName.get(name);
}

/** How a number behaves. */
export function magicCard(number: string): MagicCard {
  return cardsByNumber.get(number) ?? card({ brand: brandOf(number) });
}

/** What becomes of a charge or of an attachment with this card. */
export function declineOf(number: string, cvcGiven: boolean, purpose: 'charge' | 'attach'): Decline | null {
  const behaviour = magicCard(number);
  if (behaviour.cvcFails && cvcGiven) return declines.cvc;
  return behaviour[purpose];
}

/** The members of a card error that come from the decline. */
export function declinedError(reason: Decline): ErrorBody {
  return {
    type: 'card_error',
    code: reason.code,
    decline_code: reason.declineCode,
    advice_code: reason.advice,
    network_decline_code: reason.networkCode,
    message: reason.message,
  };
}

function brandOf(number: string): string {
  if (number.startsWith('4')) return 'visa';
  if (/^3[47]/.test(number)) return 'amex';
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard';
  if (/^(30|36|38|39)/.test(number)) return 'diners';
  if (number.startsWith('35')) return 'jcb';
  if (/^(6011|64|65)/.test(number)) return 'discover';
  if (number.startsWith('62')) return 'unionpay';
  return 'unknown';
}

/** Whether the last digit is the one that the Luhn formula asks for. */
export function hasCheckDigit(number: string): boolean {
  let sum = 0;
  for (const [index, digit] of number.split('').toReversed().entries()) {
    const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
