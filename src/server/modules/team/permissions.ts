import {
  type AccountAction,
  type PlatformAction,
  type PlatformKeyScope,
  type Role,
  roles,
  type StaffRole,
  staffRoles,
} from '#shared/contract/access.ts';

/** Anything that can be allowed or refused. */
export type Action = AccountAction | PlatformAction;

type AccountPermission = {
  /** What it is, to be read after “may”. */
  readonly meaning: string;
  readonly roles: readonly Role[];
  /** A key with one of these scopes may do it, of the account or of the platform. */
  readonly scopes: readonly PlatformKeyScope[];
  /** `repeats`: what was done before is answered again, and anything new refused where it would be done. */
  readonly whileSuspended: boolean | 'repeats';
  /** Who may still do it when the account is closed. */
  readonly whileClosed: readonly Role[];
};

type PlatformPermission = {
  readonly meaning: string;
  readonly staff: readonly StaffRole[];
  /** Whether everybody signed in may do it, staff or not. */
  readonly everyUser: boolean;
  readonly scopes: readonly PlatformKeyScope[];
};

const everyRole = roles;
const buyers = ['owner', 'admin', 'billing'] as const;
const readers = ['owner', 'admin', 'billing', 'viewer'] as const;
const workers = ['owner', 'admin', 'member'] as const;
const administrators = ['owner', 'admin'] as const;
const everyStaff = staffRoles;

/**
 * Who may do what in an account. A suspended account may be looked at and its payments finished, nothing else; of a
 * closed one the owner may still read the invoices, which the law makes the seller keep.
 */
export const accountPermissions: { readonly [action in AccountAction]: AccountPermission } = {
  'account.read': {
    meaning: 'see the account and its billing details',
    roles: everyRole,
    scopes: ['read'],
    whileSuspended: true,
    whileClosed: [],
  },
  'invoices.read': {
    meaning: 'see and download invoices',
    roles: readers,
    scopes: ['read'],
    whileSuspended: true,
    whileClosed: ['owner'],
  },
  'invoices.pay': {
    meaning: 'pay an invoice',
    roles: buyers,
    scopes: ['purchase'],
    whileSuspended: true,
    whileClosed: [],
  },
  'packages.read': {
    meaning: 'see the credit packages and their prices',
    roles: everyRole,
    scopes: ['read', 'purchase'],
    whileSuspended: true,
    whileClosed: [],
  },
  'credits.read': {
    meaning: 'see the credit balance and what operations cost',
    roles: everyRole,
    scopes: ['read', 'consume'],
    whileSuspended: true,
    whileClosed: [],
  },
  'credits.consume': {
    meaning: 'spend credits and hold them',
    roles: workers,
    scopes: ['consume'],
    // Whoever got no answer learns what became of the request.
    whileSuspended: 'repeats',
    whileClosed: [],
  },
  'holds.end': {
    meaning: 'capture and release holds',
    roles: workers,
    scopes: ['consume'],
    // The credits were promised before.
    whileSuspended: true,
    whileClosed: [],
  },
  'usage.read': {
    meaning: 'see the credit statement and the usage',
    roles: everyRole,
    scopes: ['read'],
    whileSuspended: true,
    whileClosed: [],
  },
  'credits.purchase': {
    meaning: 'buy credits',
    roles: buyers,
    scopes: ['purchase'],
    whileSuspended: false,
    whileClosed: [],
  },
  'credit_alerts.read': {
    meaning: 'see the alerts on credits and the auto top-up',
    roles: buyers,
    scopes: ['read'],
    whileSuspended: true,
    whileClosed: [],
  },
  'credit_alerts.manage': {
    meaning: 'change the alerts on credits and the auto top-up',
    roles: buyers,
    // An auto top-up spends money.
    scopes: ['purchase'],
    whileSuspended: false,
    whileClosed: [],
  },
  'payments.read': {
    meaning: 'see payments',
    roles: readers,
    scopes: ['read', 'purchase'],
    whileSuspended: true,
    whileClosed: [],
  },
  'payments.confirm': {
    meaning: 'finish a payment',
    roles: buyers,
    scopes: ['purchase'],
    whileSuspended: true,
    whileClosed: [],
  },
  'payment_options.read': {
    meaning: 'see the ways to pay',
    roles: everyRole,
    scopes: ['read', 'purchase'],
    whileSuspended: true,
    whileClosed: [],
  },
  'saved_methods.read': {
    meaning: 'see the saved payment methods',
    roles: buyers,
    scopes: ['read', 'purchase'],
    whileSuspended: true,
    whileClosed: [],
  },
  'saved_methods.manage': {
    meaning: 'add and remove saved payment methods',
    roles: buyers,
    // A key pays with what people have saved; it saves nothing itself.
    scopes: [],
    whileSuspended: true,
    whileClosed: [],
  },
  'api_keys.read': {
    meaning: 'see the API keys of the account',
    roles: administrators,
    scopes: [],
    whileSuspended: true,
    whileClosed: [],
  },
  'api_keys.manage': {
    meaning: 'make and revoke API keys of the account',
    roles: administrators,
    scopes: [],
    whileSuspended: false,
    whileClosed: [],
  },
};

/**
 * Who may do what on the platform. Creating an account is the product's business, by a platform key, and that of
 * everybody who is signed in, since whoever signs up gets an account and may want another.
 */
export const platformPermissions: { readonly [action in PlatformAction]: PlatformPermission } = {
  'accounts.create': {
    meaning: 'create an account',
    staff: everyStaff,
    everyUser: true,
    scopes: ['accounts.create'],
  },
  'platform_keys.read': {
    meaning: 'see the API keys of the platform',
    staff: everyStaff,
    everyUser: false,
    scopes: [],
  },
  'platform_keys.manage': {
    meaning: 'make and revoke API keys of the platform',
    staff: ['owner'],
    everyUser: false,
    scopes: [],
  },
  'gateway_events.read': {
    meaning: 'see the events gateways have sent',
    staff: everyStaff,
    everyUser: false,
    scopes: [],
  },
  'gateway_events.replay': {
    meaning: 'process an event of a gateway again',
    staff: ['owner', 'finance', 'support'],
    everyUser: false,
    scopes: [],
  },
  'credit_costs.read': {
    meaning: 'see what operations cost, and have cost',
    staff: everyStaff,
    everyUser: false,
    scopes: [],
  },
  'credit_costs.manage': {
    meaning: 'change what operations cost',
    staff: ['owner', 'finance'],
    everyUser: false,
    scopes: [],
  },
  'payments.read_all': {
    meaning: 'see the payments of every account',
    staff: everyStaff,
    everyUser: false,
    scopes: [],
  },
  'payments.review': {
    meaning: 'approve and reject transfers',
    staff: ['owner', 'finance'],
    everyUser: false,
    scopes: [],
  },
  'payments.refund': {
    meaning: 'refund a payment',
    staff: ['owner', 'finance'],
    everyUser: false,
    scopes: [],
  },
  'payment_options.read_all': {
    meaning: 'see the payment options of every country',
    staff: everyStaff,
    everyUser: false,
    scopes: [],
  },
  'payment_options.manage': {
    meaning: 'change the payment options and their bank details',
    staff: ['owner', 'finance'],
    everyUser: false,
    scopes: [],
  },
  'credits.adjust': {
    meaning: 'give credits to an account and take them back',
    staff: ['owner', 'finance', 'support'],
    everyUser: false,
    scopes: [],
  },
};
