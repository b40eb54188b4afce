import { z } from 'zod';
import type { App } from '#server/flows/app.ts';
import { retryTopUp } from '#server/flows/credits/retry-top-up.ts';
import { topUpCredits } from '#server/flows/credits/top-up-credits.ts';
import { renderInvoice } from '#server/flows/invoices/render-invoice.ts';
import { renderCreditNote } from '#server/flows/invoices/render-credit-note.ts';
import { refundExcess } from '#server/flows/payments/refund-excess.ts';
import { cancelPayment } from '#server/flows/payments/cancel-payment.ts';
import { forgetMethod } from '#server/flows/saved-methods/forget-method.ts';
import { deliverEmail } from '#server/flows/notifications/deliver-email.ts';
import type { JobName } from '#server/flows/job-queues.ts';
import { processGatewayEvent } from '#server/flows/webhooks/process-gateway-event.ts';
import type { JobHandler } from '#server/platform/jobs/index.ts';

const event = z.object({ eventId: z.uuid() });
const rendering = z.object({ accountId: z.uuid(), invoiceId: z.uuid(), rendition: z.enum(['issued', 'paid']) });
const account = z.object({ accountId: z.uuid() });
const payment = z.object({ accountId: z.uuid(), paymentId: z.uuid() });
const savedMethod = z.object({ accountId: z.uuid(), savedMethodId: z.uuid() });
const creditNote = z.object({ accountId: z.uuid(), creditNoteId: z.uuid() });
const message = z.object({ messageId: z.uuid() });

/** What runs the jobs of each queue: the payload is parsed and a flow is called. */
export function jobHandlers(app: App): { readonly [name in JobName]: JobHandler } {
  return {
    'process-gateway-event': async (payload) => {
      await processGatewayEvent(app, event.parse(payload).eventId);
    },
    'render-invoice': async (payload) => {
      await renderInvoice(app, rendering.parse(payload));
    },
    'cancel-payment': async (payload) => {
      await cancelPayment(app, payment.parse(payload));
    },
    'refund-excess': async (payload) => {
      await refundExcess(app, payment.parse(payload));
    },
    'render-credit-note': async (payload) => {
      await renderCreditNote(app, creditNote.parse(payload));
    },
    'deliver-email': async (payload) => {
      await deliverEmail(app, message.parse(payload).messageId);
    },
    'top-up-credits': async (payload) => {
      await topUpCredits(app, account.parse(payload).accountId);
    },
    'retry-top-up': async (payload) => {
      await retryTopUp(app, account.parse(payload).accountId);
    },
    'forget-method': async (payload) => {
      await forgetMethod(app, savedMethod.parse(payload));
    },
  };
}
