import { burnLots, type LotShare } from '#server/modules/credits/spend-order.ts';
import type { LotKind } from '#shared/contract/metering.ts';

/** A lot as the model knows it. */
type ModelLot = {
  readonly id: string;
  readonly kind: LotKind;
  readonly grantedAt: Date;
  readonly expiresAt: Date | null;
  remaining: bigint;
  held: bigint;
};

/** A hold as the model knows it. */
export type ModelHold = { readonly id: string; readonly units: bigint; readonly expiresAt: Date; shares: LotShare[] };

/**
 * What the credits of one account are supposed to do, in memory and without a thought for concurrency: what the
 * database is compared with.
 */
export class CreditsModel {
  readonly lots: ModelLot[] = [];
  readonly holds: ModelHold[] = [];

  available(): bigint {
    return this.lots.reduce((sum, lot) => sum + lot.remaining, 0n);
  }

  held(): bigint {
    return this.lots.reduce((sum, lot) => sum + lot.held, 0n);
  }

  /** What has expired by an instant can no longer be spent, unless a hold reserves it. */
  expire(now: Date): void {
    for (const lot of this.lots) {
      if (lot.expiresAt !== null && lot.expiresAt <= now) lot.remaining = 0n;
    }
  }

  grant(lot: Omit<ModelLot, 'remaining' | 'held'>, units: bigint): void {
    this.lots.push({ ...lot, remaining: units, held: 0n });
  }

  /** Spends for good; false when there is too little, and then nothing changes. */
  spend(units: bigint): boolean {
    const shares = burnLots(this.lots, units);
    if (shares === null) return false;
    for (const { lotId, units: taken } of shares) this.#lot(lotId).remaining -= taken;
    return true;
  }

  /** Reserves; false when there is too little. */
  hold(hold: Omit<ModelHold, 'shares'>): boolean {
    const shares = burnLots(this.lots, hold.units);
    if (shares === null) return false;
    for (const { lotId, units } of shares) {
      const lot = this.#lot(lotId);
      lot.remaining -= units;
      lot.held += units;
    }
    this.holds.push({ ...hold, shares });
    return true;
  }

  /** Ends a hold of which some units are spent; the rest can be spent again, until it expires. */
  end(hold: ModelHold, spent: bigint, now: Date): void {
    let left = spent;
    for (const { lotId, units } of hold.shares) {
      const taken = units < left ? units : left;
      left -= taken;
      const lot = this.#lot(lotId);
      lot.held -= units;
      lot.remaining += units - taken;
    }
    this.holds.splice(this.holds.indexOf(hold), 1);
    this.expire(now);
  }

  #lot(id: string): ModelLot {
    const lot = this.lots.find((one) => one.id === id);
    if (lot === undefined) throw new Error(`The model has no lot ${id}.`);
    return lot;
  }
}
