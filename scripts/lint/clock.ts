import { type Rule, repositoryPath } from './rule.ts';
import { placeOf } from './street.ts';

/**
 * Business code takes the time from `clock.now()` and identifiers from `ids`, so that a test can move the one and
 * foresee the other. Simulators, pages, scripts and tests stand outside the business and may ask the machine.
 */
export const clock: Rule = {
  meta: { type: 'problem', docs: { description: 'The time comes from the clock, identifiers from ids.' } },
  create(context) {
    if (!isGuarded(repositoryPath(context))) return {};
    const timeMessage = 'clock-only: take the time from clock.now(), and durations from performance.now().';
    const chanceMessage = 'ids-only: take identifiers and chance from platform/ids.';
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier') return;
        const property = propertyName(node.property);
        if (node.object.name === 'Date' && property === 'now') context.report({ node, message: timeMessage });
        if (node.object.name === 'Temporal' && property === 'Now') context.report({ node, message: timeMessage });
        if (node.object.name === 'Math' && property === 'random') context.report({ node, message: chanceMessage });
        if (property === 'randomUUID') context.report({ node, message: chanceMessage });
      },
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
          context.report({ node, message: timeMessage });
        }
      },
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date') {
          context.report({ node, message: timeMessage });
        }
      },
      ImportSpecifier(node) {
        if (node.imported.type === 'Identifier' && node.imported.name === 'randomUUID') {
          context.report({ node, message: chanceMessage });
        }
      },
    };
  },
};

function isGuarded(path: string): boolean {
  if (/^src\/server\/platform\/(clock|ids)(\/|\.ts$)/.test(path)) return false;
  return !['sandbox', 'web', 'tool', 'test'].includes(placeOf(path).area);
}

function propertyName(node: { type: string; name?: unknown; value?: unknown }): unknown {
  return node.type === 'Literal' ? node.value : node.name;
}
