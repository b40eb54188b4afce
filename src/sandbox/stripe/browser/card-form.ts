import { formStyles } from './appearance.ts';
import {
  type CardValues,
  cardBrandOf,
  digitsOf,
  type FieldName,
  type FieldProblem,
  formattedExpiry,
  groupedNumber,
  postalLabelOf,
  problemsOf,
} from './card-rules.ts';
import { countryCodes, testCards } from './test-cards.ts';

export type CardForm = {
  values(): CardValues;
  /** Shows what is wrong in every field and goes to the first; undefined when all is well. */
  check(): FieldProblem | undefined;
  problems(): FieldProblem[];
  isEmpty(): boolean;
  focus(): void;
  blur(): void;
  clear(): void;
  setReadOnly(readOnly: boolean): void;
};

type FormOptions = {
  country: string;
  postal: string;
  asksCountry: boolean;
  asksPostal: boolean;
  onChange: () => void;
};

type Field = { input: HTMLInputElement; error: HTMLElement; row: HTMLElement; label: HTMLLabelElement };

/** Builds the card form inside a shadow root, where no style sheet of the page reaches it. */
export function buildCardForm(root: ShadowRoot, options: FormOptions): CardForm {
  const fields: Record<FieldName, Field> = {
    number: newField('number', 'Card number', '1234 1234 1234 1234', 'cc-number', 'wide'),
    expiry: newField('expiry', 'Expiration date', 'MM / YY', 'cc-exp', ''),
    cvc: newField('cvc', 'Security code', 'CVC', 'cc-csc', ''),
    postal: newField('postal', 'Postal code', '', 'postal-code', ''),
  };
  const country = newCountrySelect(options.country);
  const brand = element('span', 'brand');
  brand.setAttribute('aria-hidden', 'true');
  fields.number.input.parentElement?.append(brand);
  fields.postal.input.value = options.postal;
  const grid = element('div', 'grid');
  grid.append(fields.number.row, fields.expiry.row, fields.cvc.row);
  if (options.asksCountry) grid.append(country.row);
  if (options.asksPostal) grid.append(fields.postal.row);

  const values = (): CardValues => ({
    number: digitsOf(fields.number.input.value),
    expiry: fields.expiry.input.value,
    cvc: digitsOf(fields.cvc.input.value),
    country: country.select.value,
    postal: fields.postal.input.value,
  });
  const problems = (): FieldProblem[] =>
    problemsOf(values(), new Date()).filter((problem) => problem.field !== 'postal' || !fields.postal.row.hidden);

  function refresh(): void {
    brand.textContent = cardBrandOf(fields.number.input.value);
    const label = options.asksPostal ? postalLabelOf(country.select.value) : undefined;
    fields.postal.row.hidden = label === undefined;
    fields.postal.label.textContent = label ?? '';
    country.row.classList.toggle('wide', label === undefined);
    options.onChange();
  }

  wireFields(fields, problems, refresh);
  country.select.addEventListener('change', refresh);
  const cards = newTestCards((number) => {
    const card: Record<FieldName, string> = { number, expiry: '12 / 34', cvc: '123', postal: '94103' };
    for (const name of fieldNames) {
      if (name !== 'postal' || fields.postal.input.value === '') fields[name].input.value = card[name];
      showProblem(fields[name], undefined);
    }
    fields.number.input.value = groupedNumber(number);
    if (country.select.value !== 'US' && !fields.postal.row.hidden) fields.postal.input.value = 'SW1A 1AA';
    refresh();
  });
  const sheet = element('div', 'sheet');
  sheet.append(grid, cards);
  const style = document.createElement('style');
  style.textContent = formStyles;
  root.replaceChildren(style, sheet);
  refresh();

  return {
    values,
    problems,
    check: () => showAll(fields, problems()),
    isEmpty: () => fieldNames.slice(0, 3).every((name) => fields[name].input.value === ''),
    focus: () => fields.number.input.focus(),
    blur: () => {
      for (const name of fieldNames) fields[name].input.blur();
    },
    clear() {
      for (const name of fieldNames) {
        fields[name].input.value = '';
        showProblem(fields[name], undefined);
      }
      refresh();
    },
    setReadOnly(readOnly) {
      for (const name of fieldNames) fields[name].input.readOnly = readOnly;
      country.select.disabled = readOnly;
    },
  };
}

const fieldNames: FieldName[] = ['number', 'expiry', 'cvc', 'postal'];

