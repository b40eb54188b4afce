import type { Change } from './call.ts';
import { emit } from './events.ts';
import { newCustomerId, newTokenId } from './ids.ts';
import type { PaymentToken } from './objects.ts';
import { tokenBody } from './present.ts';

/** Keeps a buyer's account for payments without them, and tells about it. */
export function saveAccount(
  change: Change,
  account: {
    buyer: string;
    customerId: string | null;
    merchantCustomerId?: string | null;
    usageType: string;
    description: string | null;
    /** The order it was saved with; none for one that was saved by itself. */
    orderId?: string;
  },
): PaymentToken {
  const token: PaymentToken = {
    id: newTokenId(),
    customerId: account.customerId ?? newCustomerId(),
    merchantCustomerId: account.merchantCustomerId ?? null,
    buyer: account.buyer,
    usageType: account.usageType,
    description: account.description,
    createdAt: change.now,
  };
  change.writer.put('payment_token', token.id, token);
  const metadata = account.orderId === undefined ? {} : { metadata: { order_id: account.orderId } };
  emit(change, 'VAULT.PAYMENT-TOKEN.CREATED', { ...tokenBody(change, token), ...metadata });
  return token;
}
