import type { FieldProblem } from '#shared/contract/problems.ts';
import { bankDetailProblems, type NewPaymentOption, type OptionLimit } from '#server/modules/payments/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';

/** Something about a payment option cannot be right. */
class OptionInvalid extends DomainError {
  constructor(errors: readonly FieldProblem[]) {
    super('validation_failed', errors.map(({ pointer, message }) => `${pointer} ${message}.`).join(' '), { errors });
  }
}

/** Lets an option pass that can be paid by: fitting its kind, with limits and bank details that hold. @throws OptionInvalid */
export function assertOptionHolds(option: Pick<NewPaymentOption, 'kind' | 'method' | 'limits' | 'terms'>): void {
  const { kind, method, terms } = option;
  const isByHand = kind === 'transfer' || kind === 'wallet';
  const errors: FieldProblem[] = [];
  if (isByHand && terms === null) {
    errors.push({ pointer: '/body/transfer', message: 'is missing: say where the money goes' });
  }
  if (!isByHand && terms !== null) {
    errors.push({ pointer: '/body/transfer', message: `must be null: ${kind} has no bank details` });
  }
  const isReserved = method === 'card' || method === 'paypal';
  if (isByHand ? isReserved : method !== kind) {
    const message = isByHand ? 'is the code of another kind of option' : `must be ${kind} for this kind`;
    errors.push({ pointer: '/body/method', message });
  }
  errors.push(...limitProblems(option.limits));
  if (terms !== null) errors.push(...bankDetailProblems(terms, '/body/transfer'));
  if (errors.length > 0) throw new OptionInvalid(errors);
}

function limitProblems(limits: readonly OptionLimit[]): FieldProblem[] {
  const seen = new Set<string>();
  return limits.flatMap(({ currency, minMinor, maxMinor }, index): FieldProblem[] => {
    const pointer = `/body/limits/${String(index)}`;
    if (seen.has(currency)) return [{ pointer: `${pointer}/currency`, message: 'is limited twice' }];
    seen.add(currency);
    if (minMinor !== null && minMinor <= 0n)
      return [{ pointer: `${pointer}/min`, message: 'must be more than nothing' }];
    if (maxMinor !== null && maxMinor <= 0n)
      return [{ pointer: `${pointer}/max`, message: 'must be more than nothing' }];
    if (minMinor !== null && maxMinor !== null && minMinor > maxMinor) {
      return [{ pointer: `${pointer}/max`, message: 'must not be less than the least amount' }];
    }
    return [];
  });
}
