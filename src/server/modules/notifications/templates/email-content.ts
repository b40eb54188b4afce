import type { EmailSeller } from './email-templates.ts';

/** What an e-mail says, apart from how it looks. Both its parts, HTML and text, are made from this. */
export type EmailContent = {
  readonly subject: string;
  /** The line that mailboxes show beside the subject. */
  readonly preheader: string;
  readonly headline: string;
  readonly paragraphs: readonly string[];
  /** The figure the e-mail is about: `USD 29.00`, and what is meant by it. */
  readonly amount?: { readonly text: string; readonly note: string };
  /** The one thing to do. The URL is absolute. */
  readonly button: { readonly label: string; readonly url: string };
  readonly facts?: readonly Fact[];
  /** What the seller's staff wrote about it, in Markdown. */
  readonly instructions?: string;
  readonly table?: EmailTable;
  /** Small print below everything else. */
  readonly closing?: readonly string[];
  /** Why the reader gets this e-mail at all. */
  readonly whySent: string;
};

/** A labelled value, `Payment method: Visa ending 4242`. */
export type Fact = readonly [label: string, value: string];

/** The lines of an invoice with their total. */
export type EmailTable = {
  readonly headings: readonly [description: string, amount: string];
  readonly rows: readonly { readonly description: string; readonly detail: string; readonly amount: string }[];
  readonly total: Fact;
};

/** What surrounds the content and is the same in every e-mail. */
export type EmailFrame = {
  readonly seller: EmailSeller;
  readonly greeting: string | null;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly buttonFallback: string;
};
