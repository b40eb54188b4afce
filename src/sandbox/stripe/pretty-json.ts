/**
 * JSON the way Stripe writes it: two spaces, an empty list over three lines and an empty object over two. A receiver that
 * parses and prints again before it checks a signature fails on this, as it would on the real thing.
 */
export function prettyJson(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return `[\n\n${indent}]`;
    return `[\n${value.map((entry) => inner + prettyJson(entry ?? null, inner)).join(',\n')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    if (members.length === 0) return `{\n${indent}}`;
    const lines = members.map(([name, member]) => `${inner}${JSON.stringify(name)}: ${prettyJson(member, inner)}`);
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
