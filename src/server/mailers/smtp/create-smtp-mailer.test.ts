import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { OutgoingEmail } from '#server/modules/notifications/mailer.ts';
import { EmailNotAccepted, createSmtpMailer } from './create-smtp-mailer.ts';

const email: OutgoingEmail = {
  messageId: '<payment_success.inv_1@billing.example>',
  from: 'Northwind <billing@northwind.example>',
  to: 'owner@example.com',
  replyTo: 'help@northwind.example',
  subject: 'Rechnung für Łódź · رسید',
  html: '<p>USD 29.00</p>',
  text: 'USD 29.00',
  attachments: [
    { filename: 'INV-2026-11-00001.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.7') },
  ],
};

describe('smtp mailer', () => {
  const received: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(address, _session, done) {
      done(address.address.startsWith('refused') ? new Error('No such mailbox') : null);
    },
    onData(stream, _session, done) {
      simpleParser(stream).then((mail) => {
        received.push(mail);
        done();
      }, done);
    },
  });
  let url = '';

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const address = server.server.address();
    assert.ok(address !== null && typeof address === 'object');
    url = `smtp://127.0.0.1:${address.port}`;
  });
  after(() => new Promise<void>((resolve) => server.close(() => resolve())));

  test('what is sent arrives whole, with a stable Message-ID and marked as automatic', async () => {
    await createSmtpMailer(url).deliver(email);
    const mail = received.at(-1);
    assert.ok(mail);
    assert.equal(mail.messageId, email.messageId);
    assert.equal(mail.subject, email.subject);
    assert.equal(mail.from?.text, '"Northwind" <billing@northwind.example>');
    assert.equal(mail.replyTo?.text, 'help@northwind.example');
    assert.equal(mail.text?.trim(), 'USD 29.00');
    assert.equal(mail.html, '<p>USD 29.00</p>');
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(mail.attachments[0]?.filename, 'INV-2026-11-00001.pdf');
    assert.equal(mail.attachments[0]?.contentType, 'application/pdf');
    assert.equal(mail.attachments[0]?.content.toString(), '%PDF-1.7');
  });

  test('a refused address is an error that keeps its cause, and nothing is delivered', async () => {
    const deliveredBefore = received.length;
    await assert.rejects(
      createSmtpMailer(url).deliver({ ...email, to: 'refused@example.com' }),
      (error: unknown) => error instanceof EmailNotAccepted && /No such mailbox/.test(String(error.cause)),
    );
    assert.equal(received.length, deliveredBefore);
  });

  test('an unreachable server is an error', async () => {
    await assert.rejects(createSmtpMailer('smtp://127.0.0.1:1').deliver(email), EmailNotAccepted);
  });
});
