import { changeAutoTopUp } from '#server/flows/credits/change-auto-top-up.ts';
import { changeCreditAlerts } from '#server/flows/credits/change-credit-alerts.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { route } from '../route.ts';
import { presentAutoTopUp } from './present-auto-top-up.ts';
import { presentCreditAlerts } from './present-credit-alerts.ts';

const getCreditAlertsRoute = route('getCreditAlerts', async (app, { actor }) => {
  return await presentCreditAlerts(app, accountIdOf(actor));
});

const updateCreditAlertsRoute = route('updateCreditAlerts', async (app, { actor, body, request }) => {
  const change = {
    ...(body.low_balance_threshold === undefined ? {} : { lowBalanceCredits: body.low_balance_threshold }),
    ...(body.included_alerts === undefined ? {} : { tellsIncludedUse: body.included_alerts }),
  };
  await changeCreditAlerts(app, actor, change, request.id);
  return await presentCreditAlerts(app, accountIdOf(actor));
});

const getAutoTopUpRoute = route('getAutoTopUp', async (app, { actor }) => {
  return await presentAutoTopUp(app, accountIdOf(actor));
});

const updateAutoTopUpRoute = route('updateAutoTopUp', async (app, { actor, body, request }) => {
  const change = {
    ...(body.enabled === undefined ? {} : { isOn: body.enabled }),
    ...(body.package_id === undefined ? {} : { creditPackageId: body.package_id }),
    ...(body.threshold === undefined ? {} : { thresholdCredits: body.threshold }),
    ...(body.monthly_cap === undefined ? {} : { monthlyCapMinor: body.monthly_cap }),
  };
  await changeAutoTopUp(app, actor, change, request.id);
  return await presentAutoTopUp(app, accountIdOf(actor));
});

/** The endpoints of what an account is told about its credits, and of its auto top-up. */
export const creditAlertsRoutes = [
  getCreditAlertsRoute,
  updateCreditAlertsRoute,
  getAutoTopUpRoute,
  updateAutoTopUpRoute,
] as const;
