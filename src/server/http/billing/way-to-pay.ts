import type { WayToPay } from '#server/modules/payments/index.ts';

/** The members of a request that say how it is paid. */
type AskedToPay = {
  readonly payment_method: string;
  readonly saved_method_id?: string | undefined;
  readonly save_method?: boolean | undefined;
};

/** How a request is to be paid. */
export function wayToPay(body: AskedToPay): WayToPay {
  return {
    method: body.payment_method,
    savedMethodId: body.saved_method_id ?? null,
    keepsMethod: body.save_method ?? null,
  };
}
