/** What a member of an account can be. One owner per account. */
export const roles = ['owner', 'admin', 'billing', 'member', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** What a member of the platform's staff can be. */
export const staffRoles = ['owner', 'finance', 'support', 'read_only'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Everything a request to an account can be allowed or refused. */
export const accountActions = [
  'account.read',
  'invoices.read',
  'invoices.pay',
  'packages.read',
  'credits.read',
  'credits.consume',
  'holds.end',
  'usage.read',
  'credits.purchase',
  'credit_alerts.read',
  'credit_alerts.manage',
  'payments.read',
  'payments.confirm',
  'payment_options.read',
  'saved_methods.read',
  'saved_methods.manage',
  'api_keys.read',
  'api_keys.manage',
] as const;
export type AccountAction = (typeof accountActions)[number];

/** Everything a request by staff or by a platform key can be allowed or refused. */
export const platformActions = [
  'accounts.create',
  'platform_keys.read',
  'platform_keys.manage',
  'gateway_events.read',
  'gateway_events.replay',
  'credit_costs.read',
  'credit_costs.manage',
  'credits.adjust',
  'payments.read_all',
  'payments.review',
  'payments.refund',
  'payment_options.read_all',
  'payment_options.manage',
] as const;
export type PlatformAction = (typeof platformActions)[number];

/**
 * Who may call an endpoint: anyone; anyone signed in; somebody allowed an action in the request's account; or staff or
 * a platform key allowed a platform action. The sandbox's own endpoints exist only in sandbox mode.
 */
export type Access = 'public' | 'signed_in' | 'sandbox' | AccountAction | PlatformAction;

/** What an API key of an account may be limited to. */
export const accountKeyScopes = ['read', 'purchase', 'consume'] as const;
export type AccountKeyScope = (typeof accountKeyScopes)[number];

/** What a platform key may be limited to. */
export const platformKeyScopes = ['read', 'purchase', 'consume', 'accounts.create'] as const;
export type PlatformKeyScope = (typeof platformKeyScopes)[number];
