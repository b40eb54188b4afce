import { DomainError } from '#server/platform/errors/index.ts';

/** There is less to spend than is needed. */
export class InsufficientCredits extends DomainError {
  constructor(required: bigint, balance: bigint) {
    const shortfall = required - balance;
    super(
      'insufficient_credits',
      `This takes ${String(required)} credits and there are ${String(balance)}: ${String(shortfall)} are missing. Buy credits, or ask for less.`,
      { members: { balance, required, shortfall } },
    );
  }
}

/** The hold was captured, released, or has expired. */
export class HoldNotOpen extends DomainError {
  constructor(status: string) {
    super('hold_not_open', `This hold is ${status}: it reserves nothing any more. Consume the credits instead.`, {
      members: { status },
    });
  }
}

/** The work cost more than was reserved for it. */
export class HoldExceeded extends DomainError {
  constructor(required: bigint, held: bigint) {
    super(
      'hold_exceeded',
      `This takes ${String(required)} credits and the hold reserves ${String(held)}. Capture what is reserved, and consume the rest.`,
      { members: { required, held } },
    );
  }
}

/** The account has no such site, or has archived it. */
export class SiteUnknown extends DomainError {
  constructor() {
    super('site_unknown', 'The account has no site with this id. Leave site_id away, or take one of its own sites.');
  }
}

/** The user is not a member of the account. */
export class UserNotMember extends DomainError {
  constructor() {
    super(
      'user_unknown',
      'The account has no member with this id. Leave user_id away, or take one of its own members.',
    );
  }
}
