import { type GatewayEvent, gatewayEventById, recordOutcome } from '#server/modules/inbox/index.ts';
import { methodSetupByReference, paymentByReference, savedMethodByReference } from '#server/modules/payments/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { messageOf } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { gatewayOf } from '../steps/ask-gateway.ts';
import { syncMethodSetup } from '../steps/sync-method-setup.ts';
import { syncSavedMethod } from '../steps/sync-saved-method.ts';
import { syncWithGateway } from '../steps/sync-with-gateway.ts';

type Outcome = { readonly status: 'processed' | 'ignored'; readonly sentence: string };

/**
 * Makes of a stored event what it means: it names something, the gateway is asked about it, and the answer is applied. Any order, any number of times, the same end. A failure is written down and thrown, so that the job is tried
 * again.
 */
export async function processGatewayEvent(app: App, eventId: string): Promise<void> {
  const event = await inRead(app, 'system', (db) => gatewayEventById(db, eventId));
  let outcome: Outcome;
  try {
    outcome = await process(app, event);
  } catch (thrown) {
    const reason = messageOf(thrown);
    await inTransaction(app, 'system', (tx) => recordOutcome(tx, eventId, 'failed', reason, app.clock.now()));
    throw thrown;
  }
  await inTransaction(app, 'system', (tx) =>
    recordOutcome(tx, eventId, outcome.status, outcome.sentence, app.clock.now()),
  );
}

async function process(app: App, event: GatewayEvent): Promise<Outcome> {
  const meaning = gatewayOf(app, event.gateway).translateEvent(event.payload);
  if (meaning.kind === 'ignored') return { status: 'ignored', sentence: meaning.reason };
  if (meaning.kind === 'setup') return await processSetup(app, event.gateway, meaning.reference, meaning.setupId);
  if (meaning.kind === 'method') return await processMethod(app, event.gateway, meaning.reference);
  if (meaning.kind !== 'payment') return { status: 'ignored', sentence: `Nothing is done about ${meaning.kind} yet.` };
  const payment = await inRead(app, 'system', (db) =>
    paymentByReference(db, event.gateway, meaning.reference, meaning.paymentId),
  );
  if (payment === null) return { status: 'ignored', sentence: `No payment of ours is ${meaning.reference}.` };
  const synced = await syncWithGateway(app, { accountId: payment.accountId, paymentId: payment.id }, 'webhook');
  return { status: 'processed', sentence: `The payment is ${synced.payment.status}.` };
}

async function processSetup(app: App, gateway: string, reference: string, setupId: string | null): Promise<Outcome> {
  const setup = await inRead(app, 'system', (db) => methodSetupByReference(db, gateway, reference, setupId));
  if (setup === null) return { status: 'ignored', sentence: `No setup of ours is ${reference}.` };
  const synced = await syncMethodSetup(app, { accountId: setup.accountId, setupId: setup.id }, 'webhook');
  return { status: 'processed', sentence: `The saving of the payment method is ${synced.setup.status}.` };
}

async function processMethod(app: App, gateway: string, reference: string): Promise<Outcome> {
  const method = await inRead(app, 'system', (db) => savedMethodByReference(db, gateway, reference));
  if (method === null) return { status: 'ignored', sentence: `No saved method of ours is ${reference}.` };
  return { status: 'processed', sentence: await syncSavedMethod(app, method) };
}
