/** Follows the page: what is light there is light here. A page that does not say goes by the system. */
export function followPage(host: HTMLElement): void {
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  host.style.setProperty('color-scheme', scheme === 'normal' || scheme === '' ? 'light dark' : scheme);
}

const commonStyles = `
:host { all: initial; display: block; }
* { box-sizing: border-box; }
.sheet { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-size: 16px; line-height: 1.45; }
button { font: inherit; cursor: pointer; }
button:disabled { cursor: default; opacity: 0.6; }
:focus-visible { outline: 3px solid light-dark(#1040c1, #9db8ff); outline-offset: 2px; }
`;

/** The style sheet of the button on the page. */
export const buttonStyles = `${commonStyles}
:host { max-inline-size: 750px; }
.pay {
  display: flex; align-items: center; justify-content: center; gap: 0.35em; inline-size: 100%; block-size: var(--height, 44px);
  padding: 0 1em; border: 0; border-radius: var(--corner, 4px); color: var(--ink); background: var(--paint);
  font-size: calc(var(--height, 44px) * 0.38); font-weight: 600;
  transition: filter 120ms ease;
}
.pay:hover:not(:disabled) { filter: brightness(0.95); }
.mark { font-weight: 800; font-style: italic; letter-spacing: -0.02em; }
.busy::after {
  content: ''; inline-size: 1em; block-size: 1em; border: 2px solid currentColor; border-inline-start-color: transparent;
  border-radius: 50%; animation: turn 800ms linear infinite;
}
@keyframes turn { to { rotate: 1turn; } }
@media (prefers-reduced-motion: reduce) { .busy::after { animation-duration: 4s; } }
`;

/** The style sheet of the approval window. */
export const windowStyles = `${commonStyles}
dialog {
  inline-size: min(27rem, calc(100vw - 2rem)); max-block-size: calc(100dvh - 2rem); padding: 0; overflow: auto;
  color: light-dark(#1b2430, #eef2f8); background: light-dark(#ffffff, #1c222c);
  border: 1px solid light-dark(#d3dae4, #39424f); border-radius: 14px; box-shadow: 0 24px 70px rgb(0 0 0 / 0.4);
}
dialog::backdrop { background: rgb(8 12 24 / 0.6); }
.head {
  display: flex; align-items: center; justify-content: space-between; gap: 1em; padding: 0.9em 1.5em;
  border-block-end: 1px solid light-dark(#e2e7ee, #333b47);
}
.mark { font-size: 1.25em; font-weight: 800; font-style: italic; letter-spacing: -0.02em; color: light-dark(#002c8a, #a9c3ff); }
.tag {
  padding: 0.15em 0.7em; border-radius: 1em; font-size: 0.78em; font-weight: 600;
  color: light-dark(#5c3d00, #ffe2a8); background: light-dark(#ffeec9, #4d3a12);
}
.body { padding: 1.25em 1.5em 1.5em; }
h2 { margin: 0; font-size: 1.2em; line-height: 1.3; }
.amount { margin: 0.1em 0 0; color: inherit; font-size: 1.9em; font-weight: 700; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
p { margin: 0.35em 0 0; color: light-dark(#4d5b6d, #b9c4d2); overflow-wrap: anywhere; }
label { display: block; margin: 1.2em 0 0.35em; font-weight: 600; font-size: 0.94em; }
select {
  inline-size: 100%; min-block-size: 44px; padding: 0.5em 2.2em 0.5em 0.8em; font: inherit; color: inherit;
  background-color: light-dark(#ffffff, #242c38); border: 1px solid light-dark(#8793a3, #6d7a8c); border-radius: 8px; appearance: none;
  background-image: linear-gradient(45deg, transparent 50%, currentColor 50%), linear-gradient(-45deg, transparent 50%, currentColor 50%);
  background-size: 5px 5px, 5px 5px; background-position: right 1.1em center, right calc(1.1em - 5px) center; background-repeat: no-repeat;
}
.actions { display: grid; gap: 0.6em; margin-block-start: 1.3em; }
.actions button { min-block-size: 46px; padding: 0.5em 1em; border-radius: 999px; font-weight: 600; }
.main { border: 1px solid transparent; color: #ffffff; background: #0a56c4; }
.main:hover:not(:disabled) { background: #08459d; }
.other { border: 1px solid light-dark(#8793a3, #6d7a8c); color: inherit; background: transparent; }
.plain { border: 0; color: light-dark(#0a4cae, #9db8ff); background: transparent; }
.problem { margin-block-start: 0.9em; color: light-dark(#a31621, #ffb0b5); }
.problem:empty { display: none; }
`;
