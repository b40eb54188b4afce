import { type Rule, repositoryPath, type SyntaxNode } from './rule.ts';
import { placeOf } from './street.ts';

/**
 * No `number` holds an amount of money or credits outside gateways and codecs. Amounts are recognised by the last
 * word of their name (`totalMinor`, `unit_price`, `balance`), which is how this code base names them, and fractions
 * by their literals, since an amount that has met one has already been rounded by accident.
 */
export const amounts: Rule = {
  meta: { type: 'problem', docs: { description: 'Amounts are bigint minor units or credits, never numbers.' } },
  create(context) {
    const path = repositoryPath(context);
    const guard = guardOf(path);
    if (guard === 'none') return {};
    const report = (node: SyntaxNode, message: string) => context.report({ node, message });
    const judgeHundred = (node: { left: SyntaxNode; right: SyntaxNode } & SyntaxNode) => {
      const hundred = [node.left, node.right].find(isHundred);
      if (hundred === undefined || (guard === 'drawing' && !meetsAmount(hundred))) return;
      report(node, 'no-hundred: currencies have 0, 2 or 3 decimals; use money() and decimalText() of #shared/money.');
    };
    return {
      TSNumberKeyword(node) {
        const owner = ownerOfType(node);
        if (owner !== null && isAmountName(owner)) report(node, numberMessage(owner));
      },
      CallExpression(node) {
        const argument = node.arguments[0];
        const name = argument === undefined ? null : nameOf(argument);
        const converter = converterName(node.callee);
        if (name !== null && isAmountName(name) && converter !== null) {
          report(node, `amount-conversion: ${converter}(${name}) makes a number of an amount; keep it a bigint.`);
        }
        const key = zodNumberKey(node);
        if (key !== null && isAmountName(key)) report(node, numberMessage(key));
      },
      UnaryExpression(node) {
        const name = nameOf(node.argument);
        if (node.operator === '+' && name !== null && isAmountName(name)) {
          report(node, `amount-conversion: +${name} makes a number of an amount; keep it a bigint.`);
        }
      },
      Literal(node) {
        if (typeof node.value !== 'number') return;
        const holder = holderOfLiteral(node);
        if (holder !== null && isAmountName(holder)) report(node, numberMessage(holder));
        else if (!Number.isInteger(node.value) && (guard === 'all' || meetsAmount(node))) {
          report(
            node,
            `no-fractions: ${node.raw ?? node.value} is a fraction; write amounts in minor units and rates in basis points.`,
          );
        }
      },
      BinaryExpression(node) {
        if (node.operator === '*' || node.operator === '/') judgeHundred(node);
      },
      AssignmentExpression(node) {
        if (node.operator === '*=' || node.operator === '/=') judgeHundred(node);
      },
    };
  },
};

const exempt = [
  // A gateway speaks its own wire, which has decimals and numbers; a codec is where they end.
  /^src\/server\/gateways\//,
  /^src\/shared\/contract\/codecs\.ts$/,
  // Pages format amounts in one file, which hands them to Intl.
  /^src\/web\/lib\/format[a-z-]*\.tsx?$/,
];

/** Where fractions and percentages are everyday figures (points on paper, widths), so that only those that meet an amount are judged. */
const drawing = [/^src\/server\/modules\/documents\//, /^src\/web\//, /^src\/shared\/brand\//];

function guardOf(path: string): 'none' | 'drawing' | 'all' {
  const place = placeOf(path);
  if (['sandbox', 'test', 'tool'].includes(place.area) || exempt.some((pattern) => pattern.test(path))) return 'none';
  return drawing.some((pattern) => pattern.test(path)) ? 'drawing' : 'all';
}

const amountWords = new Set(
  'minor cents amount amounts total totals subtotal subtotals price prices balance balances credits units'.split(' '),
);

/** Whether the last word of a camelCase, snake_case or kebab-case name says that an amount is held. */
function isAmountName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return amountWords.has(words.at(-1) ?? '');
}

function numberMessage(name: string): string {
  return `amount-is-bigint: ${name} holds an amount, and amounts are bigint minor units or credits, never a number.`;
}

