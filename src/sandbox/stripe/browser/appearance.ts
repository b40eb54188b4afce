import type { Appearance } from '@stripe/stripe-js';

type Variables = NonNullable<Appearance['variables']>;

const light: Variables = {
  colorPrimary: '#0570de',
  colorBackground: '#ffffff',
  colorText: '#30313d',
  colorDanger: '#c9252d',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontSizeBase: '16px',
  borderRadius: '5px',
  spacingUnit: '4px',
};

const night: Variables = {
  ...light,
  colorPrimary: '#85d996',
  colorBackground: '#30313d',
  colorText: '#ffffff',
  colorDanger: '#fe87a1',
};

/** How the page wants the form to look, last told by `stripe.elements` or `elements.update`; the dialog follows it too. */
const look: { appearance: Appearance } = { appearance: {} };

/** Remembers how things are to look from now on. */
export function rememberAppearance(appearance: Appearance | undefined): void {
  if (appearance) look.appearance = appearance;
}

/** Hands the variables of the appearance to an element as custom properties, where the style sheets below pick them up. */
export function applyAppearance(host: HTMLElement): void {
  const { theme, variables } = look.appearance;
  const chosen = { ...(theme === 'night' ? night : light), ...variables };
  const properties: Record<string, string | undefined> = {
    primary: chosen.colorPrimary,
    background: chosen.colorBackground,
    text: chosen.colorText,
    danger: chosen.colorDanger,
    font: chosen.fontFamily,
    size: chosen.fontSizeBase,
    radius: chosen.borderRadius,
    unit: chosen.spacingUnit,
    'text-secondary': chosen.colorTextSecondary ?? 'color-mix(in srgb, var(--text) 75%, var(--background))',
    placeholder: chosen.colorTextPlaceholder ?? 'color-mix(in srgb, var(--text) 60%, var(--background))',
    'on-primary': chosen.buttonColorText ?? 'var(--background)',
  };
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined) host.style.setProperty(`--${name}`, value);
  }
}

const baseStyles = `
:host { all: initial; display: block; color-scheme: light dark; }
* { box-sizing: border-box; }
.sheet { font-family: var(--font); font-size: var(--size); line-height: 1.4; color: var(--text); }
.line { border: 1px solid color-mix(in srgb, var(--text) 22%, var(--background)); }
button { font: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--primary); outline-offset: 1px; }
`;

/** The style sheet of the card form. */
export const formStyles = `${baseStyles}
.grid { display: grid; grid-template-columns: 1fr 1fr; gap: calc(var(--unit) * 3) calc(var(--unit) * 3); }
.wide { grid-column: 1 / -1; }
label { display: block; margin-block-end: var(--unit); font-size: 0.93em; color: var(--text); }
.box { position: relative; }
input, select {
  inline-size: 100%; margin: 0; padding: calc(var(--unit) * 2.5) calc(var(--unit) * 3);
  font: inherit; color: var(--text); background: var(--background); appearance: none;
  border: 1px solid color-mix(in srgb, var(--text) 25%, var(--background)); border-radius: var(--radius);
  transition: border-color 120ms ease, box-shadow 120ms ease;
}
select {
  padding-inline-end: 2.2em; background-repeat: no-repeat;
  background-image: linear-gradient(45deg, transparent 50%, currentColor 50%), linear-gradient(-45deg, transparent 50%, currentColor 50%);
  background-size: 5px 5px, 5px 5px; background-position: right 1.1em center, right calc(1.1em - 5px) center;
}
input::placeholder { color: var(--placeholder); opacity: 1; }
input:focus, select:focus {
  outline: none; border-color: var(--primary);
  box-shadow: 0 0 0 3px color-mix(in srgb, var(--primary) 22%, transparent);
}
[aria-invalid="true"] { border-color: var(--danger); color: var(--danger); }
[aria-invalid="true"]:focus { border-color: var(--danger); box-shadow: 0 0 0 3px color-mix(in srgb, var(--danger) 22%, transparent); }
:disabled { opacity: 0.6; }
.brand {
  position: absolute; inset-inline-end: calc(var(--unit) * 3); inset-block: 0; display: flex; align-items: center;
  font-size: 0.75em; font-weight: 600; color: var(--text-secondary); pointer-events: none;
}
.error { margin: var(--unit) 0 0; font-size: 0.87em; color: var(--danger); }
.error:empty { display: none; }
.cards { margin-block-start: calc(var(--unit) * 4); font-size: 0.87em; color: var(--text-secondary); }
summary { cursor: pointer; inline-size: fit-content; border-radius: 3px; }
ul { list-style: none; margin: calc(var(--unit) * 2) 0 0; padding: 0; border-radius: var(--radius); overflow: hidden; }
li + li { border-block-start: 1px solid color-mix(in srgb, var(--text) 12%, var(--background)); }
li button {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1em; inline-size: 100%;
  padding: calc(var(--unit) * 2) calc(var(--unit) * 3);
  border: 0; background: transparent; color: var(--text); text-align: start;
}
li button:hover { background: color-mix(in srgb, var(--primary) 9%, var(--background)); }
li button:focus-visible { outline-offset: -2px; }
.digits { font-variant-numeric: tabular-nums; color: var(--text-secondary); }
`;

/** The style sheet of the authentication dialog. */
export const dialogStyles = `${baseStyles}
dialog {
  inline-size: min(25rem, calc(100vw - 2rem)); padding: calc(var(--unit) * 7); color: var(--text); background: var(--background);
  border-radius: max(var(--radius), 8px); box-shadow: 0 20px 60px rgb(0 0 0 / 0.35);
}
dialog::backdrop { background: rgb(10 12 20 / 0.55); }
.tag {
  display: inline-block; padding: 0.1em 0.6em; border-radius: 1em; font-size: 0.78em; font-weight: 600;
  color: var(--text); background: color-mix(in srgb, var(--primary) 18%, var(--background));
}
h2 { margin: calc(var(--unit) * 3) 0 var(--unit); font-size: 1.25em; line-height: 1.3; }
p { margin: 0 0 calc(var(--unit) * 4); color: var(--text-secondary); }
.actions { display: flex; flex-wrap: wrap; gap: calc(var(--unit) * 2); }
.actions button { flex: 1 1 8em; padding: calc(var(--unit) * 2.5); border-radius: var(--radius); font-weight: 600; }
.main { border: 1px solid transparent; color: var(--on-primary); background: var(--primary); }
.other { color: var(--text); background: transparent; }
button:disabled { opacity: 0.6; cursor: default; }
`;
