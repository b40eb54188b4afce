import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import { calendarDateIn } from '#shared/time/index.ts';
import type { App } from '#server/flows/app.ts';
import type { SyncedSetup } from '#server/flows/saved-methods/confirm-method-setup.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import {
  autoTopUpOf,
  expiresSoon,
  isExpired,
  type PaymentGateway,
  type SavedMethod,
  savedMethodsOf,
} from '#server/modules/payments/index.ts';
import { type Db, inRead } from '#server/platform/db/index.ts';
import { presentMethodDetails } from './present-billing.ts';

type ListView = HandlerOutput<Contract['listSavedMethods']>;
type SavedMethodView = ListView['data'][number];
type SetupView = HandlerOutput<Contract['addPaymentMethod']>;

/** The saved methods of an account, the default one first, as its members see them. */
export async function presentSavedMethods(app: App, db: Db, accountId: string): Promise<SavedMethodView[]> {
  const view = await viewOf(app, db, accountId);
  return (await savedMethodsOf(db, accountId)).map(view);
}

/** One saved method. */
export async function presentSavedMethod(app: App, method: SavedMethod): Promise<SavedMethodView> {
  const { accountId } = method;
  return await inRead(app, { account: accountId }, async (db) => (await viewOf(app, db, accountId))(method));
}

async function viewOf(app: App, db: Db, accountId: string): Promise<(method: SavedMethod) => SavedMethodView> {
  const { timeZone } = await accountById(db, accountId);
  const today = calendarDateIn(app.clock.now(), timeZone);
  const topsUp = (await autoTopUpOf(db, accountId))?.isOn === true;
  return (method) => ({
    id: method.id,
    method: method.method,
    gateway: method.gateway,
    details: presentMethodDetails(method.details),
    is_default: method.isDefault,
    expires_soon: expiresSoon(method, today),
    is_expired: isExpired(method, today),
    needed_by: topsUp && method.isDefault ? ['auto_top_up'] : [],
    created_at: method.createdAt,
  });
}

/** The saving of a method: where it stands, and what its payer does next. */
export async function presentSetup(app: App, synced: SyncedSetup): Promise<SetupView> {
  const { setup, savedMethod } = synced;
  return {
    id: setup.id,
    status: setup.status,
    method: setup.method,
    next: nextStep(synced, app.gateways.get(setup.gateway)),
    // One that was removed again is shown no more.
    saved_method:
      savedMethod === null || savedMethod.removedAt !== null ? null : await presentSavedMethod(app, savedMethod),
    last_error: setup.lastError,
  };
}

function nextStep({ setup, clientSecret }: SyncedSetup, gateway: PaymentGateway | undefined): SetupView['next'] {
  if (setup.status === 'succeeded') return { type: 'done' };
  const key = gateway?.publishableKey ?? null;
  if (clientSecret === null || key === null) return { type: 'none' };
  if (setup.method === 'paypal') return { type: 'approve_paypal', setup_token: clientSecret, client_id: key };
  return { type: 'confirm_card', client_secret: clientSecret, publishable_key: key };
}
