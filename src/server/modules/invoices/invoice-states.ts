import type { StateTable } from '#shared/state/index.ts';

/**
 * What an invoice may become. Paid is final: money that goes back is a refund with a credit note. A void invoice keeps
 * its number.
 */
export const invoiceStates = {
  draft: ['pending'],
  pending: ['paid', 'void', 'uncollectible'],
  paid: [],
  void: [],
  uncollectible: ['paid'],
} as const satisfies StateTable<'draft' | 'pending' | 'paid' | 'void' | 'uncollectible'>;

export type InvoiceStatus = keyof typeof invoiceStates;
