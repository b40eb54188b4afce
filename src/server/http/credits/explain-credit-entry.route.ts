import { type ExplainedLot, explainEntry, type Explanation } from '#server/flows/credits/explain-entry.ts';
import { calculationOf } from '#server/modules/catalog/index.ts';
import { route } from '../route.ts';
import { presentEntry, presentHold, presentVariant } from './present-credits.ts';

export const explainCreditEntryRoute = route('explainCreditEntry', async (app, { actor, params }) => {
  const explanation = await explainEntry(app, actor, params.id);
  const { entry, hold } = explanation;
  return {
    entry: presentEntry(entry, explanation.operations),
    balance_before: entry.availableAfter - entry.change,
    held_before: entry.heldAfter - entry.heldChange,
    metadata: entry.use?.metadata ?? null,
    actor: { type: entry.actor.type, name: explanation.actorName },
    request_id: entry.requestId,
    idempotency_key: /^(?:consume|hold):(.+)$/.exec(entry.reasonKey)?.[1] ?? null,
    cost: presentCost(explanation),
    lots: explanation.lots.map(presentExplainedLot),
    hold: hold === null ? null : presentHold(hold),
  };
});

function presentCost({ entry, cost }: Explanation) {
  if (cost === null || entry.use === null) return null;
  return {
    variant: presentVariant(cost.variant),
    version: cost.version,
    milli_credits_per_unit: cost.milliCreditsPerUnit,
    minimum_credits: cost.minimumCredits,
    rounding: cost.rounding,
    effective_from: cost.effectiveFrom,
    calculation: calculationOf(entry.use.quantity, cost),
  };
}

function presentExplainedLot(lot: ExplainedLot) {
  const { line, payment } = lot;
  const known = lot.sourceType === 'invoice_line' || lot.sourceType === 'adjustment' ? lot.sourceType : 'other';
  return {
    id: lot.lotId,
    kind: lot.kind,
    change: lot.change,
    granted_at: lot.grantedAt,
    expires_at: lot.expiresAt,
    source: {
      type: known,
      entry_id: lot.grantEntryId,
      reason: lot.reason,
      invoice: line === null ? null : { id: line.invoiceId, number: line.invoiceNumber, line: line.description },
      payment:
        payment === null
          ? null
          : {
              id: payment.id,
              method: payment.method,
              gateway: payment.gateway,
              gateway_reference: payment.gatewayReference,
            },
    },
  } as const;
}
