import { invalid } from './errors.ts';
import type { Members } from './members.ts';
import type { PayPalSource } from './objects.ts';

const usageTypes = ['MERCHANT', 'PLATFORM'] as const;
const shippingPreferences = ['GET_FROM_FILE', 'NO_SHIPPING', 'SET_PROVIDED_ADDRESS'] as const;
const landingPages = ['LOGIN', 'GUEST_CHECKOUT', 'NO_PREFERENCE'] as const;
const userActions = ['CONTINUE', 'PAY_NOW'] as const;
const preferences = ['UNRESTRICTED', 'IMMEDIATE_PAYMENT_REQUIRED'] as const;

/** What the buyer is shown and where they go afterwards. */
export type ExperienceContext = { returnUrl: string | null; cancelUrl: string | null; brandName: string | null };

/** Reads `payment_source.paypal`. @throws PayPalError, also for any other source */
export function readSource(source: Members): PayPalSource {
  const other = source.names().find((name) => name !== 'paypal');
  if (other !== undefined) throw invalid('NOT_SUPPORTED', `${source.pointer}/${other}`);
  const paypal = source.requiredObject('paypal');
  const vaultId = paypal.text('vault_id', 255) ?? null;
  const attributes = paypal.object('attributes');
  const vault = attributes?.object('vault');
  const saves = vault?.choice('store_in_vault', ['ON_SUCCESS']);
  const usageType = vault?.choice('usage_type', usageTypes) ?? null;
  if (vault !== undefined && usageType === null && vaultId === null) {
    throw invalid('MISSING_REQUIRED_PARAMETER', `${vault.pointer}/usage_type`);
  }
  return {
    vaultId,
    savesOnSuccess: saves !== undefined,
    customerId: attributes?.object('customer')?.text('id', 22) ?? null,
    usageType,
    ...readExperience(paypal.object('experience_context')),
  };
}

/** Reads what the buyer is to be shown. @throws PayPalError */
export function readExperience(context: Members | undefined): ExperienceContext {
  context?.choice('shipping_preference', shippingPreferences);
  context?.choice('landing_page', landingPages);
  context?.choice('user_action', userActions);
  context?.choice('payment_method_preference', preferences);
  context?.text('locale', 10);
  return {
    returnUrl: context?.url('return_url') ?? null,
    cancelUrl: context?.url('cancel_url') ?? null,
    brandName: context?.text('brand_name', 127) ?? null,
  };
}
