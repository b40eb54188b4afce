import { z } from 'zod';
import { type IdPrefix, publicId, uuidOfPublicId } from '../ids/index.ts';
import { isCurrency } from '../money/index.ts';
import { isTimeZone } from '../time/index.ts';

/** Largest amount or number of credits the API carries: what JSON readers hold exactly (2^53 − 1). */
const largestSafeInteger = 9_007_199_254_740_991n;

/** A public id on the wire (`inv_01k9…`), the plain UUID inside. */
export function idOf(prefix: IdPrefix, description: string) {
  return z
    .codec(z.string().max(40), z.string(), {
      decode: (text, context) => {
        const uuid = uuidOfPublicId(prefix, text);
        if (uuid !== null) return uuid;
        context.issues.push({ code: 'custom', input: text, message: `must be an id that starts with ${prefix}_` });
        return z.NEVER;
      },
      encode: (uuid) => publicId(prefix, uuid),
    })
    .meta({ description, examples: [publicId(prefix, '019a8b1c-5f00-7abc-8def-0123456789ab')] });
}

/** An amount: integer minor units of the currency beside it on the wire, `bigint` inside. */
export const amountMinor = z
  .codec(z.int(), z.bigint(), { decode: (value) => BigInt(value), encode: safeInteger })
  .meta({ description: 'Integer minor units of the currency beside it: 1250 is $12.50 in USD and ¥1,250 in JPY' });

/** An amount in the query of an address, more than nothing: digits on the wire, `bigint` inside. */
export const amountInQuery = z
  .codec(z.coerce.number().int().min(1), z.bigint(), { decode: (value) => BigInt(value), encode: safeInteger })
  .meta({ description: 'Integer minor units of the currency beside it, more than 0' });

/** Whole credits: an integer on the wire, `bigint` inside. */
export const creditUnits = z
  .codec(z.int(), z.bigint(), { decode: (value) => BigInt(value), encode: safeInteger })
  .meta({ description: 'Whole credits' });

/** A currency code of ISO 4217, upper case. */
export const currencyCode = z
  .string()
  .length(3)
  .refine(isCurrency, 'must be an ISO 4217 currency code in upper case, such as USD')
  .meta({ description: 'ISO 4217 code, upper case', examples: ['USD'] });

/** A country code of ISO 3166-1, two upper-case letters. */
export const countryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be a country code of two upper-case letters, such as DE')
  .meta({ description: 'ISO 3166-1 alpha-2 code, upper case', examples: ['DE'] });

/** An instant: RFC 3339 in UTC on the wire, a `Date` inside. */
export const instant = z
  .codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  })
  .meta({ description: 'An instant in UTC, RFC 3339', examples: ['2026-11-22T09:30:00.000Z'] });

/** A calendar date without a zone, `YYYY-MM-DD`, of a year somebody could mean: 1900 to 9999. */
export const calendarDate = z.iso
  .date()
  .refine((text) => text >= '1900-01-01', 'must be a calendar date of the years 1900 to 9999')
  .meta({ description: 'A calendar date', examples: ['2026-11-22'] });

/** An e-mail address, trimmed and in lower case. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'must be at most 254 characters')
  .pipe(z.email('must be an e-mail address such as ada@example.com'));

/** One line of text a person typed: trimmed, without control characters, at most `longest` characters. */
export function lineOfText(longest: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(longest, `must be at most ${String(longest)} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');
}

/** A part of a text to search for: trimmed, without control characters, possibly empty. */
export function searchText(longest: number) {
  return z
    .string()
    .trim()
    .max(longest, `must be at most ${String(longest)} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');
}

/** The token of a link that was mailed: visible ASCII characters. */
export function linkToken(longest: number) {
  return z
    .string()
    .max(longest, `must be at most ${String(longest)} characters`)
    .regex(/^[\x21-\x7e]+$/, 'must be the token of the link, unchanged');
}

/** The id an account has in the product that is billed for. */
export const externalId = lineOfText(200);

/** An IANA time zone name. */
export const timeZoneName = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')
  .meta({ examples: ['Europe/Berlin'] });

/** A BCP 47 language tag. */
export const localeTag = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en or de-AT');

/** Page size and position of a cursor-paginated list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'Rows on a page, 1 to 100' }),
  cursor: z.string().max(500).optional().meta({ description: 'The `next_cursor` of the page before' }),
};

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable(), has_more: z.boolean() });
}

/** A whole number as JSON carries it exactly. @throws RangeError beyond 2^53 − 1 */
export function safeInteger(value: bigint): number {
  if (value > largestSafeInteger || value < -largestSafeInteger) {
    throw new RangeError('The amount is larger than JSON can carry exactly.');
  }
  return Number(value);
}
