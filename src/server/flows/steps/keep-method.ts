import { calendarDateIn } from '#shared/time/index.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import {
  autoTopUpOf,
  clearDefaultMethod,
  endSavedMethod,
  expiresOnOf,
  type GatewayMethod,
  insertSavedMethod,
  isExpired,
  lockSavedMethods,
  type SavedMethod,
  savedMethodByReference,
  savedMethodsOf,
} from '#server/modules/payments/index.ts';
import { system } from '#server/modules/team/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { resumeAutoTopUp } from './resume-auto-top-up.ts';

/** A method that a gateway keeps for an account now. */
export type Kept = {
  readonly accountId: string;
  readonly gateway: string;
  /** The method of a payment option: card, paypal. */
  readonly method: string;
  readonly kept: GatewayMethod;
};

/**
 * Writes down a method that a gateway keeps for an account: the one place where a method is saved, whether by a setup or
 * by a payment, and whoever heard of it first. Told twice it is saved once. The same card saved again is one method: with
 * another expiry it takes the place of the one before, else the gateway is told to forget the second. The first method,
 * and one that comes while the default one fails, is the default from now on. Answers its id.
 */
export async function keepMethod(app: App, tx: Tx, { accountId, gateway, method, kept }: Kept): Promise<string> {
  await lockSavedMethods(tx, accountId);
  const known = await savedMethodByReference(tx, gateway, kept.reference);
  if (known !== null) return known.id;
  const { timeZone } = await accountById(tx, accountId);
  const today = { date: calendarDateIn(app.clock.now(), timeZone), timeZone };
  const saved = await savedMethodsOf(tx, accountId);
  const same = saved.find((other) => isSame(other, gateway, kept));
  const isSpare = same !== undefined && same.expiresOn === expiresOnOf(kept.details);
  const current = saved.find((other) => other.isDefault);
  const isDefault =
    current === undefined ||
    current.id === same?.id ||
    isExpired(current, today.date) ||
    (await failsToTopUp(tx, accountId));
  if (isDefault && !isSpare) await clearDefaultMethod(tx, accountId);
  if (same !== undefined && !isSpare) await endSavedMethod(tx, same.id, app.clock.now());
  const id = await insertSavedMethod(tx, app, { accountId, gateway, method, kept, isDefault, isSpare, today });
  if (same !== undefined) {
    await enqueueJob(app, tx, 'forget-method', { accountId, savedMethodId: isSpare ? id : same.id });
  }
  const keptId = isSpare ? same.id : id;
  await appendAudit(tx, app, {
    accountId,
    actor: system,
    action: 'saved_method.saved',
    subjectType: 'saved_method',
    subjectId: keptId,
    details: { gateway, method, is_default: isSpare ? same.isDefault : isDefault },
  });
  if (isSpare ? same.isDefault : isDefault) await resumeAutoTopUp(app, tx, accountId);
  return keptId;
}

function isSame(saved: SavedMethod, gateway: string, kept: GatewayMethod): boolean {
  return kept.fingerprint !== null && saved.gateway === gateway && saved.fingerprint === kept.fingerprint;
}

/** Whether the default method has failed to pay for a top-up, so that one saved now is meant to take its place. */
async function failsToTopUp(tx: Tx, accountId: string): Promise<boolean> {
  const topUp = await autoTopUpOf(tx, accountId);
  return topUp !== null && (topUp.failures > 0 || topUp.offReason === 'failures');
}
