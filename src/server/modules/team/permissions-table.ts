import { accountActions, platformActions, roles, staffRoles } from '#shared/contract/access.ts';
import { accountPermissions, platformPermissions } from './permissions.ts';

/** Who may do what, as two tables in Markdown, as the guide shows them. */
export function permissionsTable(): string {
  const account = accountActions.map((action) => {
    const { meaning, roles: allowed, scopes, whileSuspended, whileClosed } = accountPermissions[action];
    const cells = roles.map((role) => mark(allowed.includes(role)));
    return [code(action), meaning, ...cells, codes(scopes), suspended(whileSuspended), whileClosed.join(', ') || '–'];
  });
  const platform = platformActions.map((action) => {
    const { meaning, staff, everyUser, scopes } = platformPermissions[action];
    const cells = staffRoles.map((role) => mark(everyUser || staff.includes(role)));
    return [code(action), meaning, ...cells, mark(everyUser), codes(scopes)];
  });
  return [
    ...table(['Action', 'May', ...roles, 'Key scope', 'While suspended', 'While closed'], account),
    '',
    ...table(['Action', 'May', ...staffRoles, 'Everybody signed in', 'Platform key scope'], platform),
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function suspended(whileSuspended: boolean | 'repeats'): string {
  return whileSuspended === 'repeats' ? 'repetitions' : mark(whileSuspended);
}

function mark(yes: boolean): string {
  return yes ? 'yes' : '–';
}

function code(text: string): string {
  return `\`${text}\``;
}

function codes(texts: readonly string[]): string {
  return texts.map(code).join(' or ') || '–';
}
