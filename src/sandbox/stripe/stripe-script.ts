import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** The parts of the stand-in for Stripe.js, in the order in which they need each other. */
const parts = [
  'appearance.ts',
  'card-rules.ts',
  'test-cards.ts',
  'api-client.ts',
  'card-form.ts',
  'challenge-dialog.ts',
  'payment-element.ts',
  'elements-group.ts',
  'stripe.ts',
];

/**
 * The stand-in for Stripe.js as one classic script, since the real one is a classic script that is there before any
 * module runs. The parts are modules for the compiler; here their types, imports and exports are taken off.
 */
export function stripeScript(): string {
  const code = parts.map((part) => {
    const source = readFileSync(new URL(`./browser/${part}`, import.meta.url), 'utf8');
    return withoutTypes(source)
      .replaceAll(/^import\s[^;]*;$/gm, '')
      .replaceAll(/^export /gm, '');
  });
  return `(() => {\n'use strict';\n${code.join('\n')}\n})();\n`;
}

/** Takes the types off. Node calls the function experimental with a warning on every start, which would worry newcomers. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
