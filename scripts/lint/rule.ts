import type { RuleTester } from 'oxlint/plugins-dev';

/** A rule as oxlint runs it. The linter does not export the type by name, so it is taken from where it is used. */
export type Rule = Extract<Parameters<RuleTester['run']>[1], { create: unknown }> & { createOnce?: never };

/** What a rule is given for each file. */
export type RuleContext = Parameters<NonNullable<Rule['create']>>[0];

/** The functions a rule may offer, one per kind of syntax node. */
export type RuleVisitor = ReturnType<NonNullable<Rule['create']>>;

type NodeOf<Kind extends keyof RuleVisitor> = Parameters<NonNullable<RuleVisitor[Kind]>>[0];

export type ImportDeclaration = NodeOf<'ImportDeclaration'>;
export type ExportNamedDeclaration = NodeOf<'ExportNamedDeclaration'>;
export type SyntaxNode = ImportDeclaration['parent'];

/** The file being linted, from the root of the repository and with forward slashes. */
export function repositoryPath(context: RuleContext): string {
  const root = context.cwd.replaceAll('\\', '/');
  const file = context.filename.replaceAll('\\', '/');
  return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
}
