import type { Db } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { MethodDetails } from './payment.ts';
import type { PaymentGateway } from './gateway.ts';

/** A payment method an account has saved, to be charged without its being there. */
export type SavedMethod = {
  readonly id: string;
  readonly gateway: string;
  readonly method: string;
  /** Its name at the gateway. */
  readonly gatewayReference: string;
  readonly details: MethodDetails;
};

/** The account has saved nothing that could be charged without its being there. */
export class SavedMethodRequired extends DomainError {
  constructor() {
    super(
      'saved_method_required',
      'An auto top-up charges a saved payment method, and this account has none. Buy credits by card instead.',
    );
  }
}

/**
 * The saved method of the account to charge: its default one, at a gateway that is configured and charges saved methods.
 * Null when there is none.
 */
export async function chargeableMethodOf(
  db: Db,
  accountId: string,
  gateways: ReadonlyMap<string, Pick<PaymentGateway, 'abilities'>>,
): Promise<SavedMethod | null> {
  const row = await savedMethods(db, accountId)
    .where('is_default', '=', true)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined || gateways.get(row.gateway)?.abilities.chargesSavedMethods !== true) return null;
  return savedMethodFrom(row);
}

/** A saved method a payment was started with, also when it was removed since. */
export async function savedMethodById(db: Db, accountId: string, id: string): Promise<SavedMethod> {
  return savedMethodFrom(await savedMethods(db, accountId).where('id', '=', id).executeTakeFirstOrThrow());
}

function savedMethods(db: Db, accountId: string) {
  return db
    .selectFrom('saved_payment_methods')
    .select(['id', 'gateway', 'method', 'gateway_reference', 'details'])
    .where('account_id', '=', accountId);
}

function savedMethodFrom(row: {
  id: string;
  gateway: string;
  method: string;
  gateway_reference: string;
  details: unknown;
}): SavedMethod {
  return {
    id: row.id,
    gateway: row.gateway,
    method: row.method,
    gatewayReference: row.gateway_reference,
    details: row.details as MethodDetails,
  };
}
