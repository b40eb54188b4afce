import type { UsageAnalytics } from './usage-analytics.ts';

/** A slice of the pie: one operation, or all the small ones together, which have no name of their own. */
export type Slice = {
  readonly key: string;
  readonly name: string | null;
  readonly operations: number;
  /** How much of the pie it is, for drawing alone. */
  readonly weight: number;
  readonly shareBasisPoints: number;
  readonly color: string;
};

type Share = Pick<UsageAnalytics['by_operation'][number], 'operation' | 'credits' | 'share_basis_points'>;

const colors = ['var(--usage-1)', 'var(--usage-2)', 'var(--usage-3)', 'var(--usage-4)', 'var(--usage-5)'];

/** The operations that cost something as at most six slices, the largest first; the shares still add up to the whole. */
export function slicesOf(shares: readonly Share[]): Slice[] {
  const costly = shares.filter(({ credits }) => credits > 0);
  const named = costly.length <= colors.length + 1 ? costly : costly.slice(0, colors.length);
  const rest = costly.slice(named.length);
  const slices = named.map(({ operation, credits, share_basis_points: shareBasisPoints }, index) => ({
    key: operation.code,
    name: operation.name,
    operations: 1,
    weight: credits,
    shareBasisPoints,
    color: colors[index] ?? 'var(--usage-other)',
  }));
  if (rest.length === 0) return slices;
  const sum = (of: (share: Share) => number) => rest.reduce((total, share) => total + of(share), 0);
  return [
    ...slices,
    {
      key: 'other',
      name: null,
      operations: rest.length,
      weight: sum(({ credits }) => credits),
      shareBasisPoints: sum((share) => share.share_basis_points),
      color: 'var(--usage-other)',
    },
  ];
}
