import type { Currency } from '#shared/money/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';

/** Whether an account can be worked in: a suspended one may look and pay, a closed one is history. */
export const accountStatuses = ['active', 'suspended', 'closed'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/** A tenant: the company, team or person that is billed. */
export type Account = {
  readonly id: string;
  /** The account's id in the product that Purser bills for. */
  readonly externalId: string | null;
  readonly name: string;
  /** Unique, made from the name, and never changed. */
  readonly slug: string;
  readonly status: AccountStatus;
  /** Where invoices go; separate from anybody's login. */
  readonly billingEmail: string;
  /** The billing address, of which all but the country may be missing. */
  readonly line1: string | null;
  readonly line2: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly taxId: string | null;
  readonly taxIdStatus: 'valid' | 'invalid' | 'unverified' | null;
  readonly timeZone: string;
  readonly locale: string;
  readonly currency: Currency;
  /** When the first issued invoice fixed the currency; null as long as it may change. */
  readonly currencyFixedAt: Date | null;
  readonly createdAt: Date;
};

/** Another account has this external id. */
export class ExternalIdTaken extends DomainError {
  constructor(externalId: string) {
    super('external_id_taken', `An account with the external id “${externalId}” exists already.`);
  }
}

/** The account would be billed in a currency nothing is priced in. */
export class CurrencyNotOffered extends DomainError {
  constructor(currency: string, offered: readonly Currency[]) {
    const choice = offered.length === 0 ? 'Nothing is priced yet.' : `Choose one of ${offered.join(', ')}.`;
    super('validation_failed', `Nothing is priced in ${currency}. ${choice}`, {
      errors: [{ pointer: '/body/currency', message: `must be one of ${offered.join(', ')}` }],
    });
  }
}
