import { OperationInactive, OperationUnknown, OperationUnpriced } from '#server/modules/catalog/index.ts';
import { AccountClosed, AccountSuspended } from '#server/modules/team/index.ts';
import { type DomainError, NotFound } from '#server/platform/errors/index.ts';
import { IdempotencyKeyReused } from '#server/platform/idempotency/index.ts';
import type { ConsumeOutcome } from './consume-batch/index.ts';
import { InsufficientCredits, SiteUnknown, UserNotMember } from './credits-errors.ts';

/** Why a request was refused, as the problem its caller is told. */
export function refusalOf(outcome: Exclude<ConsumeOutcome, { status: 'consumed' }>, operation: string): DomainError {
  switch (outcome.status) {
    case 'insufficient':
      return new InsufficientCredits(outcome.required, outcome.balance);
    case 'key_reused':
      return new IdempotencyKeyReused();
    case 'account_unknown':
      return new NotFound('account');
    case 'account_suspended':
      return new AccountSuspended('credits.consume');
    case 'account_closed':
      return new AccountClosed('credits.consume');
    case 'operation_unknown':
      return new OperationUnknown(operation);
    case 'operation_inactive':
      return new OperationInactive(operation);
    case 'operation_unpriced':
      return new OperationUnpriced(operation);
    case 'site_unknown':
      return new SiteUnknown();
    case 'user_unknown':
      return new UserNotMember();
    default:
      return outcome satisfies never;
  }
}
