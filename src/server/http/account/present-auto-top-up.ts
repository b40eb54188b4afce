import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import { calendarDateIn } from '#shared/time/index.ts';
import type { App } from '#server/flows/app.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { creditPackagesOnSale } from '#server/modules/catalog/index.ts';
import { autoTopUpOf, chargeableMethodOf, lastTopUp, spentOnTopUps } from '#server/modules/payments/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { presentMethodDetails } from '../billing/present-billing.ts';

/** The auto top-up of an account, and how it has fared. Amounts in the account's currency. */
export async function presentAutoTopUp(app: App, accountId: string): Promise<HandlerOutput<Contract['getAutoTopUp']>> {
  return await inRead(app, { account: accountId }, async (db) => {
    const account = await accountById(db, accountId);
    const { currency, timeZone } = account;
    const settings = await autoTopUpOf(db, accountId);
    const packages = await creditPackagesOnSale(db, currency);
    const chosen = packages.find((candidate) => candidate.id === settings?.creditPackageId);
    const savedMethod = await chargeableMethodOf(db, accountId, app.gateways);
    const last = await lastTopUp(db, accountId);
    const resumesAt = settings?.resumesAt ?? null;
    return {
      enabled: settings?.isOn ?? false,
      threshold: settings?.thresholdCredits ?? null,
      package:
        chosen === undefined
          ? null
          : { id: chosen.id, name: chosen.name, credits: chosen.credits, price: chosen.priceMinor },
      monthly_cap: settings?.currency === currency ? settings.monthlyCapMinor : null,
      currency,
      spent_this_month: await spentOnTopUps(db, accountId, calendarDateIn(app.clock.now(), timeZone), currency),
      saved_method:
        savedMethod === null
          ? null
          : { method: savedMethod.method, details: presentMethodDetails(savedMethod.details) },
      switched_off: settings?.offReason ?? null,
      resumes_on: resumesAt === null ? null : calendarDateIn(resumesAt, timeZone),
      last_top_up:
        last === null
          ? null
          : {
              payment_id: last.paymentId,
              status: last.status,
              amount: last.amountMinor,
              currency: last.currency,
              started_at: last.startedAt,
            },
    };
  });
}
