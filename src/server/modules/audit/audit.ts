import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';

/** Who did something. Audit stands below the team, so that it knows an actor only by these two members. */
export type AuditActor = {
  readonly type: 'anonymous' | 'user' | 'staff' | 'account_key' | 'platform_key' | 'system';
  readonly id: string | null;
};

/** One deed, as it is written down. */
export type AuditEntry = {
  /** The account it concerns; null for what concerns the platform. */
  readonly accountId: string | null;
  readonly actor: AuditActor;
  /** What was done, in the form `api_key.created`. */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string | null;
  /** What a reader needs beyond that; never a secret. */
  readonly details: Readonly<Record<string, string | number | boolean | null | string[]>>;
  readonly requestId?: string | undefined;
};

/**
 * Writes down a deed in its own transaction, so that there is no deed without its entry. Entries are never changed.
 *
 * @throws Error when nobody in particular is named as the actor: who may act is known, so that it is our mistake.
 */
export async function appendAudit(tx: Tx, source: Source, entry: AuditEntry): Promise<void> {
  if (entry.actor.type === 'anonymous') throw new Error(`Nobody in particular cannot have done ${entry.action}.`);
  await tx
    .insertInto('audit_entries')
    .values({
      id: source.ids.next(),
      account_id: entry.accountId,
      actor_type: entry.actor.type,
      actor_id: entry.actor.id,
      action: entry.action,
      subject_type: entry.subjectType,
      subject_id: entry.subjectId,
      details: JSON.stringify(entry.details),
      request_id: entry.requestId ?? null,
      happened_at: source.clock.now(),
    })
    .execute();
}
