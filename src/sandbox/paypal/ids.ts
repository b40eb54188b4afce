import { randomText } from '../serving/random-text.ts';

const capitalsAndDigits = '0123456789ABCDEFGHJKLMNPRSTUVWXY';
const smallLettersAndDigits = '0123456789abcdefghjkmnpqrstuvwxyz';

/** An id as orders, captures, refunds and setup tokens have it: 17 capitals and digits. */
export function newId(): string {
  return randomText(17, capitalsAndDigits);
}

/** The id of a payment token: short, in small letters. */
export function newTokenId(): string {
  return `${randomText(8, smallLettersAndDigits)}t`;
}

/** The id of a customer that PayPal makes up when it was told none. */
export function newCustomerId(): string {
  return randomText(10, capitalsAndDigits);
}

export function newEventId(): string {
  return `WH-${randomText(17, capitalsAndDigits)}-${randomText(17, capitalsAndDigits)}`;
}

export function newDisputeId(): string {
  return `PP-R-${randomText(3, capitalsAndDigits)}-${randomText(8, '0123456789')}`;
}

/** What every answer carries so that PayPal's support finds the request. */
export function newDebugId(): string {
  return randomText(13, '0123456789abcdef');
}
