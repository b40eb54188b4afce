import { invalidParameter } from './errors.ts';

export type FormValue = string | FormValue[] | FormObject;
export type FormObject = { [name: string]: FormValue };

const fieldsMax = 2_000;
const depthMax = 8;

/**
 * Reads a form body or query string in Stripe's notation: `a[b]=1`, `a[]=1`, `a[0][b]=1`. Throws Stripe's 400 for broken
 * escapes, unbalanced brackets, a name used as both a value and an object, and for more than 2,000 fields or 8 levels.
 */
export function decodeForm(text: string): FormObject {
  const root = emptyObject();
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > fieldsMax) throw invalidParameter(undefined, `A request may have at most ${fieldsMax} fields.`);
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = unescape(equals === -1 ? pair : pair.slice(0, equals));
    place(root, pathOf(name), equals === -1 ? '' : unescape(pair.slice(equals + 1)), name);
  }
  return withArrays(root);
}

function emptyObject(): FormObject {
  // No prototype, so that a field called __proto__ is a field and nothing else.
  return Object.create(null);
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidParameter(undefined, 'The request body is not a valid form: it holds a broken percent escape.');
  }
}

function pathOf(name: string): string[] {
  const first = name.indexOf('[');
  if (first === -1 && !name.includes(']')) return [name];
  const rest = first === -1 ? '' : name.slice(first);
  if (first < 1 || !/^(\[[^[\]]*\])+$/.test(rest)) throw invalidParameter(name, `Invalid parameter name: ${name}`);
  const path = [name.slice(0, first), ...rest.slice(1, -1).split('][')];
  if (path.length > depthMax) throw invalidParameter(name, `Parameters may be nested at most ${depthMax} levels deep.`);
  return path;
}

function place(root: FormObject, path: string[], value: string, name: string): void {
  let target = root;
  for (const part of path.slice(0, -1)) {
    const key = part === '' ? String(Object.keys(target).length) : part;
    const existing = target[key];
    if (existing === undefined) {
      const child = emptyObject();
      target[key] = child;
      target = child;
    } else if (typeof existing === 'object' && !Array.isArray(existing)) {
      target = existing;
    } else {
      throw invalidParameter(name, `Invalid parameter: ${name} is given both as a value and as an object.`);
    }
  }
  const last = path.at(-1) ?? '';
  const key = last === '' && path.length > 1 ? String(Object.keys(target).length) : last;
  if (typeof target[key] === 'object') {
    throw invalidParameter(name, `Invalid parameter: ${name} is given both as a value and as an object.`);
  }
  target[key] = value;
}

function withArrays(object: FormObject): FormObject {
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === 'string' || Array.isArray(value)) continue;
    const child = withArrays(value);
    const keys = Object.keys(child);
    const isArray = keys.length > 0 && keys.every((name, index) => name === String(index));
    object[key] = isArray ? Object.values(child) : child;
  }
  return object;
}
