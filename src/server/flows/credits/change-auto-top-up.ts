import type { FieldProblem } from '#shared/contract/problems.ts';
import { publicId } from '#shared/ids/index.ts';
import type { Currency } from '#shared/money/index.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { appendAudit } from '#server/modules/audit/index.ts';
import { creditPackageForSale } from '#server/modules/catalog/index.ts';
import {
  type AutoTopUp,
  type AutoTopUpSettings,
  chargeableMethodOf,
  lockAutoTopUp,
  SavedMethodRequired,
  saveAutoTopUp,
} from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inTransaction, type Tx } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { draftCreditPurchase } from '../steps/draft-credit-purchase.ts';
import { lookAtBalance, watchBalance } from '../steps/look-at-balance.ts';

/** What is to be changed; what is left away stays. The cap in minor units of the account's currency. */
export type AutoTopUpChange = {
  readonly isOn?: boolean;
  readonly creditPackageId?: string;
  readonly thresholdCredits?: bigint;
  readonly monthlyCapMinor?: bigint;
};

/** Some of the settings are missing or do not fit together. */
class AutoTopUpIncomplete extends DomainError {
  constructor(errors: readonly FieldProblem[]) {
    super('validation_failed', 'An auto top-up needs a package, a threshold and a monthly cap that pays for it.', {
      errors,
    });
  }
}

/**
 * Changes the auto top-up of the account. Failures of before are forgotten. One that is switched on while the balance
 * is below its threshold tops up at once.
 *
 * @throws SavedMethodRequired when it is to be switched on and nothing can be charged; the errors of the package
 */
export async function changeAutoTopUp(
  app: App,
  actor: Actor,
  change: AutoTopUpChange,
  requestId: string,
): Promise<void> {
  authorize(actor, 'credit_alerts.manage');
  const accountId = accountIdOf(actor);
  await inTransaction(app, { account: accountId }, async (tx) => {
    const { available } = await lookAtBalance(app, tx, accountId);
    const known = await lockAutoTopUp(tx, accountId);
    const account = await accountById(tx, accountId);
    const isOn = change.isOn ?? known?.isOn ?? false;
    if (isOn && (await chargeableMethodOf(tx, accountId, app.gateways)) === null) throw new SavedMethodRequired();
    const isSwitchedOff = !isOn && Object.keys(change).every((member) => member === 'isOn');
    // There is nothing to switch off where nothing was ever set.
    if (known === null && isSwitchedOff) return;
    const settings =
      known !== null && isSwitchedOff
        ? { ...known, isOn }
        : await settingsThatWork(tx, settingsFrom(known, { ...change, isOn }, account.currency));
    const updatedBy = actor.type === 'user' ? actor.id : null;
    await saveAutoTopUp(tx, accountId, settings, { updatedBy, now: app.clock.now() });
    await watchBalance(tx, accountId, available);
    if (isOn && available < settings.thresholdCredits) await enqueueJob(app, tx, 'top-up-credits', { accountId });
    await appendAudit(tx, app, {
      accountId,
      actor,
      action: 'credits.auto_top_up_changed',
      subjectType: 'account',
      subjectId: accountId,
      details: {
        enabled: isOn,
        credit_package: publicId('cpk', settings.creditPackageId),
        threshold: settings.thresholdCredits.toString(),
        monthly_cap_minor: settings.monthlyCapMinor.toString(),
        currency: settings.currency,
      },
      requestId,
    });
  });
}

/** The settings after a change; pure. A cap in another currency than the account's has to be set anew. */
function settingsFrom(known: AutoTopUp | null, change: AutoTopUpChange, currency: Currency): AutoTopUpSettings {
  const knownCapMinor = known?.currency === currency ? known.monthlyCapMinor : undefined;
  const creditPackageId = change.creditPackageId ?? known?.creditPackageId;
  const thresholdCredits = change.thresholdCredits ?? known?.thresholdCredits;
  const monthlyCapMinor = change.monthlyCapMinor ?? knownCapMinor;
  if (creditPackageId === undefined || thresholdCredits === undefined || monthlyCapMinor === undefined) {
    const members = { package_id: creditPackageId, threshold: thresholdCredits, monthly_cap: monthlyCapMinor };
    const missing = Object.entries(members).filter(([, value]) => value === undefined);
    throw new AutoTopUpIncomplete(
      missing.map(([name]) => ({ pointer: `/body/${name}`, message: 'must be set, since it never was' })),
    );
  }
  return { isOn: change.isOn ?? false, creditPackageId, thresholdCredits, monthlyCapMinor, currency };
}

/** Settings by which something can be bought. Switching off asks for none of it: that is always possible. */
async function settingsThatWork(tx: Tx, settings: AutoTopUpSettings): Promise<AutoTopUpSettings> {
  const creditPackage = await creditPackageForSale(tx, settings.creditPackageId, settings.currency);
  const { totalMinor } = draftCreditPurchase(creditPackage);
  if (settings.monthlyCapMinor >= totalMinor) return settings;
  throw new AutoTopUpIncomplete([
    { pointer: '/body/monthly_cap', message: `must be at least what the package costs, ${String(totalMinor)}` },
  ]);
}
