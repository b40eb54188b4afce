import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createInvoice } from '#server/flows/invoices/create-invoice.ts';
import { verifyBooks } from '#server/flows/reports/verify-books.ts';
import { system } from '#server/modules/team/index.ts';
import { gatherInvoiceFacts } from '#server/flows/steps/gather-invoice-facts.ts';
import { invoiceDocumentOf } from '#server/flows/steps/invoice-document.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { publicId } from '#shared/ids/index.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { buy, cards, clientSecretOf, packageOf, payByCard } from '#test/support/purchase.ts';
import { newStaff } from '#test/support/test-people.ts';
import { type Caller, type Customer, uuidOf } from '#test/support/test-client.ts';
import { buyByTransfer, declarationOf, declare, inPakistan, uploadProof } from '#test/support/transfers.ts';

const hour = 3_600;
const day = 24 * hour;

describe('transfers', () => {
  let app: TestApp;
  let staff: Caller;

  before(async () => {
    app = await createTestApp();
    staff = await newStaff(app, 'finance');
  });
  after(async () => {
    await app.close();
  });

  async function assertBooksHold(): Promise<void> {
    const problems: string[] = [];
    await verifyBooks(app.app, (result) => {
      problems.push(...result.offenders.map(({ subject, problem }) => `${result.name}: ${subject} ${problem}`));
    });
    assert.deepEqual(problems, []);
  }

  async function available(customer: Customer): Promise<number> {
    return (await app.ok('getCreditBalance', { as: customer })).available;
  }

  test('from the click to the credits: reference, proof, declaration, approval', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    const params = { id: purchase.payment.id };
    assert.deepEqual(purchase.next, { type: 'transfer' });
    assert.equal(purchase.payment.status, 'awaiting_transfer');
    const { transfer } = purchase.payment;
    assert.ok(transfer !== null);
    assert.match(transfer.reference, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    assert.equal(transfer.method_name, 'Easypaisa');
    assert.deepEqual(transfer.fields.at(-1), { label: 'Easypaisa number', value: '0345 0000000' });
    assert.equal(transfer.expires_at, purchase.invoice.expires_at, 'the invoice waits as long as the transfer');
    await app.refused('declareTransfer', 'proof_missing', { as: customer, params, body: declarationOf('12345678901') });
    const proof = await uploadProof(app, customer, params.id);
    assert.deepEqual([proof.content_type, proof.filename], ['image/png', 'receipt.png']);
    const incomplete = await app.refused('declareTransfer', 'validation_failed', { as: customer, params, body: {} });
    assert.deepEqual(
      incomplete.errors?.map((error) => error.pointer),
      ['/body/payer_name', '/body/payer_account', '/body/transaction_id'],
    );
    const wrong = { ...declarationOf('123'), note: 'sent' };
    await app.refused('declareTransfer', 'validation_failed', { as: customer, params, body: wrong });
    const declared = await app.ok('declareTransfer', { as: customer, params, body: declarationOf('1234 5678 901') });
    assert.deepEqual([declared.payment.status, declared.next.type], ['pending_approval', 'wait']);
    assert.equal(declared.payment.transfer?.declaration?.transaction_id, '1234 5678 901');
    await app.refused('cancelPayment', 'payment_under_way', { as: customer, params });

    const queue = await app.ok('listAllPayments', {
      as: staff,
      query: { status: 'pending_approval', sort: 'waiting', search: transfer.reference.toLowerCase() },
    });
    assert.deepEqual(
      queue.data.map((payment) => [payment.id, payment.account.name, payment.duplicates.length]),
      [[params.id, 'Indus Studio', 0]],
    );
    const approved = await app.ok('approvePayment', { as: staff, params, body: { note: 'seen on the statement' } });
    assert.deepEqual([approved.status, approved.amount_received, approved.attention], ['succeeded', 250_000, null]);
    await app.drain();
    assert.equal(await available(customer), 500);
    const invoice = await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(invoice.status, 'paid');
    assert.deepEqual(
      invoice.payments[0]?.transfer?.timeline.map((step) => step.status),
      ['created', 'awaiting_transfer', 'pending_approval', 'succeeded'],
    );
    await app.refused('approvePayment', 'transfer_not_open', { as: staff, params, body: {} });
    await app.refused('rejectPayment', 'transfer_not_open', { as: staff, params, body: { reason: 'Too late' } });
    await app.refused('deleteProof', 'transfer_not_open', { as: customer, params: { ...params, proof_id: proof.id } });
    await assertBooksHold();
  });

  test('approved in part, the rest stays due and is paid by another payment', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    await declare(app, customer, purchase.payment.id, '22345678901');
    await app.ok('approvePayment', { as: staff, params: { id: purchase.payment.id }, body: { amount: 100_000 } });
    await app.drain();
    const params = { id: purchase.invoice.id };
    const half = await app.ok('getInvoice', { as: customer, params });
    assert.deepEqual([half.status, half.amount_paid, half.amount_due], ['pending', 100_000, 150_000]);
    assert.equal(half.expires_at, null, 'what has money on it is not voided');
    assert.equal(await available(customer), 0);
    await app.advance(30 * day);
    const rest = await app.ok('payInvoice', { as: customer, params, body: { payment_method: 'jazzcash' } });
    assert.equal(rest.payment.amount, 150_000);
    await uploadProof(app, customer, rest.payment.id);
    const body = declarationOf('T-998');
    await app.ok('declareTransfer', { as: customer, params: { id: rest.payment.id }, body });
    await app.ok('approvePayment', { as: staff, params: { id: rest.payment.id }, body: {} });
    await app.drain();
    assert.equal((await app.ok('getInvoice', { as: customer, params })).status, 'paid');
    assert.equal(await available(customer), 500);
    const target = { accountId: customer.accountId, invoiceId: uuidOf(purchase.invoice.id) };
    const facts = await inRead(app.app, { account: customer.accountId }, (db) => gatherInvoiceFacts(db, target));
    const shown = invoiceDocumentOf({ ...facts, payUrl: '' }, 'paid').payments;
    assert.deepEqual(
      shown.map(({ description, amountMinor }) => [description, amountMinor]),
      [
        ['Easypaisa', 100_000n],
        ['JazzCash', 150_000n],
      ],
      'the document shows what each payment brought',
    );
    await assertBooksHold();
  });

  test('more than was asked pays the invoice, and the rest is flagged for staff', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    const params = { id: purchase.payment.id };
    await declare(app, customer, params.id, '32345678901');
    const approved = await app.ok('approvePayment', { as: staff, params, body: { amount: 260_000 } });
    await app.drain();
    assert.match(approved.attention ?? '', /^more_than_due: 10000 /);
    assert.equal(await available(customer), 500);
    const seen = await app.ok('clearAttention', { as: staff, params, body: { note: 'Sent back by bank' } });
    assert.equal(seen.attention, null);
    await app.refused('approvePayment', 'validation_failed', { as: staff, params, body: { amount: 0 } });
    await assertBooksHold();
  });

  test('rejected with a reason, the invoice can be paid again', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    const params = { id: purchase.payment.id };
    await app.refused('rejectPayment', 'transfer_not_open', { as: staff, params, body: { reason: 'Not declared' } });
    await declare(app, customer, params.id, '42345678901');
    await app.ok('rejectPayment', { as: staff, params, body: { reason: 'Nothing has arrived by that id.' } });
    await app.advance(2 * hour);
    const told = await app.ok('getPayment', { as: customer, params });
    assert.deepEqual([told.payment.status, told.next.type], ['rejected', 'none']);
    assert.equal(told.payment.transfer?.rejection_reason, 'Nothing has arrived by that id.');
    assert.deepEqual([told.invoice.status, told.invoice.last_payment_error?.code], ['pending', 'transfer_rejected']);
    const again = await app.ok('payInvoice', {
      as: customer,
      params: { id: purchase.invoice.id },
      body: { payment_method: 'easypaisa' },
    });
    assert.notEqual(again.payment.id, params.id);
    assert.notEqual(again.payment.transfer?.reference, purchase.payment.transfer?.reference);
    await assertBooksHold();
  });

  test('two members of the staff who approve at once approve once', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    const params = { id: purchase.payment.id };
    await declare(app, customer, params.id, '52345678901');
    const other = await newStaff(app, 'owner');
    const answers = await Promise.all([
      app.call('approvePayment', { as: staff, params, body: {} }),
      app.call('approvePayment', { as: other, params, body: {} }),
      app.call('approvePayment', { as: staff, params, body: {}, key: 'the-same' }),
      app.call('approvePayment', { as: staff, params, body: {}, key: 'the-same' }),
    ]);
    const ok = answers.filter((answer) => answer.status === 200).length;
    const refused = answers.filter((answer) => answer.status === 409).length;
    assert.equal(ok + refused, 4, answers.map((answer) => answer.body).join('\n'));
    assert.ok(ok >= 1 && refused >= 1);
    await app.drain();
    assert.equal(await available(customer), 500);
    await assertBooksHold();
  });

  test('a transaction id that was named before is flagged, in whatever way it is written', async () => {
    const [first, second] = [await app.provision(inPakistan), await app.provision({ ...inPakistan, name: 'Copycat' })];
    const one = await buyByTransfer(app, first);
    const two = await buyByTransfer(app, second);
    await declare(app, first, one.payment.id, '62345678901');
    await declare(app, second, two.payment.id, '6234-5678-901');
    const flagged = await app.ok('getAnyPayment', { as: staff, params: { id: two.payment.id } });
    assert.match(flagged.attention ?? '', /^duplicate_transaction_id: /);
    assert.deepEqual(flagged.duplicates, [{ payment_id: one.payment.id, account_name: 'Indus Studio' }]);
    const found = await app.ok('listAllPayments', { as: staff, query: { search: '6234 5678' } });
    assert.deepEqual(found.data.map((payment) => payment.id).toSorted(), [one.payment.id, two.payment.id].toSorted());
    const corrected = declarationOf('62345678902');
    await app.ok('declareTransfer', { as: second, params: { id: two.payment.id }, body: corrected });
    const now = await app.ok('getAnyPayment', { as: staff, params: { id: two.payment.id } });
    assert.equal(now.attention, null);
  });

  test('an undeclared transfer ends with its time, and its purchase with it', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    await app.advance(2 * day);
    assert.equal((await app.ok('getInvoice', { as: customer, params: { id: purchase.invoice.id } })).status, 'pending');
    await app.advance(day + hour);
    const ended = await app.ok('getPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.deepEqual([ended.payment.status, ended.invoice.status], ['canceled', 'void']);
    const params = { id: purchase.payment.id };
    await app.refused('declareTransfer', 'transfer_not_open', { as: customer, params, body: declarationOf('1') });
    await assertBooksHold();
  });

  test('what arrives after the time of a transfer is booked, and kept in sight when nothing is due any more', async () => {
    const customer = await app.provision(inPakistan);
    const [late, given] = [await buyByTransfer(app, customer), await buyByTransfer(app, customer)];
    await app.ok('cancelPayment', { as: customer, params: { id: given.payment.id } });
    const approved = await app.ok('approvePayment', { as: staff, params: { id: given.payment.id }, body: {} });
    assert.deepEqual([approved.status, approved.attention], ['succeeded', null]);
    const paid = await app.ok('getInvoice', { as: customer, params: { id: given.invoice.id } });
    assert.equal(paid.status, 'paid');
    await app.advance(4 * day);
    const booked = await app.ok('approvePayment', { as: staff, params: { id: late.payment.id }, body: {} });
    assert.equal(booked.status, 'succeeded');
    assert.match(booked.attention ?? '', /^more_than_due/);
    assert.equal(await available(customer), given.credits);
    await assertBooksHold();
  });

  test('a declared transfer is kept however long staff take', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    await declare(app, customer, purchase.payment.id, '72345678901');
    await app.advance(20 * day);
    const params = { id: purchase.payment.id };
    assert.equal((await app.ok('getPayment', { as: customer, params })).payment.status, 'pending_approval');
    await app.ok('approvePayment', { as: staff, params, body: {} });
    await app.drain();
    assert.equal(await available(customer), 500);
  });

  test('another way to pay ends a transfer nobody has declared, and not one that is looked at', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    const params = { id: purchase.invoice.id };
    const same = await app.ok('payInvoice', { as: customer, params, body: { payment_method: 'easypaisa' } });
    assert.equal(same.payment.id, purchase.payment.id);
    await app.refused('payInvoice', 'payment_method_unavailable', {
      as: customer,
      params,
      body: { payment_method: 'mpesa' },
    });
    const byCard = await app.ok('payInvoice', { as: customer, params, body: { payment_method: 'card' } });
    assert.equal(byCard.next.type, 'confirm_card');
    const old = await app.ok('getPayment', { as: customer, params: { id: purchase.payment.id } });
    assert.equal(old.payment.status, 'canceled');
    const back = await app.ok('payInvoice', { as: customer, params, body: { payment_method: 'easypaisa' } });
    await declare(app, customer, back.payment.id, '82345678901');
    await app.refused('payInvoice', 'payment_under_way', { as: customer, params, body: { payment_method: 'card' } });
    await assertBooksHold();
  });

  test('given up by its payer, its invoice can be paid another way', async () => {
    const customer = await app.provision(inPakistan);
    const purchase = await buyByTransfer(app, customer);
    const params = { id: purchase.payment.id };
    const ended = await app.ok('cancelPayment', { as: customer, params });
    assert.deepEqual([ended.payment.status, ended.next.type], ['canceled', 'none']);
    assert.equal((await app.ok('cancelPayment', { as: customer, params })).payment.status, 'canceled');
    const stranger = await app.provision(inPakistan);
    await app.refused('cancelPayment', 'not_found', { as: stranger, params });
    const byCard = await buy(app, stranger);
    const left = await app.ok('cancelPayment', { as: stranger, params: { id: byCard.payment.id } });
    assert.equal(left.payment.status, 'canceled');
  });

  test('several invoices are paid by one payment', async () => {
    const customer = await app.provision(inPakistan);
    const first = await buyByTransfer(app, customer);
    const second = await buyByTransfer(app, customer, { slug: 'pro', method: 'jazzcash' });
    const invoice_ids = [first.invoice.id, second.invoice.id];
    const body = { invoice_ids, payment_method: 'card' };
    const both = await app.ok('payInvoices', { as: customer, body });
    assert.deepEqual([both.payment.amount, both.invoices.length, both.credits], [1_050_000, 2, 2_500]);
    for (const each of [first, second]) {
      const { payment } = await app.ok('getPayment', { as: customer, params: { id: each.payment.id } });
      assert.equal(payment.status, 'canceled');
    }
    const again = await app.ok('payInvoices', { as: customer, body });
    assert.equal(again.payment.id, both.payment.id, 'the same is gone on with');
    const { url, publishableKey } = app.stripe.sandbox;
    await payByCard({ url, publishableKey }, clientSecretOf(both), cards.accepted);
    const paid = await app.ok('confirmPayment', { as: customer, params: { id: both.payment.id } });
    assert.deepEqual(
      paid.invoices.map((invoice) => invoice.status),
      ['paid', 'paid'],
    );
    await app.drain();
    assert.equal(await available(customer), 2_500);
    await app.refused('payInvoices', 'invoice_not_payable', { as: customer, body });
    await assertBooksHold();
  });

  test('a part that arrives for several invoices fills them in their order', async () => {
    const customer = await app.provision(inPakistan);
    const first = await buyByTransfer(app, customer);
    const second = await buyByTransfer(app, customer, { slug: 'pro' });
    const body = { invoice_ids: [second.invoice.id, first.invoice.id], payment_method: 'easypaisa' };
    const both = await app.ok('payInvoices', { as: customer, body });
    await declare(app, customer, both.payment.id, '92345678901');
    await app.ok('approvePayment', { as: staff, params: { id: both.payment.id }, body: { amount: 300_000 } });
    await app.drain();
    const states = [];
    for (const { invoice } of [first, second]) {
      const { status, amount_due } = await app.ok('getInvoice', { as: customer, params: { id: invoice.id } });
      states.push([status, amount_due]);
    }
    assert.deepEqual(states, [
      ['paid', 0],
      ['pending', 750_000],
    ]);
    assert.equal(await available(customer), 500);
    await assertBooksHold();
  });

  test('every step is told by e-mail, once, with the reference and the invoice', async () => {
    const email = `payer-${String(Date.now())}@indus.example`;
    const customer = await app.provision({ ...inPakistan, billing_email: email });
    const purchase = await buyByTransfer(app, customer);
    const params = { id: purchase.payment.id };
    await app.ok('payInvoice', {
      as: customer,
      params: { id: purchase.invoice.id },
      body: { payment_method: 'easypaisa' },
    });
    await app.advance(2 * day);
    await declare(app, customer, params.id, '10345678901');
    await app.ok('declareTransfer', { as: customer, params, body: declarationOf('10345678902') });
    await app.ok('approvePayment', { as: staff, params, body: {} });
    await app.drain();
    const reference = purchase.payment.transfer?.reference ?? '';
    const told = await messagesTo(email);
    assert.deepEqual(
      told.map((message) => message.template),
      ['manual_payment_instructions', 'manual_payment_reminder', 'manual_payment_approved'],
    );
    for (const message of told) assert.ok(message.text?.includes(reference), message.template);
    assert.match(told[0]?.text ?? '', /Easypaisa number: 0345 0000000/);
    assert.match(told[0]?.text ?? '', /1\. Open Easypaisa, choose Send Money/);
    assert.deepEqual(
      told.map((message) => message.attachments.length),
      [1, 0, 1],
    );
    const toStaff = (await messagesTo('billing@lanternworks.example')).filter((message) =>
      message.text?.includes(reference),
    );
    assert.deepEqual(
      toStaff.map((message) => message.template),
      ['proof_received'],
    );
  });

  test('an invoice that is no purchase outlives its transfer', async () => {
    const customer = await app.provision(inPakistan);
    const invoiceId = await createInvoice(app.app, system, {
      accountId: customer.accountId,
      lines: [{ description: 'Set-up', quantity: 1n, unitAmountMinor: 5_000_00n }],
    });
    const params = { id: publicId('inv', invoiceId) };
    const body = { payment_method: 'bank_transfer' };
    const started = await app.ok('payInvoice', { as: customer, params, body });
    await app.advance(7 * day + hour);
    const ended = await app.ok('getPayment', { as: customer, params: { id: started.payment.id } });
    assert.deepEqual([ended.payment.status, ended.invoice.status], ['canceled', 'pending']);
    const again = await app.ok('payInvoice', { as: customer, params, body });
    assert.notEqual(again.payment.id, started.payment.id);
  });

  test('a suspended account may finish its transfer and start none for new credits', async () => {
    const customer = await app.signUp({ country: 'PK' });
    const purchase = await buyByTransfer(app, customer);
    await inTransaction(app.app, { account: customer.accountId }, (tx) =>
      tx.updateTable('accounts').set({ status: 'suspended' }).where('id', '=', customer.accountId).execute(),
    );
    const body = { package_id: await packageOf(app, customer, 'starter'), payment_method: 'easypaisa' };
    await app.refused('purchaseCredits', 'account_suspended', { as: customer, body });
    const declared = await declare(app, customer, purchase.payment.id, '11345678901');
    assert.equal(declared.payment.status, 'pending_approval');
  });

  test('a SEPA transfer has a code with its amount and reference, as long as there is something to pay', async () => {
    const customer = await app.provision({ country: 'DE', name: 'Spree Studio' });
    const purchase = await buyByTransfer(app, customer, { method: 'bank_transfer' });
    const { transfer } = purchase.payment;
    assert.equal(transfer?.payment_code?.kind, 'epc');
    assert.match(transfer.payment_code.content, /^BCD\n002\n1\nSCT\nCOBADEFFXXX\n/);
    assert.match(transfer.payment_code.content, /\nDE89370400440532013000\nEUR9\.00\n\nRF\d\d/);
    assert.match(transfer.payment_code.content, new RegExp(`${transfer.reference.replace('-', '')}$`));
    assert.match(transfer.payment_code.svg, /^<svg /);
    const pdf = await app.call('getInvoicePdf', { as: customer, params: { id: purchase.invoice.id } });
    assert.equal(pdf.status, 200);
    const params = { id: purchase.payment.id };
    const declared = await app.ok('declareTransfer', { as: customer, params, body: {} });
    assert.equal(declared.payment.transfer?.payment_code, null);
  });

  test('declared and paid by card at the same moment, one of the two holds', async () => {
    for (let round = 0; round < 5; round += 1) {
      const customer = await app.provision(inPakistan);
      const { payment, invoice } = await buyByTransfer(app, customer);
      await uploadProof(app, customer, payment.id);
      const [declared, started] = await Promise.all([
        app.call('declareTransfer', {
          as: customer,
          params: { id: payment.id },
          body: declarationOf(`1234567${String(1_000 + round)}`),
        }),
        app.call('payInvoice', { as: customer, params: { id: invoice.id }, body: { payment_method: 'card' } }),
      ]);
      const outcome = [declared.status, started.status].join(' ');
      assert.ok(['200 409', '409 201'].includes(outcome), `${outcome} ${declared.body} ${started.body}`);
    }
    await assertBooksHold();
  });

  async function messagesTo(to: string) {
    const { data } = await app.ok('listSandboxMessages', { query: { to } });
    const all = await Promise.all(data.map(({ id }) => app.ok('getSandboxMessage', { params: { id } })));
    return all.toReversed();
  }
});
