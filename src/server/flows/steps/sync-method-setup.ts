import { accountById } from '#server/modules/accounts/index.ts';
import {
  type GatewayMethod,
  GatewayPaymentMissing,
  GatewayRefused,
  type GatewaySetup,
  gatewayCustomerOf,
  isSetupAbandoned,
  lockMethodSetup,
  type MethodKeeper,
  type MethodSetup,
  methodSetupById,
  noteSetupAnswer,
  postponeSetupCheck,
  rememberGatewayCustomer,
  type SavedMethod,
  savedMethodById,
} from '#server/modules/payments/index.ts';
import { type Db, inRead, inTransaction, type Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { asGatewayCustomer } from './as-gateway-customer.ts';
import { gatewayOf } from './ask-gateway.ts';
import { keepMethod } from './keep-method.ts';
import { savedMethodsUrl } from './page-urls.ts';

/** A setup of an account. */
export type SetupTarget = { readonly accountId: string; readonly setupId: string };

/** Who asks: the one who saves a method, a webhook, or the timetable. */
export type SetupCause = 'payer' | 'webhook' | 'sweep';

/** Where a setup stands, what its browser needs to go on, and what was saved. */
export type SyncedSetup = {
  readonly setup: MethodSetup;
  readonly clientSecret: string | null;
  readonly savedMethod: SavedMethod | null;
};

/**
 * Asks the gateway for the truth about the saving of a method, outside any transaction, and applies the answer in one.
 * Click, return page, webhook and timetable all come here. A setup that has failed is asked about again by a webhook
 * alone; one that nobody finishes within a day has failed.
 *
 * @throws NotFound; GatewayUnavailable when the outcome is unknown, after putting the next question off
 */
export async function syncMethodSetup(app: App, target: SetupTarget, cause: SetupCause): Promise<SyncedSetup> {
  const scope = { account: target.accountId };
  const known = await inRead(app, scope, (db) => methodSetupById(db, target.accountId, target.setupId));
  const isAsked = known.status === 'open' || (cause === 'webhook' && known.status === 'failed');
  const answer = isAsked ? await askAndApply(app, known, cause) : null;
  return await inRead(app, scope, async (db) => {
    const setup = await methodSetupById(db, target.accountId, target.setupId);
    const { accountId, savedMethodId } = setup;
    return {
      setup,
      clientSecret: setup.status === 'open' ? (answer?.clientSecret ?? null) : null,
      savedMethod: savedMethodId === null ? null : await savedMethodById(db, accountId, savedMethodId),
    };
  });
}

/** What a gateway says about a setup; without a name where it was never started. */
type Told = Omit<GatewaySetup, 'reference'> & { readonly reference: string | null };

async function askAndApply(app: App, known: MethodSetup, cause: SetupCause): Promise<Told> {
  const scope = { account: known.accountId };
  const asked = await askOrPutOff(app, known, cause);
  app.failpoint('setup-answered');
  await inTransaction(app, scope, async (tx) => {
    if (asked.customerReference !== null) {
      const { accountId, gateway } = known;
      await rememberGatewayCustomer(tx, accountId, gateway, asked.customerReference, app.clock.now());
    }
    await applySetup(app, tx, await lockMethodSetup(tx, known.id), asked.answer, cause);
    app.failpoint('before-setup-commit');
  });
  return asked.answer;
}

async function applySetup(app: App, tx: Tx, setup: MethodSetup, answer: Told, cause: SetupCause): Promise<void> {
  // Whoever came first has written down what was saved.
  if (setup.status === 'succeeded') return;
  const checks = cause === 'sweep' ? setup.checks + 1 : setup.checks;
  const noted = { gatewayReference: answer.reference, lastError: answer.lastError, checks };
  if (answer.status === 'succeeded') {
    const savedMethodId = await keepMethod(app, tx, { ...setup, kept: methodOf(answer) });
    await noteSetupAnswer(tx, app, setup, { ...noted, status: 'succeeded', savedMethodId, lastError: null });
    return;
  }
  const isOver = answer.status === 'failed' || isSetupAbandoned(setup, app.clock.now());
  const status = isOver || setup.status === 'failed' ? 'failed' : 'open';
  await noteSetupAnswer(tx, app, setup, { ...noted, status, savedMethodId: null });
}

function methodOf(answer: Told): GatewayMethod {
  if (answer.method === null) throw new Error(`The setup ${answer.setupId ?? ''} has succeeded without a method.`);
  return answer.method;
}

type Asked = { readonly answer: Told; readonly customerReference: string | null };

async function askOrPutOff(app: App, setup: MethodSetup, cause: SetupCause): Promise<Asked> {
  try {
    return await ask(app, setup, cause);
  } catch (thrown) {
    const isLost = thrown instanceof GatewayPaymentMissing;
    if (isLost || (thrown instanceof GatewayRefused && setup.gatewayReference === null)) {
      app.log.error({ setup: setup.id, error: thrown.message }, 'the gateway did not save a payment method');
      return { answer: refused(setup, thrown), customerReference: null };
    }
    await inTransaction(app, { account: setup.accountId }, async (tx) => {
      await postponeSetupCheck(tx, app, await lockMethodSetup(tx, setup.id));
    });
    throw thrown;
  }
}

async function ask(app: App, setup: MethodSetup, cause: SetupCause): Promise<Asked> {
  const keeper = keeperOf(app, setup.gateway);
  if (setup.gatewayReference !== null) {
    return { answer: await keeper.retrieveSetup(setup.gatewayReference), customerReference: null };
  }
  // Nobody waits for it any more: whoever clicks again is answered by their own request.
  if (cause === 'sweep' && isSetupAbandoned(setup, app.clock.now())) {
    return { answer: abandoned(setup), customerReference: null };
  }
  const { account, known } = await inRead(app, { account: setup.accountId }, (db) => customerOf(db, setup));
  return await asGatewayCustomer(app, gatewayOf(app, setup.gateway), account, known, (customerReference) =>
    keeper.startSetup({ setupId: setup.id, customerReference, returnUrl: savedMethodsUrl(app, setup.id) }),
  );
}

async function customerOf(db: Db, { accountId, gateway }: MethodSetup) {
  return { account: await accountById(db, accountId), known: await gatewayCustomerOf(db, accountId, gateway) };
}

/** How a gateway keeps methods. @throws Error when it is no longer configured, or keeps none */
export function keeperOf(app: App, gateway: string): MethodKeeper {
  const keeper = gatewayOf(app, gateway).methods;
  if (keeper === null) throw new Error(`The gateway “${gateway}” keeps no payment methods.`);
  return keeper;
}

function refused(setup: MethodSetup, refusal: GatewayRefused): Told {
  const message = 'The payment gateway did not save this payment method. Try another one, or contact the seller.';
  return { ...abandoned(setup), lastError: { code: refusal.gatewayCode ?? 'gateway_refused', message } };
}

function abandoned(setup: MethodSetup): Told {
  const { gatewayReference, id } = setup;
  return {
    reference: gatewayReference,
    status: 'failed',
    clientSecret: null,
    setupId: id,
    method: null,
    lastError: null,
  };
}
