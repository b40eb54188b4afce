export { AccountRequired, accountIdOf, type Actor, anonymous, system } from './actor.ts';
export { authorize, isAllowed, permissionsOf, userIdOf } from './authorize.ts';
export {
  activeMembership,
  actorOfUser,
  addMember,
  isMember,
  type Membership,
  membershipsMax,
  membershipsOf,
  ownerOf,
} from './memberships.ts';
export type { Action } from './permissions.ts';
export { permissionsTable } from './permissions-table.ts';
export { AccountClosed, AccountSuspended, Forbidden, Unauthenticated } from './team-errors.ts';
