import { useQueryClient } from '@tanstack/react-query';
import { type Credits, credits, creditsFor } from '#shared/money/index.ts';
import type { ApiResult } from '#web/lib/api.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useFormat, useMilliCreditWords, useTexts } from '#web/lib/reader.ts';

/** An operation with its costs in force and scheduled, as staff see it. */
export type PricedOperation = ApiResult<'listCreditCosts'>['data'][number];

/** A version of a cost. */
export type CostVersion = PricedOperation['costs'][number];

/** What a cost is made of. */
export type CostRuleOnWire = Pick<CostVersion, 'milli_credits_per_unit' | 'minimum_credits' | 'rounding'>;

/** The costs of one variant of an operation: the one in force, if there is one yet, and those to come. */
export type VariantCosts = {
  readonly variant: string | null;
  readonly inForce: CostVersion | null;
  readonly scheduled: readonly CostVersion[];
};

/** The costs of an operation by variant: that of every variant first, then those of their own by name. */
export function costsByVariant({ costs }: PricedOperation): VariantCosts[] {
  const variants = [...new Set(costs.map(({ variant }) => variant))].toSorted((a, b) =>
    a === null ? -1 : b === null ? 1 : a < b ? -1 : 1,
  );
  return variants.map((variant) => {
    const own = costs.filter((cost) => cost.variant === variant);
    return {
      variant,
      inForce: own.find(({ status }) => status === 'in_force') ?? null,
      scheduled: own
        .filter(({ status }) => status === 'scheduled')
        .toSorted((a, b) => (a.effective_from < b.effective_from ? -1 : 1)),
    };
  });
}

/** What writes a cost in words: `0.25 credits per word, at least 1`. */
export function useCostWords(): (cost: CostRuleOnWire, unit: string) => string {
  const texts = useTexts().creditCosts;
  const format = useFormat();
  const milliCreditWords = useMilliCreditWords();
  return (cost, unit) => {
    const perUnit = texts.perUnit(milliCreditWords(cost.milli_credits_per_unit), unit);
    if (cost.minimum_credits === 0) return perUnit;
    return `${perUnit}, ${texts.atLeast(format.credits(creditsFromWire(cost.minimum_credits)))}`;
  };
}

/** What a quantity comes to by a cost. */
export function priceOf(quantity: number, cost: CostRuleOnWire): Credits {
  return credits(
    creditsFor(BigInt(quantity), {
      milliCreditsPerUnit: BigInt(cost.milli_credits_per_unit),
      minimumCredits: BigInt(cost.minimum_credits),
      rounding: cost.rounding,
    }),
  );
}

const milliCreditsMax = 1_000_000_000;

/** Credits with at most three decimals, as typed, in thousandths; null when they are not. A comma is a point, too. */
export function milliCreditsOf(typed: string): number | null {
  const parts = /^(\d{1,7})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  if (parts === null) return null;
  const thousandths = Number(parts[1]) * 1_000 + Number((parts[2] ?? '').padEnd(3, '0'));
  return thousandths <= milliCreditsMax ? thousandths : null;
}

/** Thousandths of a credit as they are typed: 250 is `0.25`. */
export function typedMilliCredits(thousandths: number): string {
  const fraction = String(thousandths % 1_000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(thousandths / 1_000));
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

const moved = new Set(['listCreditCosts', 'listCreditCostHistory', 'listOperations']);

/** Asks again for everything that shows costs, after one has changed. */
export function useCostsRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ predicate: ({ queryKey: [name] }) => moved.has(String(name)) });
}
