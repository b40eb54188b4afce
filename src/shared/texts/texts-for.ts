import { type AdminPaymentsTexts, adminPaymentsTexts } from './admin-payments.ts';
import { type AlertsTexts, alertsTexts } from './alerts.ts';
import { type AuthTexts, authTexts } from './auth.ts';
import { type BillingTexts, billingTexts } from './billing.ts';
import { type CommonTexts, commonTexts } from './common.ts';
import { type CreditCostsTexts, creditCostsTexts } from './credit-costs.ts';
import { type CreditsTexts, creditsTexts } from './credits.ts';
import { type DashboardTexts, dashboardTexts } from './dashboard.ts';
import { type DocumentTexts, documentTexts } from './documents.ts';
import { type EmailTexts, emailTexts } from './emails.ts';
import { type IntegrationTexts, integrationTexts } from './integration.ts';
import { type InvoicesTexts, invoicesTexts } from './invoices.ts';
import { type PaymentOptionsTexts, paymentOptionsTexts } from './payment-options.ts';
import { type PlaygroundTexts, playgroundTexts } from './playground.ts';
import { type PurchaseTexts, purchaseTexts } from './purchase.ts';
import { type SandboxTexts, sandboxTexts } from './sandbox.ts';
import { type SavedMethodsTexts, savedMethodsTexts } from './saved-methods.ts';
import { type ShellTexts, shellTexts } from './shell.ts';
import { type StateTexts, stateTexts } from './states.ts';
import { type TransfersTexts, transfersTexts } from './transfers.ts';
import { type UsageTexts, usageTexts } from './usage.ts';

/** Every word Purser shows, in one language, and the locale that figures and dates beside those words follow. */
export type Texts = {
  /** BCP 47 locale for numbers and dates: the reader's region in the language of the words. */
  readonly locale: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly documents: DocumentTexts;
  readonly emails: EmailTexts;
  readonly adminPayments: AdminPaymentsTexts;
  readonly alerts: AlertsTexts;
  readonly states: StateTexts;
  readonly billing: BillingTexts;
  readonly invoices: InvoicesTexts;
  readonly purchase: PurchaseTexts;
  readonly sandbox: SandboxTexts;
  readonly auth: AuthTexts;
  readonly common: CommonTexts;
  readonly creditCosts: CreditCostsTexts;
  readonly credits: CreditsTexts;
  readonly dashboard: DashboardTexts;
  readonly integration: IntegrationTexts;
  readonly paymentOptions: PaymentOptionsTexts;
  readonly playground: PlaygroundTexts;
  readonly savedMethods: SavedMethodsTexts;
  readonly shell: ShellTexts;
  readonly transfers: TransfersTexts;
  readonly usage: UsageTexts;
};

/**
 * The texts for a reader's locale (BCP 47), in English where the language is not translated. Dates and numbers follow
 * the reader's region but never mix languages: `ur-PK` gives English words with the formats of `en-PK`.
 */
export function textsFor(locale: string): Texts {
  const reader = parsedLocale(locale);
  const words = catalogue.get(reader.language) ?? english;
  return { ...words, locale: reader.region === undefined ? words.language : `${words.language}-${reader.region}` };
}

const english = {
  language: 'en',
  direction: 'ltr',
  documents: documentTexts,
  emails: emailTexts,
  adminPayments: adminPaymentsTexts,
  alerts: alertsTexts,
  states: stateTexts,
  billing: billingTexts,
  invoices: invoicesTexts,
  purchase: purchaseTexts,
  sandbox: sandboxTexts,
  auth: authTexts,
  common: commonTexts,
  creditCosts: creditCostsTexts,
  credits: creditsTexts,
  dashboard: dashboardTexts,
  integration: integrationTexts,
  paymentOptions: paymentOptionsTexts,
  playground: playgroundTexts,
  savedMethods: savedMethodsTexts,
  shell: shellTexts,
  transfers: transfersTexts,
  usage: usageTexts,
} as const;

const catalogue: ReadonlyMap<string, Omit<Texts, 'locale'>> = new Map([['en', english]]);

function parsedLocale(locale: string): Intl.Locale {
  try {
    return new Intl.Locale(locale);
  } catch {
    // A locale comes from an account's settings; a malformed one must not keep an invoice from being written.
    return new Intl.Locale('en');
  }
}
