import { allocate } from '#shared/money/index.ts';

/** A lot of credits the payment of an invoice has brought. Whole credits. */
export type RefundableLot = {
  readonly lotId: string;
  readonly units: bigint;
  /** What can be taken of it now: neither spent, nor reserved, nor expired. */
  readonly remaining: bigint;
  /** What refunds have taken back of it so far. */
  readonly takenBack: bigint;
};

/** What a payment brought to one invoice. Amounts in minor units. */
export type RefundablePart = {
  readonly invoiceId: string;
  readonly totalMinor: bigint;
  /** What this payment brought to it, and what refunds of this payment have given back of that. */
  readonly allocatedMinor: bigint;
  readonly refundedMinor: bigint;
  /** What refunds of any payment have given back of the invoice. */
  readonly creditedMinor: bigint;
  readonly lots: readonly RefundableLot[];
};

/** A payment as a refund finds it. Amounts in minor units. */
export type RefundablePayment = {
  readonly receivedMinor: bigint;
  /** Refunds that have not failed. */
  readonly refundedMinor: bigint;
  /** What open disputes hold: it may go back by itself. */
  readonly disputedMinor: bigint;
  readonly parts: readonly RefundablePart[];
};

/** What is taken from one lot, and what was to be taken. Whole credits. */
export type LotEffect = { readonly lotId: string; readonly share: bigint; readonly takenBack: bigint };

/** What a refund does. Amounts in minor units, credits whole. */
export type RefundEffect = {
  readonly amountMinor: bigint;
  /** What of it corrects which invoice; the rest was never anybody's due. */
  readonly parts: readonly { readonly invoiceId: string; readonly amountMinor: bigint }[];
  readonly lots: readonly LotEffect[];
  /** What the payment's invoices had brought. */
  readonly creditsBought: bigint;
  /** What of that belongs to this amount, what is taken back of it, and what was spent already and stays spent. */
  readonly creditsShare: bigint;
  readonly creditsTakenBack: bigint;
  readonly creditsSpent: bigint;
};

/** What can still be given back, in minor units. Pure. */
export function refundableMinor(payment: Omit<RefundablePayment, 'parts'>): bigint {
  return atLeastZero(payment.receivedMinor - payment.refundedMinor - payment.disputedMinor);
}

/** What the payment brought beyond what its invoices took, and what of that is still there, in minor units. Pure. */
export function excessMinor(payment: Omit<RefundablePayment, 'disputedMinor'>): bigint {
  const allocated = sumOf(payment.parts.map((part) => part.allocatedMinor));
  const refundedOfIt = payment.refundedMinor - sumOf(payment.parts.map((part) => part.refundedMinor));
  return atLeastZero(payment.receivedMinor - allocated - refundedOfIt);
}

/**
 * What giving back an amount does. Money nobody owed goes first; the rest is divided among the invoices in proportion
 * to what is left of each. Of the credits an invoice brought, the share that belongs to everything given back of it so
 * far is taken, rounded down, less what was taken before: never more than is left of that very lot, and all of it when
 * all the money has gone back. Pure.
 *
 * @param amountMinor more than zero, at most what the payment brought less what was given back
 */
export function refundEffect(payment: RefundablePayment, amountMinor: bigint): RefundEffect {
  const free = excessMinor(payment);
  const corrected = amountMinor > free ? amountMinor - free : 0n;
  const left = payment.parts.map((part) => part.allocatedMinor - part.refundedMinor);
  const amounts = corrected === 0n ? payment.parts.map(() => 0n) : allocate(corrected, left);
  const divided = payment.parts.map((part, index) => ({ part, amountMinor: amounts[index] ?? 0n }));
  const lots = divided.flatMap(({ part, amountMinor: amount }) =>
    amount === 0n ? [] : part.lots.map((lot) => lotEffect(part, lot, amount)),
  );
  const share = sumOf(lots.map((lot) => lot.share));
  const takenBack = sumOf(lots.map((lot) => lot.takenBack));
  return {
    amountMinor,
    parts: divided
      .filter((entry) => entry.amountMinor > 0n)
      .map(({ part, amountMinor: amount }) => ({ invoiceId: part.invoiceId, amountMinor: amount })),
    lots,
    creditsBought: sumOf(payment.parts.flatMap((part) => part.lots.map((lot) => lot.units))),
    creditsShare: share,
    creditsTakenBack: takenBack,
    creditsSpent: atLeastZero(share - takenBack),
  };
}

/** What of the credits an invoice has brought belongs to money that has gone back, and is still there. Pure. */
export function owedLots(part: RefundablePart): { readonly lotId: string; readonly units: bigint }[] {
  return part.lots.flatMap((lot) => {
    const owed = atLeastZero((lot.units * part.creditedMinor) / part.totalMinor - lot.takenBack);
    const units = owed < lot.remaining ? owed : lot.remaining;
    return units === 0n ? [] : [{ lotId: lot.lotId, units }];
  });
}

function lotEffect(part: RefundablePart, lot: RefundableLot, amountMinor: bigint): LotEffect {
  const before = (lot.units * part.creditedMinor) / part.totalMinor;
  const after = (lot.units * (part.creditedMinor + amountMinor)) / part.totalMinor;
  // What an earlier refund could not take, because a hold reserved it, is still owed.
  const owed = atLeastZero(after - lot.takenBack);
  return { lotId: lot.lotId, share: after - before, takenBack: owed < lot.remaining ? owed : lot.remaining };
}

function atLeastZero(value: bigint): bigint {
  return value > 0n ? value : 0n;
}

function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}