function wireFields(fields: Record<FieldName, Field>, problems: () => FieldProblem[], refresh: () => void): void {
  const formatters: Record<FieldName, (text: string) => string> = {
    number: groupedNumber,
    expiry: formattedExpiry,
    cvc: (text) => digitsOf(text).slice(0, 4),
    postal: (text) => text.slice(0, 12),
  };
  for (const name of fieldNames) {
    const field = fields[name];
    field.input.addEventListener('input', (event) => {
      const isDeleting = event instanceof InputEvent && event.inputType.startsWith('delete');
      format(field.input, formatters[name], isDeleting);
      showProblem(field, undefined);
      refresh();
    });
    field.input.addEventListener('blur', () => {
      if (field.input.value === '') return;
      const problem = problems().find((candidate) => candidate.field === name);
      showProblem(field, problem);
    });
  }
}

/** Formats what is in the field and keeps the caret behind the same digit. */
function format(input: HTMLInputElement, formatter: (text: string) => string, isDeleting: boolean): void {
  const caret = input.selectionStart ?? input.value.length;
  const atEnd = caret === input.value.length;
  const digitsBefore = digitsOf(input.value.slice(0, caret)).length;
  const formatted = formatter(input.value);
  // While deleting, the separator that formatting would put back must not stop the next backspace.
  const value = isDeleting && atEnd ? formatted.replace(/\D+$/, '') : formatted;
  if (value === input.value) return;
  input.value = value;
  if (atEnd) return;
  let position = 0;
  for (let seen = 0; position < value.length && seen < digitsBefore; position += 1) {
    if (/\d/.test(value[position] ?? '')) seen += 1;
  }
  input.setSelectionRange(position, position);
}

function showAll(fields: Record<FieldName, Field>, found: FieldProblem[]): FieldProblem | undefined {
  for (const name of fieldNames) {
    const problem = found.find((candidate) => candidate.field === name);
    showProblem(fields[name], problem);
  }
  const first = found[0];
  if (first) fields[first.field].input.focus();
  return first;
}

function showProblem(field: Field, problem: FieldProblem | undefined): void {
  field.input.setAttribute('aria-invalid', problem ? 'true' : 'false');
  field.error.textContent = problem?.message ?? '';
}

function newField(
  name: FieldName,
  text: string,
  placeholder: string,
  autocomplete: AutoFill,
  className: string,
): Field {
  const row = element('div', className);
  const label = document.createElement('label');
  const input = document.createElement('input');
  const error = element('p', 'error');
  const box = element('div', 'box');
  label.htmlFor = `card-${name}`;
  label.textContent = text;
  input.id = `card-${name}`;
  input.name = name;
  input.placeholder = placeholder;
  input.autocomplete = autocomplete;
  input.inputMode = name === 'postal' ? 'text' : 'numeric';
  input.setAttribute('aria-describedby', `card-${name}-error`);
  input.setAttribute('aria-invalid', 'false');
  error.id = `card-${name}-error`;
  error.setAttribute('aria-live', 'polite');
  box.append(input);
  row.append(label, box, error);
  return { input, error, row, label };
}

function newCountrySelect(chosen: string): { row: HTMLElement; select: HTMLSelectElement } {
  const row = element('div', '');
  const label = document.createElement('label');
  const select = document.createElement('select');
  label.htmlFor = 'card-country';
  label.textContent = 'Country';
  select.id = 'card-country';
  select.name = 'country';
  select.autocomplete = 'country';
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const options = countryCodes.map((code) => ({ code, name: names.of(code) ?? code }));
  options.sort((left, right) => left.name.localeCompare(right.name));
  select.append(...options.map(({ code, name }) => new Option(name, code, false, code === chosen)));
  row.append(label, select);
  return { row, select };
}

function newTestCards(choose: (number: string) => void): HTMLElement {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  const list = element('ul', 'line');
  details.className = 'cards';
  summary.textContent = 'Test cards';
  for (const card of testCards) {
    const button = document.createElement('button');
    const says = element('span', '');
    const digits = element('span', 'digits');
    const item = document.createElement('li');
    button.type = 'button';
    says.textContent = card.says;
    digits.textContent = groupedNumber(card.number);
    button.append(says, digits);
    button.addEventListener('click', () => choose(card.number));
    item.append(button);
    list.append(item);
  }
  details.append(summary, list);
  return details;
}

function element(name: 'div' | 'p' | 'span' | 'ul', className: string): HTMLElement {
  const created = document.createElement(name);
  created.className = className;
  return created;
}
