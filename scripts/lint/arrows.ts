import { posix } from 'node:path';
import { type ExportNamedDeclaration, type ImportDeclaration, type Rule, repositoryPath } from './rule.ts';
import { mayOpenTransaction, objectionTo, objectionToPackage, placeOf } from './street.ts';

/**
 * Guards the one-way street for static, type, re-export and dynamic imports and for `import('…')` types. Paths are
 * resolved against the importing file, so that an alias and a relative path to the same file are judged alike.
 */
export const arrows: Rule = {
  meta: { type: 'problem', docs: { description: 'Imports follow the one-way street of ARCHITECTURE.md.' } },
  create(context) {
    const path = repositoryPath(context);
    const from = placeOf(path);
    const judge = (node: ImportDeclaration['source'], typeOnly: boolean) => {
      const target = targetOf(path, node.value);
      const objection =
        target === null ? objectionToPackage(from, node.value, typeOnly) : objectionTo(from, placeOf(target));
      if (objection !== null) context.report({ node, message: objection });
    };
    const judgeTransaction = (node: ImportDeclaration | ExportNamedDeclaration) => {
      if (!mayOpenTransaction(from) && importsTransaction(node)) {
        context.report({
          node,
          message:
            'transactions-in-flows: inTransaction is imported by flows only; steps and modules take a Tx that is open.',
        });
      }
    };
    return {
      ImportDeclaration(node) {
        judge(node.source, importsTypesOnly(node));
        judgeTransaction(node);
      },
      ExportNamedDeclaration(node) {
        if (node.source === null) return;
        judge(node.source, node.exportKind === 'type');
        judgeTransaction(node);
      },
      ExportAllDeclaration(node) {
        judge(node.source, node.exportKind === 'type');
      },
      ImportExpression(node) {
        if (node.source.type === 'Literal' && typeof node.source.value === 'string') judge(node.source, false);
      },
      TSImportType(node) {
        judge(node.source, true);
      },
    };
  },
};

const aliases: ReadonlyMap<string, string> = new Map([
  ['#shared', 'src/shared'],
  ['#server', 'src/server'],
  ['#sandbox', 'src/sandbox'],
  ['#web', 'src/web'],
  ['#test', 'test'],
]);

/** The repository path a specifier names, or null when it names a package. */
function targetOf(importer: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(importer), specifier);
  const slash = specifier.indexOf('/');
  const folder = aliases.get(slash === -1 ? specifier : specifier.slice(0, slash));
  return folder === undefined ? null : posix.join(folder, specifier.slice(slash + 1));
}

function importsTypesOnly(node: ImportDeclaration): boolean {
  if (node.importKind === 'type') return true;
  return (
    node.specifiers.length > 0 &&
    node.specifiers.every((specifier) => specifier.type === 'ImportSpecifier' && specifier.importKind === 'type')
  );
}

function importsTransaction(node: ImportDeclaration | ExportNamedDeclaration): boolean {
  for (const specifier of node.specifiers) {
    // A namespace of the database layer would bring the function along under another name.
    if (specifier.type === 'ImportNamespaceSpecifier') return node.source?.value.includes('platform/db') ?? false;
    const name = specifier.type === 'ImportSpecifier' ? specifier.imported : specifier.local;
    if (name.type === 'Identifier' && name.name === 'inTransaction') return true;
  }
  return false;
}
