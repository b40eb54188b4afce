import type { ApiResult } from '#web/lib/api.ts';

/** What the API says about the use of some days. */
export type UsageAnalytics = ApiResult<'getUsageAnalytics'>;

/** How an operation is named in one variant: `Generate text · large`. */
export function operationLabel(name: string, variant: string | null): string {
  return variant === null ? name : `${name} · ${variant}`;
}
