import { z } from 'zod';
import { idOf, instant, pageOf, pageQuery, searchText } from './codecs.ts';
import { endpoint } from './endpoint.ts';

/** How far the clock moves at once: two years. */
export const clockStepSecondsMax = 63_072_000;

const SandboxClock = z
  .object({ now: instant, offset_seconds: z.int(), wall: instant })
  .meta({ id: 'SandboxClock', description: 'The clock of the whole system: wall time plus an offset that only grows' });

const SandboxMessage = z
  .object({
    id: idOf('eml', 'The message'),
    template: z.string(),
    to: z.string(),
    subject: z.string(),
    status: z.enum(['queued', 'sent', 'failed']),
    created_at: instant,
    sent_at: instant.nullable(),
  })
  .meta({ id: 'SandboxMessage' });

export const sandboxEndpoints = {
  getSandboxClock: endpoint({
    summary: "The sandbox's clock",
    tag: 'sandbox',
    access: 'sandbox',
    response: SandboxClock,
  }),
  moveSandboxClock: endpoint({
    summary: 'Move the clock forward and let everything due happen',
    description: 'At most two years at once, by seconds or to an instant.',
    tag: 'sandbox',
    access: 'sandbox',
    body: z.union([
      z.object({ advance_seconds: z.int().min(1).max(clockStepSecondsMax) }).strict(),
      z.object({ advance_to: instant }).strict(),
    ]),
    response: SandboxClock,
    problems: ['clock_backwards'],
  }),
  listSandboxMessages: endpoint({
    summary: 'Every e-mail that was sent',
    tag: 'sandbox',
    access: 'sandbox',
    query: z.object({ ...pageQuery, to: searchText(254).optional() }),
    response: pageOf(SandboxMessage),
  }),
  getSandboxMessage: endpoint({
    summary: 'One e-mail, with its HTML and text',
    tag: 'sandbox',
    access: 'sandbox',
    params: z.object({ id: idOf('eml', 'The message') }),
    response: SandboxMessage.extend({
      from: z.string(),
      html: z.string().nullable(),
      text: z.string().nullable(),
      attachments: z.array(z.object({ filename: z.string(), url: z.string(), bytes: z.int() })),
      last_error: z.string().nullable(),
    }).meta({ id: 'SandboxMessageDetail' }),
  }),
};