/** The name of whatever a type belongs to: a variable, parameter, property, function result or type alias. */
function ownerOfType(node: SyntaxNode): string | null {
  let child: SyntaxNode = node;
  let owner: SyntaxNode | null = node.parent;
  while (owner !== null) {
    switch (owner.type) {
      case 'Identifier':
        return owner.name;
      case 'TSPropertySignature':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        return nameOf(owner.key);
      case 'TSMethodSignature':
        return owner.returnType === child ? nameOf(owner.key) : null;
      case 'TSTypeAliasDeclaration':
        return owner.id.name;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return owner.returnType === child ? nameOfFunction(owner) : null;
      case 'Program':
      case 'BlockStatement':
        return null;
      default:
        child = owner;
        owner = owner.parent;
    }
  }
  return null;
}

function nameOfFunction(node: SyntaxNode): string | null {
  if (node.type === 'FunctionDeclaration' && node.id !== null) return node.id.name;
  const parent = node.parent;
  if (parent === null) return null;
  if (parent.type === 'VariableDeclarator') return nameOf(parent.id);
  if (parent.type === 'MethodDefinition' || parent.type === 'Property') return nameOf(parent.key);
  return null;
}

/** The last name of an expression or key: `total`, `invoice.total` and `row['total']` are all `total`. */
function nameOf(node: SyntaxNode): string | null {
  switch (node.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return node.name;
    case 'Literal':
      return typeof node.value === 'string' ? node.value : null;
    case 'MemberExpression':
      return nameOf(node.property);
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return nameOf(node.expression);
    case 'LogicalExpression':
      return nameOf(node.left) ?? nameOf(node.right);
    default:
      return null;
  }
}

function converterName(callee: SyntaxNode): string | null {
  if (callee.type === 'Identifier' && /^(Number|parseInt|parseFloat)$/.test(callee.name)) return callee.name;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return null;
  const name = nameOf(callee.property);
  if (callee.object.name === 'Math' && name !== null) return `Math.${name}`;
  return callee.object.name === 'Number' && (name === 'parseInt' || name === 'parseFloat') ? `Number.${name}` : null;
}

const zodNumbers = /^(number|int|int32|uint32|float32|float64)$/;

/** The key whose schema starts with `z.number()` or a relative of it, seen from that innermost call. */
function zodNumberKey(node: SyntaxNode): string | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return null;
  const name = nameOf(node.callee.property);
  const origin = nameOf(node.callee.object);
  if (name === null || !zodNumbers.test(name) || (origin !== 'z' && origin !== 'coerce')) return null;
  let child: SyntaxNode = node;
  let parent: SyntaxNode | null = node.parent;
  while (parent !== null && (parent.type === 'MemberExpression' || parent.type === 'CallExpression')) {
    if (parent.type === 'CallExpression' && parent.callee !== child) {
      // Wrapped as an argument, `z.array(z.number())` still holds numbers; `z.object({…})` is left by its own keys.
      if (nameOf(parent.callee) === null) return null;
    }
    child = parent;
    parent = parent.parent;
  }
  if (parent === null) return null;
  if (parent.type === 'Property' && parent.value === child) return nameOf(parent.key);
  return parent.type === 'VariableDeclarator' ? nameOf(parent.id) : null;
}

/** The name that a number literal is given to, directly or as a default. */
function holderOfLiteral(node: SyntaxNode): string | null {
  let child = node;
  let parent = node.parent;
  if (parent?.type === 'UnaryExpression') {
    child = parent;
    parent = parent.parent;
  }
  if (parent === null) return null;
  if (parent.type === 'VariableDeclarator' && parent.init === child) return nameOf(parent.id);
  if (parent.type === 'Property' && parent.value === child) return nameOf(parent.key);
  if (parent.type === 'PropertyDefinition' && parent.value === child) return nameOf(parent.key);
  if (parent.type === 'AssignmentPattern' && parent.right === child) return nameOf(parent.left);
  if (parent.type === 'AssignmentExpression' && parent.right === child) return nameOf(parent.left);
  return null;
}

function meetsAmount(node: SyntaxNode): boolean {
  const parent = node.parent;
  if (parent === null || (parent.type !== 'BinaryExpression' && parent.type !== 'AssignmentExpression')) return false;
  const name = nameOf(parent.left === node ? parent.right : parent.left);
  return name !== null && isAmountName(name);
}

function isHundred(node: SyntaxNode): boolean {
  return node.type === 'Literal' && node.value === 100;
}
