import { type AccountAction, accountActions, type PlatformAction, platformActions } from '#shared/contract/access.ts';
import type { DomainError } from '#server/platform/errors/index.ts';
import { AccountRequired, type Actor } from './actor.ts';
import { accountPermissions, type Action, platformPermissions } from './permissions.ts';
import { AccountSuspended, Forbidden, Unauthenticated } from './team-errors.ts';

/** Whether an actor may do something new, where they are. */
export function isAllowed(actor: Actor, action: Action): boolean {
  if (isAccountAction(action) && actor.account?.status === 'suspended') {
    if (accountPermissions[action].whileSuspended === 'repeats') return actor.type === 'system';
  }
  return refusalOf(actor, action) === null;
}

/** Lets pass who may do it. @throws Unauthenticated, AccountRequired, Forbidden or AccountSuspended */
export function authorize(actor: Actor, action: Action): void {
  const refusal = refusalOf(actor, action);
  if (refusal !== null) throw refusal;
}

/** Everything an actor may do where they are, in the order of the contract. */
export function permissionsOf(actor: Actor): Action[] {
  return [...accountActions, ...platformActions].filter((action) => isAllowed(actor, action));
}

/** The id of the user who acts. @throws Unauthenticated for nobody, for a key and for the system */
export function userIdOf(actor: Actor): string {
  if (actor.type !== 'user' || actor.id === null) throw new Unauthenticated();
  return actor.id;
}

function refusalOf(actor: Actor, action: Action): DomainError | null {
  if (actor.type === 'system') return null;
  if (actor.type === 'anonymous') return new Unauthenticated();
  return isAccountAction(action) ? refusalInAccount(actor, action) : refusalOnPlatform(actor, action);
}

function refusalInAccount(actor: Actor, action: AccountAction): DomainError | null {
  const { account } = actor;
  if (account === null) return new AccountRequired();
  const permission = accountPermissions[action];
  if (actor.type === 'user') {
    if (actor.role === null || !permission.roles.includes(actor.role)) {
      return new Forbidden(action, sentenceAboutRole(actor.role, action, permission.meaning, permission.roles));
    }
  } else if (!hasScope(actor, permission.scopes)) {
    return new Forbidden(action, sentenceAboutScope(action, permission.meaning, permission.scopes));
  }
  if (account.status === 'suspended' && permission.whileSuspended === false) return new AccountSuspended(action);
  if (account.status === 'closed' && !(actor.role !== null && permission.whileClosed.includes(actor.role))) {
    const who = permission.whileClosed.length === 0 ? 'nobody' : `only the role ${permission.whileClosed.join(' or ')}`;
    return new Forbidden(action, `The account is closed: ${who} may ${permission.meaning} (${action}).`);
  }
  return null;
}

function refusalOnPlatform(actor: Actor, action: PlatformAction): DomainError | null {
  const permission = platformPermissions[action];
  if (actor.type === 'user') {
    if (permission.everyUser) return null;
    if (actor.staffRole !== null && permission.staff.includes(actor.staffRole)) return null;
    return new Forbidden(action, sentenceAboutRole(actor.staffRole, action, permission.meaning, permission.staff));
  }
  // An account's key acts in its account alone, whatever its scopes are called.
  if (actor.type === 'platform_key' && hasScope(actor, permission.scopes)) return null;
  return new Forbidden(action, sentenceAboutScope(action, permission.meaning, permission.scopes));
}

function hasScope(actor: Actor, scopes: readonly string[]): boolean {
  return scopes.some((scope) => actor.scopes.includes(scope));
}

function sentenceAboutRole(role: string | null, action: Action, meaning: string, allowed: readonly string[]): string {
  const who = role === null ? 'Without a role here you' : `The role ${role}`;
  return `${who} may not ${meaning} (${action}). It takes ${oneOf('role', allowed)}.`;
}

function sentenceAboutScope(action: Action, meaning: string, scopes: readonly string[]): string {
  const needed = scopes.length === 0 ? 'No API key can; a person must sign in.' : `It takes ${oneOf('scope', scopes)}.`;
  return `This API key may not ${meaning} (${action}). ${needed}`;
}

function oneOf(noun: string, names: readonly string[]): string {
  return `the ${noun} ${names.join(' or ')}`;
}

function isAccountAction(action: Action): action is AccountAction {
  return Object.hasOwn(accountPermissions, action);
}
