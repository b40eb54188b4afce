import { addDays, type CalendarDate } from '#shared/time/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { MethodDetails } from './payment.ts';

/** A payment method an account has saved, to be charged later without asking for it again. */
export type SavedMethod = {
  readonly id: string;
  readonly accountId: string;
  readonly gateway: string;
  readonly method: string;
  /** Its name at the gateway. */
  readonly gatewayReference: string;
  readonly details: MethodDetails;
  /** Whether it is the one that is charged when nobody says which. */
  readonly isDefault: boolean;
  /** What stays the same when the same card is saved again. */
  readonly fingerprint: string | null;
  /** The last day on which it can pay; null for what does not expire. */
  readonly expiresOn: CalendarDate | null;
  readonly createdAt: Date;
  readonly removedAt: Date | null;
  /** When the gateway has forgotten it, after its removal. */
  readonly forgottenAt: Date | null;
};

/** What charges a saved method by itself. */
export type MethodNeed = 'auto_top_up' | 'subscription';

/** The account has saved nothing that could be charged without its being there. */
export class SavedMethodRequired extends DomainError {
  constructor() {
    super(
      'saved_method_required',
      'An auto top-up charges a saved payment method, and this account has none. Save a card or PayPal first.',
    );
  }
}

/** The account has not saved this method, or not for this way to pay. */
export class SavedMethodUnknown extends DomainError {
  constructor() {
    super(
      'saved_method_unknown',
      'The account has no such saved payment method for this way to pay. List the saved methods and choose one of them.',
    );
  }
}

/** Something charges the method, and there is no other to take its place. */
export class SavedMethodNeeded extends DomainError {
  constructor(neededBy: readonly MethodNeed[]) {
    super(
      'saved_method_needed',
      'This payment method is charged automatically, and there is no other. Save another one first, or end what charges it.',
      { members: { needed_by: [...neededBy] } },
    );
  }
}

/** The last day on which a method can pay: that of the month on the card. Null for what does not expire. */
export function expiresOnOf(details: MethodDetails): CalendarDate | null {
  if (details.type !== 'card') return null;
  const { expYear, expMonth } = details;
  return addDays(firstOfMonthAfter(`${String(expYear).padStart(4, '0')}-${String(expMonth).padStart(2, '0')}-01`), -1);
}

/** Whether a method can pay no more. `today` is a day on the account's calendar. */
export function isExpired(method: Pick<SavedMethod, 'expiresOn'>, today: CalendarDate): boolean {
  return method.expiresOn !== null && method.expiresOn < today;
}

/** Whether a method that can still pay expires this month or the next. */
export function expiresSoon(method: Pick<SavedMethod, 'expiresOn'>, today: CalendarDate): boolean {
  if (method.expiresOn === null || isExpired(method, today)) return false;
  return method.expiresOn.slice(0, 7) <= firstOfMonthAfter(today).slice(0, 7);
}

/**
 * The day on which the account is told that a method expires: the first of the month before, or of the month itself when
 * that is past. Null when nobody is told: it does not expire, or was saved in its last month by somebody who saw the date.
 */
export function warningDay(expiresOn: CalendarDate | null, today: CalendarDate): CalendarDate | null {
  if (expiresOn === null) return null;
  const firstOfItsMonth = `${expiresOn.slice(0, 7)}-01`;
  const firstOfMonthBefore = `${addDays(firstOfItsMonth, -1).slice(0, 7)}-01`;
  return [firstOfMonthBefore, firstOfItsMonth].find((day) => day > today) ?? null;
}

/** The method that takes the place of the default one when that goes: the newest that can still pay, else the newest. */
export function successorOf(others: readonly SavedMethod[], today: CalendarDate): SavedMethod | null {
  const newestFirst = others.toSorted((one, other) => (one.id < other.id ? 1 : -1));
  return newestFirst.find((method) => !isExpired(method, today)) ?? newestFirst[0] ?? null;
}

function firstOfMonthAfter(date: CalendarDate): CalendarDate {
  return `${addDays(`${date.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}
