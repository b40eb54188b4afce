import { adjustCredits } from '#server/flows/admin/adjust-credits.ts';
import { route } from '../route.ts';

export const adjustCreditsRoute = route('adjustCredits', async (app, call) => {
  const { actor, params, body, idempotencyKey, bodyHash, request } = call;
  const entry = await adjustCredits(app, actor, {
    accountId: params.id,
    units: body.credits,
    reason: body.reason,
    kind: body.kind,
    expiresAt: body.expires_at ?? null,
    idempotencyKey,
    bodyHash,
    requestId: request.id,
  });
  return {
    id: entry.id,
    credits: entry.change,
    balance: entry.availableAfter,
    held: entry.heldAfter,
    reason: entry.reason ?? '',
    occurred_at: entry.occurredAt,
  };
});
