import { changeCreditCost } from '#server/flows/admin/change-credit-cost.ts';
import { createOperation } from '#server/flows/admin/create-operation.ts';
import { updateOperation } from '#server/flows/admin/update-operation.ts';
import { withdrawCreditCost } from '#server/flows/admin/withdraw-credit-cost.ts';
import type { App } from '#server/flows/app.ts';
import {
  allOperations,
  type CostRule,
  costById,
  costHistory,
  currentCosts,
  type Operation,
  type OperationCost,
  operationById,
} from '#server/modules/catalog/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route, type Route } from '../route.ts';
import { costPresenter } from './present-costs.ts';

const listCreditCostsRoute = route('listCreditCosts', async (app) => {
  const now = app.clock.now();
  // System scope: operations and costs belong to no account.
  const { operations, costs } = await inRead(app, 'system', async (db) => ({
    operations: await allOperations(db),
    costs: await currentCosts(db, now),
  }));
  return { data: await present(app, operations, costs) };
});

const createOperationRoute = route('createOperation', async (app, { actor, body, idempotencyKey, ...call }) => {
  const { code, name, description, unit } = body;
  const order = { text: { code, name, description, unit }, variant: body.variant ?? '', rule: ruleOf(body) };
  const request = { idempotencyKey, bodyHash: call.bodyHash, requestId: call.request.id };
  return await presentOne(app, await createOperation(app, actor, order, request));
});

const updateOperationRoute = route('updateOperation', async (app, { actor, params, body, request }) => {
  const { name, description, unit, is_active: isActive } = body;
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(unit === undefined ? {} : { unit }),
    ...(isActive === undefined ? {} : { isActive }),
  };
  await updateOperation(app, actor, { id: params.id, changes, requestId: request.id });
  return await presentOne(app, params.id);
});

const createCreditCostRoute = route('createCreditCost', async (app, call) => {
  const { actor, params, body, idempotencyKey, bodyHash, request } = call;
  const order = {
    operationId: params.id,
    variant: body.variant ?? '',
    rule: ruleOf(body),
    effectiveFrom: body.effective_from ?? null,
  };
  const id = await changeCreditCost(app, actor, order, { idempotencyKey, bodyHash, requestId: request.id });
  return await presentVersion(app, id);
});

const withdrawCreditCostRoute = route('withdrawCreditCost', async (app, { actor, params, request }) => {
  await withdrawCreditCost(app, actor, { id: params.id, requestId: request.id });
  return await presentVersion(app, params.id);
});

const listCreditCostHistoryRoute = route('listCreditCostHistory', async (app, { params }) => {
  const history = await inRead(app, 'system', async (db) => {
    await operationById(db, params.id);
    return await costHistory(db, params.id);
  });
  const presentCost = await costPresenter(app, history);
  return { data: history.map(presentCost) };
});

/** What staff do with operations and their costs. */
export const creditCostRoutes: readonly Route[] = [
  listCreditCostsRoute,
  createOperationRoute,
  updateOperationRoute,
  createCreditCostRoute,
  withdrawCreditCostRoute,
  listCreditCostHistoryRoute,
];

function ruleOf(body: {
  readonly milli_credits_per_unit: bigint;
  readonly minimum_credits: bigint;
  readonly rounding: CostRule['rounding'];
}): CostRule {
  return {
    milliCreditsPerUnit: body.milli_credits_per_unit,
    minimumCredits: body.minimum_credits,
    rounding: body.rounding,
  };
}

async function presentOne(app: App, id: string) {
  const now = app.clock.now();
  const { operation, costs } = await inRead(app, 'system', async (db) => ({
    operation: await operationById(db, id),
    costs: (await currentCosts(db, now)).filter((cost) => cost.operationId === id),
  }));
  const [shown] = await present(app, [operation], costs);
  if (shown === undefined) throw new Error('An operation that was read is not presented.');
  return shown;
}

async function presentVersion(app: App, id: string) {
  const history = await inRead(
    app,
    'system',
    async (db) => await costHistory(db, (await costById(db, id)).operationId),
  );
  const presentCost = await costPresenter(app, history);
  const cost = history.find((version) => version.id === id);
  if (cost === undefined) throw new Error('A cost version is missing in its own history.');
  return presentCost(cost);
}

async function present(app: App, operations: readonly Operation[], costs: readonly OperationCost[]) {
  const presentCost = await costPresenter(app, costs);
  return operations.map((operation) => ({
    id: operation.id,
    code: operation.code,
    name: operation.name,
    description: operation.description,
    unit: operation.unit,
    is_active: operation.isActive,
    costs: costs.filter((cost) => cost.operationId === operation.id).map(presentCost),
  }));
}
