import { type ParsedLocation, redirect } from '@tanstack/react-router';
import type { AccountAction, PlatformAction } from '#shared/contract/access.ts';
import { safeReturnPath } from '#web/lib/return-path.ts';
import { isAllowed, type Session } from '#web/lib/session.ts';

/** The reader's role does not allow the page. */
export class PageForbidden extends Error {
  constructor() {
    super('The role of the reader does not allow this page.');
    this.name = 'PageForbidden';
  }
}

/** Where somebody signed in begins: on the dashboard; without an account where they choose or make one; staff at the system page. */
function homePath(session: Session): '/' | '/admin/integration' | '/accounts' | '/accounts/new' {
  if (session.account !== null) return '/';
  if (session.accounts.length > 0) return '/accounts';
  return session.user?.staff_role == null ? '/accounts/new' : '/admin/integration';
}

/** Lets through whoever is signed in; others sign in first and come back. */
export function requireUser(session: Session, location: ParsedLocation): void {
  if (session.user !== null) return;
  throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return_to: location.href } });
}

/** Lets through whoever works in an account; others are led to where they begin. */
export function requireAccount(session: Session): void {
  if (session.account === null) throw redirect({ to: homePath(session) });
}

/** Lets through whoever has accounts to choose from; others are led to where they begin. */
export function requireChoice(session: Session): void {
  if (session.accounts.length === 0) throw redirect({ to: homePath(session) });
}

/** Lets through whoever may do something. @throws PageForbidden */
export function requirePermission(session: Session, action: AccountAction | PlatformAction): void {
  if (!isAllowed(session, action)) throw new PageForbidden();
}

/** Lets through members of the platform's staff. @throws PageForbidden */
export function requireStaff(session: Session): void {
  if (session.user?.staff_role == null) throw new PageForbidden();
}

/** Leads somebody who is signed in already on to where they wanted to go. */
export function requireNobody(session: Session, returnTo: string | undefined): void {
  if (session.user === null) return;
  throw returnTo === undefined ? redirect({ to: homePath(session) }) : redirect({ href: safeReturnPath(returnTo) });
}
