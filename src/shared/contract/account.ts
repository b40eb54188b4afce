import { z } from 'zod';
import { accountKeyScopes, platformKeyScopes } from './access.ts';
import {
  countryCode,
  creditUnits,
  currencyCode,
  emailAddress,
  externalId,
  idOf,
  instant,
  lineOfText,
  localeTag,
  timeZoneName,
} from './codecs.ts';
import { endpoint } from './endpoint.ts';

const AccountSettings = z
  .object({
    id: idOf('acc', 'The account'),
    external_id: z.string().nullable().meta({ description: "The account's id in your own product" }),
    name: z.string(),
    slug: z.string(),
    status: z.enum(['active', 'suspended', 'closed']),
    owner: z.object({ id: idOf('usr', 'The owner'), name: z.string(), email: z.string() }).nullable(),
    billing_email: z.string(),
    billing_address: z.object({
      line1: z.string().nullable(),
      line2: z.string().nullable(),
      city: z.string().nullable(),
      state: z.string().nullable(),
      postal_code: z.string().nullable(),
      country: z.string(),
    }),
    tax_id: z.string().nullable(),
    tax_id_status: z.enum(['valid', 'invalid', 'unverified']).nullable(),
    time_zone: z.string(),
    locale: z.string(),
    currency: z.string(),
    currency_fixed: z.boolean().meta({ description: 'Whether an issued invoice has fixed the currency' }),
    credits_available: creditUnits,
    created_at: instant,
  })
  .meta({ id: 'AccountSettings' });

const apiKeyMembers = {
  id: idOf('key', 'The key'),
  name: z.string(),
  hint: z.string().meta({ description: 'The first characters and the last four, to recognise the key by' }),
  created_at: instant,
  last_used_at: instant.nullable(),
  revoked_at: instant.nullable(),
};
const secret = z
  .string()
  .nullable()
  .meta({ description: 'The key itself: shown in this answer only, and null when the request is replayed' });

const AccountApiKey = z
  .object({ ...apiKeyMembers, scopes: z.array(z.enum(accountKeyScopes)) })
  .meta({ id: 'AccountApiKey' });
const PlatformApiKey = z
  .object({ ...apiKeyMembers, scopes: z.array(z.enum(platformKeyScopes)) })
  .meta({ id: 'PlatformApiKey' });

export const accountEndpoints = {
  createAccount: endpoint({
    summary: 'Create an account',
    description:
      'By a platform key: provisions a customer of your product, named by external_id. By a signed-in user: a further account, which the user owns.',
    tag: 'accounts',
    access: 'accounts.create',
    idempotent: true,
    status: 201,
    body: z.object({
      name: lineOfText(120),
      country: countryCode,
      external_id: externalId.optional(),
      billing_email: emailAddress.optional(),
      currency: currencyCode.optional(),
      time_zone: timeZoneName.optional(),
      locale: localeTag.optional(),
      billing_address: z
        .object({
          line1: lineOfText(200).optional(),
          line2: lineOfText(200).optional(),
          city: lineOfText(120).optional(),
          state: lineOfText(120).optional(),
          postal_code: lineOfText(20).optional(),
        })
        .optional()
        .meta({ description: 'Printed on invoices; the country is `country`' }),
      tax_id: lineOfText(40).optional(),
    }),
    response: AccountSettings,
    problems: ['external_id_taken', 'idempotency_key_reused'],
  }),
  getAccountSettings: endpoint({
    summary: 'The account, its billing details and its owner',
    tag: 'account',
    access: 'account.read',
    response: AccountSettings,
  }),
  listAccountApiKeys: endpoint({
    summary: 'API keys of the account',
    tag: 'account',
    access: 'api_keys.read',
    response: z.object({ data: z.array(AccountApiKey) }),
  }),
  createAccountApiKey: endpoint({
    summary: 'Make an API key for the account',
    tag: 'account',
    access: 'api_keys.manage',
    idempotent: true,
    status: 201,
    body: z.object({ name: lineOfText(80), scopes: z.array(z.enum(accountKeyScopes)).min(1).max(10) }),
    response: AccountApiKey.extend({ secret }).meta({ id: 'NewAccountApiKey' }),
    problems: ['idempotency_key_reused'],
  }),
  revokeAccountApiKey: endpoint({
    summary: 'Revoke an API key of the account',
    tag: 'account',
    access: 'api_keys.manage',
    status: 204,
    params: z.object({ id: idOf('key', 'The key') }),
  }),
};

export const platformKeyEndpoints = {
  listPlatformApiKeys: endpoint({
    summary: 'API keys of the platform',
    tag: 'admin',
    access: 'platform_keys.read',
    response: z.object({ data: z.array(PlatformApiKey) }),
  }),
  createPlatformApiKey: endpoint({
    summary: 'Make an API key for the product itself',
    tag: 'admin',
    access: 'platform_keys.manage',
    idempotent: true,
    status: 201,
    body: z.object({ name: lineOfText(80), scopes: z.array(z.enum(platformKeyScopes)).min(1).max(10) }),
    response: PlatformApiKey.extend({ secret }).meta({ id: 'NewPlatformApiKey' }),
    problems: ['idempotency_key_reused'],
  }),
  revokePlatformApiKey: endpoint({
    summary: 'Revoke an API key of the platform',
    tag: 'admin',
    access: 'platform_keys.manage',
    status: 204,
    params: z.object({ id: idOf('key', 'The key') }),
  }),
};
