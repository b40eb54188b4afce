import { appendAudit, type AuditActor } from '#server/modules/audit/index.ts';
import { type Actor, userIdOf } from '#server/modules/team/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { claimIdempotencyKey } from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';

/** A request by staff that makes something of the platform's, at most once for its key. */
export type StaffRequest = {
  readonly idempotencyKey: string;
  readonly bodyHash: Buffer;
  readonly requestId: string | undefined;
};

/** What is written down about a deed by staff. */
type Deed = {
  /** The endpoint, with the id in its path if it has one. */
  readonly operation: string;
  readonly action: string;
  readonly subjectType: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * Has `make` make something under a new id and writes down who did it; a repetition makes nothing. Answers the id.
 *
 * @throws IdempotencyKeyReused
 */
export async function onceByStaff(
  app: App,
  tx: Tx,
  actor: Actor,
  request: StaffRequest,
  deed: Deed,
  make: (id: string) => Promise<void>,
): Promise<string> {
  const author = staffAuthor(actor);
  const id = app.ids.next();
  const claim = await claimOf(app, tx, author, request, { operation: deed.operation, resultId: id });
  if (!claim.fresh) return claim.resultId;
  await make(id);
  const { action, subjectType, details } = deed;
  const { requestId } = request;
  await appendAudit(tx, app, {
    accountId: null,
    actor: author,
    action,
    subjectType,
    subjectId: id,
    details,
    requestId,
  });
  return id;
}

/** Whether a request by staff is the first of its key; a repetition has to do nothing. @throws IdempotencyKeyReused */
export async function claimByStaff(
  app: App,
  tx: Tx,
  actor: Actor,
  request: StaffRequest,
  about: { readonly operation: string; readonly resultId: string },
): Promise<boolean> {
  return (await claimOf(app, tx, staffAuthor(actor), request, about)).fresh;
}

async function claimOf(
  app: App,
  tx: Tx,
  author: AuditActor,
  request: StaffRequest,
  about: { readonly operation: string; readonly resultId: string },
) {
  return await claimIdempotencyKey(tx, {
    owner: author.id === null ? 'platform' : `user:${author.id}`,
    key: request.idempotencyKey,
    operation: about.operation,
    bodyHash: request.bodyHash,
    accountId: null,
    resultId: about.resultId,
    now: app.clock.now(),
  });
}

/** A member of the staff as the audit names them; the sample data is made by the system. */
export function staffAuthor(actor: Actor): AuditActor {
  return actor.type === 'system' ? { type: 'system', id: null } : { type: 'staff', id: userIdOf(actor) };
}
