import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { textsFor } from '#shared/texts/index.ts';
import { contrastPairs } from './email-style.ts';
import type { EmailTemplateName, EmailTemplates } from './email-templates.ts';
import { html } from './html.ts';
import { EmailLinkRefused, type RenderedEmail, renderEmail } from './render-email.ts';

const seller = { name: 'Northwind & Sons', addressLines: ['14 Harbour Street', 'Bristol BS1 4RW'] };
const url = 'https://billing.example/account/invoices/inv_01k9?from=mail&x=1';
const invoice = {
  seller,
  recipientName: 'Ada Larsen',
  invoiceNumber: 'INV-2026-11-00042',
  currency: 'USD',
  totalMinor: 29_00n,
  lines: [{ description: 'Pro credit package', quantity: 2n, amountMinor: 29_00n }],
} as const;
const about = { seller, recipientName: 'Ada Larsen', url, available: 0n };
const link = {
  seller,
  recipientName: null,
  email: 'ada@example.com',
  url,
  expiresAt: new Date('2026-11-30T10:00:00Z'),
};

const transfer = {
  seller,
  recipientName: 'Ada Larsen',
  invoiceNumbers: ['INV-2026-11-00042'],
  currency: 'USD',
  methodName: 'Bank transfer',
  reference: '7K3M9-QX2PT',
  url,
} as const;
const howToTransfer = {
  ...transfer,
  amountMinor: 29_00n,
  fields: [{ label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' }],
  instructions: '1. Send the **exact amount**.\n2. <img src=x onerror=alert(1)>\n\n[now](javascript:alert(1))',
  expiresOn: '2026-12-06',
} as const;

const samples: EmailTemplates = {
  invoice_created: { ...invoice, amountDueMinor: 29_00n, issuedOn: '2026-11-29', dueOn: '2026-12-06', payUrl: url },
  payment_success: {
    ...invoice,
    amountMinor: 29_00n,
    paidOn: '2026-11-29',
    methodText: 'Visa ending 4242',
    amountDueMinor: 0n,
    credits: { added: 2_000n, available: 2_350n },
    invoiceUrl: url,
  },
  payment_failed: { ...invoice, amountMinor: 29_00n, reason: 'The bank declined the card.', finishUrl: url },
  refund_issued: {
    seller,
    recipientName: 'Ada Larsen',
    currency: 'USD',
    amountMinor: 14_50n,
    refundedOn: '2026-11-29',
    methodText: 'Visa ending 4242',
    reason: 'Bought by mistake',
    creditNotes: [{ number: 'CN-2026-11-00007', invoiceNumber: 'INV-2026-11-00042' }],
    credits: { takenBack: 1_000n, available: 1_350n },
    url,
  },
  dispute_opened: {
    seller,
    recipientName: null,
    accountName: 'Larsen ApS',
    currency: 'USD',
    amountMinor: 29_00n,
    reason: 'product_not_received',
    evidenceDueOn: '2026-12-08',
    creditsFrozen: 1_200n,
    gateway: 'stripe',
    gatewayReference: 'dp_1',
    url,
  },
  manual_payment_instructions: howToTransfer,
  manual_payment_reminder: howToTransfer,
  manual_payment_approved: {
    ...transfer,
    receivedMinor: 29_00n,
    amountDueMinor: 0n,
    credits: { added: 2_000n, available: 2_350n },
  },
  manual_payment_rejected: { ...transfer, amountMinor: 29_00n, reason: 'Nothing has arrived.' },
  proof_received: {
    seller,
    recipientName: null,
    accountName: 'Larsen ApS',
    currency: 'USD',
    amountMinor: 29_00n,
    methodName: 'Bank transfer',
    reference: '7K3M9-QX2PT',
    transactionId: 'FT-1',
    payerName: 'Ada Larsen',
    proofs: 1,
    isDuplicate: true,
    url,
  },
  credits_low: { ...about, threshold: 500n, fellTo: 499n, available: 498n },
  credits_included_used: { ...about, percent: 80, spent: 800n, included: 1_000n, available: 250n },
  top_up_failed: {
    ...about,
    reason: 'card_declined',
    message: 'Your card was declined.',
    switchedOff: false,
    canBeFinished: true,
    available: 12n,
  },
  top_up_cap_reached: { ...about, capMinor: 50_00n, currency: 'USD', resumesOn: '2026-12-01', available: 12n },
  card_expiring: {
    seller,
    recipientName: 'Ada Larsen',
    methodText: 'Visa ending 4242',
    expiresOn: '2026-12-31',
    isCharged: true,
    url,
  },
  verify_email: { ...link, timeZone: 'Europe/Copenhagen' },
  reset_password: { ...link, timeZone: 'Europe/Copenhagen' },
};

const names: readonly EmailTemplateName[] = [
  'invoice_created',
  'payment_success',
  'payment_failed',
  'refund_issued',
  'dispute_opened',
  'manual_payment_instructions',
  'manual_payment_reminder',
  'manual_payment_approved',
  'manual_payment_rejected',
  'proof_received',
  'credits_low',
  'credits_included_used',
  'top_up_failed',
  'top_up_cap_reached',
  'card_expiring',
  'verify_email',
  'reset_password',
];

/** The words of an HTML part as a reader sees them. */
function visible({ html: markup }: RenderedEmail): string {
  return markup
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');
}

function spaced(text: string): string {
  return text.replace(/\p{Zs}+/gu, ' ');
}

describe('e-mails', () => {
  for (const name of names) {
    test(`${name}: both parts carry the link and the words, and nothing is loaded from anywhere`, () => {
      const email = renderEmail(name, samples[name], 'en-GB');
      assert.ok(email.text.includes(`\n${url}\n`), 'the link stands alone on a line of the text part');
      assert.ok(email.html.includes('href="https://billing.example/account/invoices/inv_01k9?from=mail&amp;x=1"'));
      assert.ok(visible(email).includes('Northwind & Sons'));
      assert.ok(email.text.includes('14 Harbour Street'));
      assert.match(email.html, /<html lang="en" dir="ltr">/);
      assert.match(email.html, /<meta name="color-scheme" content="light dark">/);
      assert.doesNotMatch(email.html, /<img|<[^>]*src=|url\(|@import|<link|<script/i);
      const targets = [...email.html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
      assert.deepEqual(new Set(targets), new Set([url.replace('&', '&amp;')]));
    });
  }

  test('amounts are the same in subject, HTML and text, with the currency’s code', () => {
    for (const name of ['invoice_created', 'payment_success', 'payment_failed'] as const) {
      const email = renderEmail(name, samples[name], 'en-GB');
      assert.ok(spaced(visible(email)).includes('USD 29.00'), name);
      assert.ok(spaced(email.text).includes('USD 29.00'), name);
      assert.ok(spaced(email.text).includes('- Pro credit package × 2: 29.00'), name);
    }
    const created = renderEmail('invoice_created', samples.invoice_created, 'en-GB');
    assert.equal(spaced(created.subject), 'Invoice INV-2026-11-00042 from Northwind & Sons: USD 29.00');
    assert.ok(created.text.includes('6 December 2026'));
  });

  test('a payment’s e-mail tells the credits added, the balance and the method, or nothing of credits', () => {
    const { text } = renderEmail('payment_success', samples.payment_success, 'en-GB');
    assert.match(text, /Credits added: 2,000\nCredits available now: 2,350/);
    assert.match(text, /Payment method: Visa ending 4242/);
    const without = renderEmail('payment_success', { ...samples.payment_success, credits: null }, 'en-GB');
    assert.doesNotMatch(without.text, /credits added/i);
  });

  test('a refund is told with its credit notes, where the money goes, and the credits it took back', () => {
    const { text, subject } = renderEmail('refund_issued', samples.refund_issued, 'en-GB');
    assert.equal(spaced(subject), 'USD 14.50 from Northwind & Sons is on its way back to you');
    assert.match(text, /Visa ending 4242/);
    assert.match(text, /Credit note: CN-2026-11-00007, for invoice INV-2026-11-00042/);
    assert.match(text, /Credits taken back: 1,000\nCredits available now: 1,350/);
    const plain = renderEmail('refund_issued', { ...samples.refund_issued, credits: null, creditNotes: [] }, 'en-GB');
    assert.doesNotMatch(plain.text, /credit note|credits/i);
  });

  test('a dispute is told with the day the bank takes an answer until', () => {
    const { text } = renderEmail('dispute_opened', samples.dispute_opened, 'en-GB');
    assert.match(text, /Larsen ApS/);
    assert.match(text, /Reason: product not received\nAnswer by: 8 December 2026/);
    assert.match(text, /1,200 unspent credits/);
  });

  test('a low balance is told with the threshold, what it fell to and what there is now', () => {
    const { text } = renderEmail('credits_low', samples.credits_low, 'en-GB');
    assert.match(text, /below the 500 credits you asked to be told at: 499 were left/);
    assert.match(text, /Your threshold: 500\nCredits available now: 498/);
  });

  test('included credits are told as a share, and as used up only when they are', () => {
    const used = renderEmail('credits_included_used', samples.credits_included_used, 'en-GB');
    assert.match(used.subject, /^80% of your included credits/);
    assert.doesNotMatch(used.text, /other credits are used/);
    const all = { ...samples.credits_included_used, percent: 100, spent: 1_000n };
    assert.match(renderEmail('credits_included_used', all, 'en-GB').text, /other credits are used/);
  });

  test('a failed top-up says why in our words or the bank’s, and asks for money only where it can be paid', () => {
    const declined = renderEmail('top_up_failed', samples.top_up_failed, 'en-GB');
    assert.match(declined.text, /Reason: Your card was declined\./);
    assert.match(declined.text, /finish this payment yourself/);
    const missing = {
      ...samples.top_up_failed,
      reason: 'saved_method_missing',
      canBeFinished: false,
      switchedOff: true,
    };
    const off = renderEmail('top_up_failed', missing, 'en-GB').text;
    assert.match(off, /Reason: There is no saved payment method/);
    assert.match(off, /switched off now/);
    assert.doesNotMatch(off, /finish/i);
    const silent = { ...samples.top_up_failed, message: '' };
    assert.match(renderEmail('top_up_failed', silent, 'en-GB').text, /Reason: The payment was not completed\./);
  });

  test('a reached cap names the cap and the day it ends', () => {
    const { text } = renderEmail('top_up_cap_reached', samples.top_up_cap_reached, 'en-GB');
    assert.match(spaced(text), /exceed the USD 50\.00 you allow/);
    assert.match(text, /1 December 2026/);
  });

  test('a failure without a reason invents none', () => {
    const { text } = renderEmail('payment_failed', { ...samples.payment_failed, reason: '' }, 'en-GB');
    assert.doesNotMatch(text, /Reason/);
  });

  test('a part payment is not called a full one', () => {
    const email = renderEmail('payment_success', { ...samples.payment_success, amountDueMinor: 10_00n }, 'en-GB');
    assert.doesNotMatch(email.text, /in full/);
    assert.ok(spaced(email.text).includes('USD 10.00 is still due'));
  });

  test('a hostile name is text in every place it reaches', () => {
    const name = `"><script>alert('x')</script><b>&amp;`;
    const hostile = {
      ...samples.payment_failed,
      seller: { ...seller, name, addressLines: [name] },
      recipientName: name,
      reason: name,
      lines: [{ description: name, quantity: 1n, amountMinor: 29_00n }],
    };
    const { html: markup } = renderEmail('payment_failed', hostile, 'en-GB');
    assert.doesNotMatch(markup, /<script|<b>/);
    assert.ok(markup.includes('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&lt;b&gt;&amp;amp;'));
  });

  test('text from outside cannot add a header, a line of ours or an advertisement', () => {
    const hostile = {
      ...samples.invoice_created,
      seller: { ...seller, name: 'Evil\r\nBcc: everyone@example.com' },
      lines: [{ description: 'Thing\nTotal: USD 0.00', quantity: 1n, amountMinor: 29_00n }],
    };
    const email = renderEmail('invoice_created', hostile, 'en-GB');
    assert.doesNotMatch(email.subject, /[\r\n]/);
    assert.doesNotMatch(email.text, /^Total: USD 0/m);
    for (const recipientName of ['Win at evil.example', 'https://evil.example', 'x'.repeat(61), '']) {
      const verify = renderEmail('verify_email', { ...samples.verify_email, recipientName }, 'en-GB');
      assert.doesNotMatch(verify.text, /Hello/);
      assert.doesNotMatch(verify.html, /Hello/);
    }
    assert.match(
      renderEmail('verify_email', { ...samples.verify_email, recipientName: 'Dr. Ada Ł.' }, 'en').text,
      /Hello Dr/,
    );
  });

  test('a link that is no web address is refused', () => {
    for (const bad of ['javascript:alert(1)', '/relative', 'https://', 'https://a b', 'mailto:x@example.com']) {
      assert.throws(() => renderEmail('verify_email', { ...samples.verify_email, url: bad }, 'en'), EmailLinkRefused);
    }
  });

  test('a language written from right to left turns the page round', () => {
    const texts = { ...textsFor('ur-PK'), language: 'ur', direction: 'rtl' } as const;
    const { html: markup } = renderEmail('payment_success', samples.payment_success, 'ur-PK', texts);
    assert.match(markup, /<html lang="ur" dir="rtl">/);
    assert.match(markup, /<th scope="col" class="soft heading" align="right"/);
  });

  test('text stands out from its ground by at least 4.5 to 1, in light and dark', () => {
    for (const [text, ground] of contrastPairs) {
      assert.ok(contrast(text, ground) >= 4.5, `${text} on ${ground}: ${contrast(text, ground).toFixed(2)}`);
    }
  });
});

describe('html template tag', () => {
  test('values are escaped, markup and lists of markup are not, null is nothing', () => {
    assert.equal(
      html`<p>${'<a>'}${null}${[html`<i>${"'"}</i>`, '&']}${3}</p>`.markup,
      '<p>&lt;a&gt;<i>&#39;</i>&amp;3</p>',
    );
  });
});

/** Contrast ratio of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
