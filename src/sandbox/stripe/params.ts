import type Stripe from 'stripe';
import { invalidParameter } from './errors.ts';
import type { FormObject, FormValue } from './form-decoding.ts';

const textMax = 5_000;

/**
 * The parameters of one request, read by name and checked as they are read. What nobody has read by the time `end` is
 * called is unknown to Stripe and refused, as Stripe does.
 */
export class Params {
  readonly #values: FormObject;
  readonly #prefix: string;
  readonly #read = new Set<string>();
  readonly #children: Params[] = [];

  constructor(values: FormObject, prefix = '') {
    this.#values = values;
    this.#prefix = prefix;
  }

  /** The name of a parameter as it appears on the wire, such as `card[number]`. */
  nameOf(name: string): string {
    return this.#prefix === '' ? name : `${this.#prefix}[${name}]`;
  }

  has(name: string): boolean {
    return this.#take(name) !== undefined;
  }

  /** Whether a parameter that may be a text or an object was sent as a text. */
  isText(name: string): boolean {
    return typeof this.#take(name) === 'string';
  }

  /** A text; empty means "unset" and is null. */
  text(name: string): string | null | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw invalidParameter(this.nameOf(name), `Invalid string: ${this.nameOf(name)}`);
    if (value.length > textMax) {
      throw invalidParameter(this.nameOf(name), `Invalid string: at most ${textMax} characters are allowed`);
    }
    return value === '' ? null : value;
  }

  /** A text that may be left out but not be empty. */
  word(name: string): string | undefined {
    const value = this.text(name);
    if (value === null) {
      const param = this.nameOf(name);
      throw invalidParameter(param, `You passed an empty string for '${param}'.`, 'parameter_invalid_empty');
    }
    return value;
  }

  requiredWord(name: string): string {
    const value = this.word(name);
    if (value === undefined) throw this.missing(name);
    return value;
  }

  integer(name: string): number | undefined {
    const value = this.word(name);
    if (value === undefined) return undefined;
    if (!/^-?\d{1,15}$/.test(value)) {
      throw invalidParameter(this.nameOf(name), `Invalid integer: ${value}`, 'parameter_invalid_integer');
    }
    return Number(value);
  }

  flag(name: string): boolean | undefined {
    const value = this.word(name);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') {
      throw invalidParameter(this.nameOf(name), `Invalid boolean: ${value}`);
    }
    return value === 'true';
  }

  choice<const Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.word(name);
    if (value === undefined) return undefined;
    const chosen = values.find((candidate) => candidate === value);
    if (chosen !== undefined) return chosen;
    const param = this.nameOf(name);
    throw invalidParameter(param, `Invalid ${param}: must be one of ${values.join(', ')}`);
  }

  /** A list of texts; an empty value stands for an empty list. */
  words(name: string): string[] | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (value === '') return [];
    if (Array.isArray(value)) {
      return value.map((entry) => {
        if (typeof entry === 'string') return entry;
        throw invalidParameter(this.nameOf(name), `Invalid array: ${this.nameOf(name)}`);
      });
    }
    throw invalidParameter(this.nameOf(name), 'Invalid array');
  }

  /** A nested object; null when it was sent empty to unset it. */
  child(name: string): Params | null | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (value === '') return null;
    if (typeof value === 'string' || Array.isArray(value)) {
      throw invalidParameter(this.nameOf(name), 'Invalid object');
    }
    const child = new Params(value, this.nameOf(name));
    this.#children.push(child);
    return child;
  }

  /** A list of nested objects. */
  children(name: string): Params[] | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (value === '') return [];
    if (!Array.isArray(value)) throw invalidParameter(this.nameOf(name), 'Invalid array');
    return value.map((entry, index) => {
      const param = `${this.nameOf(name)}[${index}]`;
      if (typeof entry === 'string' || Array.isArray(entry)) throw invalidParameter(param, 'Invalid object');
      const child = new Params(entry, param);
      this.#children.push(child);
      return child;
    });
  }

  /**
   * The metadata after this request: keys are merged, an empty value removes its key, and an empty `metadata` removes
   * all. At most 50 keys of 40 characters with values of 500.
   */
  metadata(before: Stripe.Metadata = {}): Stripe.Metadata {
    const value = this.#take('metadata');
    if (value === undefined) return before;
    if (value === '') return {};
    if (typeof value === 'string' || Array.isArray(value)) throw invalidParameter('metadata', 'Invalid object');
    const after: Stripe.Metadata = { ...before };
    for (const [key, entry] of Object.entries(value)) {
      const param = `${this.nameOf('metadata')}[${key}]`;
      if (typeof entry !== 'string') throw invalidParameter(param, 'Metadata values must be strings');
      if (key.length > 40) throw invalidParameter(param, 'Metadata keys can have up to 40 characters');
      if (entry.length > 500) throw invalidParameter(param, 'Metadata values can have up to 500 characters');
      if (entry === '') delete after[key];
      else after[key] = entry;
    }
    if (Object.keys(after).length > 50) throw invalidParameter('metadata', 'Metadata can have up to 50 keys');
    return after;
  }

  /** Accepts parameters that Stripe knows and that change nothing here. */
  ignore(...names: string[]): void {
    for (const name of names) this.#read.add(name);
  }

  /** To be called when everything was read: refuses what is left. */
  end(): void {
    const unknown = Object.keys(this.#values).find((name) => !this.#read.has(name));
    if (unknown !== undefined) {
      const param = this.nameOf(unknown);
      throw invalidParameter(param, `Received unknown parameter: ${param}`, 'parameter_unknown');
    }
    for (const child of this.#children) child.end();
  }

  missing(name: string): Error {
    const param = this.nameOf(name);
    return invalidParameter(param, `Missing required param: ${param}.`, 'parameter_missing');
  }

  #take(name: string): FormValue | undefined {
    this.#read.add(name);
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }
}

/** Only the members that were given, for spreading over an object that is to be changed. */
export function given<Patch extends object>(patch: Patch): { [Key in keyof Patch]?: Exclude<Patch[Key], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Patch]?: Exclude<Patch[Key], undefined>;
  };
}
