import { IconBank, IconBilling, IconPaypal, IconWallet } from '#web/components/icons.tsx';
import type { PaymentOption } from './method-choices.ts';

const icons = { card: IconBilling, paypal: IconPaypal, transfer: IconBank, wallet: IconWallet };

/** The icon of a kind of method; its name always stands beside it. */
export function MethodIcon({ kind }: { kind: PaymentOption['kind'] }) {
  const Icon = icons[kind];
  return <Icon size={22} />;
}
