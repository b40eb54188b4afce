import { DomainError } from '#server/platform/errors/index.ts';
import type { Action } from './permissions.ts';

/** The request needs somebody who is signed in, or an API key. */
export class Unauthenticated extends DomainError {
  constructor() {
    super('unauthenticated', 'Sign in, or send an API key as `Authorization: Bearer …`.');
  }
}

/** The actor is known and may not do this. */
export class Forbidden extends DomainError {
  constructor(action: Action, sentence: string) {
    super('forbidden', sentence, { members: { action } });
  }
}

/** The account is closed: it is history. */
export class AccountClosed extends DomainError {
  constructor(action: Action) {
    super('forbidden', `The account is closed: nobody may do this in it any more (${action}).`, {
      members: { action },
    });
  }
}

/** The account is suspended, and this is more than looking and paying. */
export class AccountSuspended extends DomainError {
  constructor(action: Action) {
    super(
      'account_suspended',
      'The account is suspended: it can be looked at, and its invoices be paid. Contact support.',
      {
        members: { action },
      },
    );
  }
}
