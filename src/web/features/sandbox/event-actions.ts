import type { Texts } from '#shared/texts/index.ts';
import type { Gateway, SimulatorEvent } from './simulator-controls.ts';

/** Something that buyers, banks or the gateway itself do after an event, and that no checkout brings about. */
export type EventAction = {
  label: keyof Texts['sandbox']['afterwards'];
  /** The control of the simulator, for the object of the event. */
  path: (object: string) => string;
  body: object;
};

const settlesCapture = (outcome: 'completed' | 'failed') => ({
  path: (id: string) => `/captures/${id}/settle`,
  body: { outcome },
});
const closesDispute = (outcome: string) => ({ path: (id: string) => `/disputes/${id}/close`, body: { outcome } });
const decidesDispute = (outcome: 'won' | 'lost') => ({
  path: (id: string) => `/disputes/${id}/decide`,
  body: { outcome },
});

const payPalDispute: readonly EventAction[] = [
  { label: 'sellerWins', ...closesDispute('RESOLVED_SELLER_FAVOUR') },
  { label: 'buyerWins', ...closesDispute('RESOLVED_BUYER_FAVOUR') },
];

/** What can follow an event, by its type. */
const actionsByType: Readonly<Record<Gateway, Readonly<Record<string, readonly EventAction[]>>>> = {
  stripe: {
    'payment_intent.succeeded': [
      { label: 'refund', path: (id) => `/payment_intents/${id}/refund`, body: {} },
      { label: 'dispute', path: (id) => `/payment_intents/${id}/dispute`, body: {} },
    ],
    'charge.dispute.created': [
      { label: 'sellerWins', ...decidesDispute('won') },
      { label: 'buyerWins', ...decidesDispute('lost') },
    ],
  },
  paypal: {
    'PAYMENT.CAPTURE.PENDING': [
      { label: 'clears', ...settlesCapture('completed') },
      { label: 'bounces', ...settlesCapture('failed') },
    ],
    'PAYMENT.CAPTURE.COMPLETED': [
      { label: 'refund', path: (id) => `/captures/${id}/refund`, body: {} },
      { label: 'dispute', path: (id) => `/captures/${id}/dispute`, body: {} },
    ],
    'CUSTOMER.DISPUTE.CREATED': payPalDispute,
    'CUSTOMER.DISPUTE.UPDATED': payPalDispute,
  },
};

/** What can follow this event; nothing for most. */
export function actionsAfter(gateway: Gateway, event: SimulatorEvent): readonly EventAction[] {
  return event.object === null ? [] : (actionsByType[gateway][event.type] ?? []);
}
