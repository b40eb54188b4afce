import { type Rule, repositoryPath } from './rule.ts';
import { placeOf } from './street.ts';

/**
 * A query names its columns. One that asks for all of them is refused by PostgreSQL in every process that prepared it
 * before a migration added a column, and reads what nobody wanted.
 */
export const columns: Rule = {
  meta: { type: 'problem', docs: { description: 'A query names the columns it reads.' } },
  create(context) {
    if (['tool', 'test', 'sandbox', 'web'].includes(placeOf(repositoryPath(context)).area)) return {};
    return {
      MemberExpression(node) {
        if (node.property.type !== 'Identifier' || !allColumns.has(node.property.name)) return;
        context.report({ node, message: 'columns-by-name: name the columns, so that a migration may add others.' });
      },
    };
  },
};

const allColumns: ReadonlySet<string> = new Set(['selectAll', 'returningAll']);
