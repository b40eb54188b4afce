import type { Role, StaffRole } from '#shared/contract/access.ts';
import { DomainError } from '#server/platform/errors/index.ts';

/** Who makes a request, in which account, and what that gives them. */
export type Actor = {
  readonly type: 'anonymous' | 'user' | 'account_key' | 'platform_key' | 'system';
  /** The user or the key; null for nobody and for the system. */
  readonly id: string | null;
  /** The account the request works in. */
  readonly account: { readonly id: string; readonly status: 'active' | 'suspended' | 'closed' } | null;
  /** The role of a user in that account. */
  readonly role: Role | null;
  /** The role of a user in the platform's staff. */
  readonly staffRole: StaffRole | null;
  /** What a key is limited to. */
  readonly scopes: readonly string[];
  /** Whether a user's e-mail address is verified. */
  readonly emailVerified: boolean;
};

/** Nobody in particular: a request without a session or a key. */
export const anonymous: Actor = {
  type: 'anonymous',
  id: null,
  account: null,
  role: null,
  staffRole: null,
  scopes: [],
  emailVerified: false,
};

/** The program itself: jobs, the schedule, the seed. */
export const system: Actor = { ...anonymous, type: 'system' };

/** The request needs an account and names none. */
export class AccountRequired extends DomainError {
  constructor() {
    super(
      'account_required',
      'Choose an account first. With a platform key, name it by the header Purser-Account: acc_… or ext:<your id>.',
    );
  }
}

/** The id of the account an actor works in. @throws AccountRequired */
export function accountIdOf(actor: Actor): string {
  if (actor.account === null) throw new AccountRequired();
  return actor.account.id;
}
