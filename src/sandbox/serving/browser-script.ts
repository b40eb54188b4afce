import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/**
 * Several modules of one folder as one classic script, since the scripts that are stood in for are classic scripts, there
 * before any module runs. `parts` come in the order in which they need each other. The parts are modules for the compiler;
 * here their types, imports and exports are taken off.
 */
export function browserScript(parts: readonly URL[]): string {
  const code = parts.map((part) =>
    withoutTypes(readFileSync(part, 'utf8'))
      .replaceAll(/^import\s[^;]*;$/gm, '')
      .replaceAll(/^export /gm, ''),
  );
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
