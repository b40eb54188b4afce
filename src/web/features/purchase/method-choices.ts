import { isCurrency, type Money, money } from '#shared/money/index.ts';
import type { ApiResult } from '#web/lib/api.ts';

/** A way to pay that the account is offered. */
export type PaymentOption = ApiResult<'listPaymentMethods'>['data'][number];

/** A method the account has saved. */
export type SavedMethod = ApiResult<'listSavedMethods'>['data'][number];

/** One line of the method picker: a saved method to charge, or an option to pay by anew. */
export type MethodChoice = {
  readonly key: string;
  readonly option: PaymentOption;
  /** Null when the payer gives the method anew. */
  readonly saved: SavedMethod | null;
};

/** Why a choice cannot pay an amount. */
export type Obstacle =
  | { readonly kind: 'currency'; readonly currencies: readonly string[] }
  | { readonly kind: 'below' | 'above'; readonly limit: Money }
  | { readonly kind: 'expired' };

/** Whether this page can take payments by an option: gateways whose form it has, and money sent by hand. */
export function isPayableHere(option: PaymentOption): boolean {
  switch (option.kind) {
    case 'card':
      return option.gateway === 'stripe' && option.publishable_key !== null;
    case 'paypal':
      return option.gateway === 'paypal' && option.publishable_key !== null;
    case 'transfer':
    case 'wallet':
      return true;
    default:
      return neverKind(option.kind);
  }
}

/** The lines of the picker: saved methods whose option is offered, the default one first, then the options in order. */
export function methodChoices(options: readonly PaymentOption[], saved: readonly SavedMethod[]): MethodChoice[] {
  const inOrder = saved.toSorted((left, right) => Number(right.is_default) - Number(left.is_default));
  const kept = inOrder.flatMap((method): MethodChoice[] => {
    const option = options.find(({ method: code, gateway }) => code === method.method && gateway === method.gateway);
    return option === undefined ? [] : [{ key: method.id, option, saved: method }];
  });
  return [...kept, ...options.map((option) => ({ key: option.id, option, saved: null }))];
}

/** Why a choice cannot pay this much, or null when it can. */
export function obstacleOf({ option, saved }: MethodChoice, total: Money): Obstacle | null {
  if (saved?.is_expired === true) return { kind: 'expired' };
  if (option.limits.length === 0) return null;
  const limit = option.limits.find(({ currency }) => currency === total.currency);
  if (limit === undefined || !isCurrency(limit.currency)) {
    return { kind: 'currency', currencies: option.limits.map(({ currency }) => currency) };
  }
  if (limit.min !== null && total.amountMinor < BigInt(limit.min)) {
    return { kind: 'below', limit: money(BigInt(limit.min), limit.currency) };
  }
  if (limit.max !== null && total.amountMinor > BigInt(limit.max)) {
    return { kind: 'above', limit: money(BigInt(limit.max), limit.currency) };
  }
  return null;
}

/**
 * The choice that is marked: what the payer has picked, else the method of the payment that is open, else the first, as
 * long as it can pay this much. Null when nothing can.
 */
export function markedChoice(
  choices: readonly MethodChoice[],
  { picked, openMethod, total }: { picked: string | null; openMethod: string | null; total: Money },
): MethodChoice | null {
  const able = choices.filter((choice) => obstacleOf(choice, total) === null);
  return (
    able.find(({ key }) => key === picked) ??
    (openMethod === null
      ? undefined
      : able.find(({ saved, option }) => saved === null && option.method === openMethod)) ??
    able[0] ??
    null
  );
}

function neverKind(kind: never): never {
  throw new Error(`Unknown kind of payment option ${JSON.stringify(kind)}.`);
}
