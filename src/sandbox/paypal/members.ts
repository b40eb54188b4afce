import { invalid } from './errors.ts';
import { readAmount, readPositiveAmount } from './money.ts';
import type { Amount } from './objects.ts';

/** The members of one object of a request's body, read by name; what is wrong is refused with a JSON pointer to it. */
export type Members = {
  /** The JSON pointer of this object; empty for the body itself. */
  pointer: string;
  has(name: string): boolean;
  names(): string[];
  /** @throws PayPalError when it is no text, or longer than `max` */
  text(name: string, max: number): string | undefined;
  requiredText(name: string, max: number): string;
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined;
  flag(name: string): boolean | undefined;
  url(name: string): string | undefined;
  object(name: string): Members | undefined;
  requiredObject(name: string): Members;
  list(name: string, min: number, max: number): Members[] | undefined;
  /** This object as an amount of money. */
  asAmount(): Amount;
  asPositiveAmount(): Amount;
};

/** Reads an object. @throws PayPalError when it is none */
export function membersOf(value: unknown, pointer = ''): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(
      pointer === '' ? 'MALFORMED_REQUEST_JSON' : 'INVALID_PARAMETER_SYNTAX',
      pointer === '' ? '/' : pointer,
    );
  }
  const record = new Map<string, unknown>(Object.entries(value));
  const at = (name: string): string => `${pointer}/${name}`;
  // A member that is null counts as one that is not there.
  const has = (name: string): boolean => (record.get(name) ?? undefined) !== undefined;
  const text = (name: string, max: number): string | undefined => {
    const found = record.get(name) ?? undefined;
    if (found === undefined) return undefined;
    if (typeof found !== 'string') throw invalid('INVALID_PARAMETER_SYNTAX', at(name));
    if (found.length === 0 || found.length > max) throw invalid('INVALID_STRING_LENGTH', at(name), found.slice(0, 200));
    return found;
  };
  const requiredText = (name: string, max: number): string => {
    const found = text(name, max);
    if (found === undefined) throw invalid('MISSING_REQUIRED_PARAMETER', at(name));
    return found;
  };
  const object = (name: string): Members | undefined => (has(name) ? membersOf(record.get(name), at(name)) : undefined);
  return {
    pointer,
    has,
    names: () => [...record.keys()],
    text,
    requiredText,
    choice(name, choices) {
      const found = text(name, 255);
      if (found === undefined) return undefined;
      const choice = choices.find((candidate) => candidate === found);
      if (choice === undefined) throw invalid('INVALID_PARAMETER_VALUE', at(name), found);
      return choice;
    },
    flag(name) {
      const found = record.get(name) ?? undefined;
      if (found === undefined || typeof found === 'boolean') return found;
      throw invalid('INVALID_PARAMETER_SYNTAX', at(name));
    },
    url(name) {
      const found = text(name, 4_000);
      if (found === undefined) return undefined;
      if (!/^https?:\/\//.test(found) || !URL.canParse(found))
        throw invalid('INVALID_PARAMETER_SYNTAX', at(name), found);
      return found;
    },
    object,
    requiredObject(name) {
      const found = object(name);
      if (found === undefined) throw invalid('MISSING_REQUIRED_PARAMETER', at(name));
      return found;
    },
    list(name, min, max) {
      const found = record.get(name) ?? undefined;
      if (found === undefined) return undefined;
      if (!Array.isArray(found)) throw invalid('INVALID_PARAMETER_SYNTAX', at(name));
      if (found.length < min) throw invalid('INVALID_ARRAY_MIN_ITEMS', at(name));
      if (found.length > max) throw invalid('INVALID_ARRAY_MAX_ITEMS', at(name));
      return found.map((entry: unknown, index) => membersOf(entry, `${at(name)}/${index}`));
    },
    asAmount: () => readAmount(requiredText('currency_code', 3), requiredText('value', 32), pointer),
    asPositiveAmount: () => readPositiveAmount(requiredText('currency_code', 3), requiredText('value', 32), pointer),
  };
}
