import type { ApiResult } from '#web/lib/api.ts';

/** A credit package on sale. */
export type CreditPackage = ApiResult<'listCreditPackages'>['data'][number];
