import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { proofBytesMax, proofsMax } from '#shared/contract/proofs.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { newMember, newStaff, type Person } from '#test/support/test-people.ts';
import type { Caller, Customer } from '#test/support/test-client.ts';
import { buyByTransfer, declare, inPakistan, png, pngChunk, uploadOf, uploadProof } from '#test/support/transfers.ts';

describe('proofs over HTTP', () => {
  let app: TestApp;
  let staff: Person;
  let customer: Customer;
  let paymentId: string;

  before(async () => {
    app = await createTestApp();
    staff = await newStaff(app, 'read_only');
    customer = await app.provision(inPakistan);
    paymentId = (await buyByTransfer(app, customer)).payment.id;
  });
  after(async () => {
    await app.close();
  });

  async function storedFiles(): Promise<number> {
    const { payment } = await app.ok('getPayment', { as: customer, params: { id: paymentId } });
    return payment.transfer?.proofs.length ?? 0;
  }

  test('a page that calls itself a picture is refused by its bytes', async () => {
    const page = Buffer.from('<html><script>alert(document.domain)</script></html>');
    for (const type of ['image/png', 'image/jpeg', 'application/pdf']) {
      await app.refused('uploadProof', 'proof_unreadable', { as: customer, ...uploadOf(paymentId, page, type) });
    }
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    await app.refused('uploadProof', 'proof_unreadable', { as: customer, ...uploadOf(paymentId, drawing) });
    await app.refused('uploadProof', 'proof_unreadable', { as: customer, ...uploadOf(paymentId, Buffer.alloc(0)) });
    assert.equal(await storedFiles(), 0);
  });

  test('other kinds of body are refused before they are read', async () => {
    for (const type of [
      'text/html',
      'image/svg+xml',
      'application/json',
      'multipart/form-data; boundary=x',
      'image/gif',
    ]) {
      const request = uploadOf(paymentId, png(), type);
      await app.refused('uploadProof', 'unsupported_media_type', { as: customer, ...request });
    }
    const asJson = { params: { id: paymentId }, payload: png(), headers: { 'content-type': 'image/png' } };
    await app.refused('declareTransfer', 'unsupported_media_type', { as: customer, ...asJson });
  });

  test('what is too large is refused', async () => {
    const large = Buffer.concat([png(), Buffer.alloc(proofBytesMax)]);
    await app.refused('uploadProof', 'body_too_large', { as: customer, ...uploadOf(paymentId, large) });
    const fits = Buffer.concat([png(), Buffer.alloc(proofBytesMax - png().length)]);
    const proof = await uploadProof(app, customer, paymentId, fits);
    assert.equal(proof.size, png().length, 'what followed the picture is not kept');
    await app.ok('deleteProof', { as: customer, params: { id: paymentId, proof_id: proof.id } });
  });

  test('a proof is only ever a download, under its own kind and a harmless name', async () => {
    const text = pngChunk('tEXt', Buffer.from('GPS\u000048.8583'));
    const request = uploadOf(paymentId, png(text), 'image/jpeg', '../Überweisung"; x=.HTML');
    const proof = await app.ok('uploadProof', { as: customer, ...request });
    assert.deepEqual([proof.content_type, proof.filename], ['image/png', 'Überweisung x=.png']);
    const params = { id: paymentId, proof_id: proof.id };
    for (const [name, as] of [['getProof', customer] as const, ['getAnyProof', staff] as const]) {
      const answer = await app.call(name, { as, params });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'image/png');
      assert.equal(
        answer.headers['content-disposition'],
        `attachment; filename="_berweisung x=.png"; filename*=UTF-8''%C3%9Cberweisung%20x%3D.png`,
      );
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.equal(answer.headers['content-security-policy'], "default-src 'none'; sandbox");
      assert.match(String(answer.headers['cache-control']), /private, no-store/);
      assert.ok(!answer.body.includes('GPS'), 'without what the camera wrote');
    }
    await app.ok('deleteProof', { as: customer, params });
    await app.refused('getProof', 'not_found', { as: customer, params });
  });

  test('a payment has at most five, and another one when one is taken back', async () => {
    const proofs = [];
    for (let index = 0; index < proofsMax; index += 1) proofs.push(await uploadProof(app, customer, paymentId));
    await app.refused('uploadProof', 'too_many_proofs', { as: customer, ...uploadOf(paymentId, png()) });
    for (const { id } of proofs) await app.ok('deleteProof', { as: customer, params: { id: paymentId, proof_id: id } });
    const atOnce = await Promise.all(
      Array.from({ length: proofsMax + 3 }, () =>
        app.call('uploadProof', { as: customer, ...uploadOf(paymentId, png()) }),
      ),
    );
    assert.equal(atOnce.filter((answer) => answer.status === 201).length, proofsMax);
    assert.equal(await storedFiles(), proofsMax);
  });

  test('taking back makes no room without end', async () => {
    const payment = (await buyByTransfer(app, customer, { slug: 'business' })).payment.id;
    for (let sent = 0; sent < 4 * proofsMax; sent += 1) {
      const { id } = await uploadProof(app, customer, payment);
      await app.ok('deleteProof', { as: customer, params: { id: payment, proof_id: id } });
    }
    const refused = await app.refused('uploadProof', 'too_many_proofs', { as: customer, ...uploadOf(payment, png()) });
    assert.match(refused.detail, /at most 20 files/);
  });

  test('the last proof of a declared transfer stays', async () => {
    const payment = (await buyByTransfer(app, customer, { slug: 'pro' })).payment.id;
    const declared = await declare(app, customer, payment, '91345678901');
    const [proof] = declared.payment.transfer?.proofs ?? [];
    assert.ok(proof !== undefined);
    const params = { id: payment, proof_id: proof.id };
    await app.refused('deleteProof', 'proof_missing', { as: customer, params });
    await uploadProof(app, customer, payment);
    await app.ok('deleteProof', { as: customer, params });
  });

  test('nobody sees or changes the transfer of another account', async () => {
    const stranger = await app.provision({ ...inPakistan, name: 'Stranger' });
    const own = (await buyByTransfer(app, stranger)).payment.id;
    const { id: proofId } = await uploadProof(app, stranger, own);
    const there = { id: own, proof_id: proofId };
    await app.refused('getProof', 'not_found', { as: customer, params: there });
    await app.refused('getProof', 'not_found', { as: customer, params: { id: paymentId, proof_id: proofId } });
    await app.refused('deleteProof', 'not_found', { as: customer, params: there });
    await app.refused('uploadProof', 'not_found', { as: customer, ...uploadOf(own, png()) });
    const body = { payer_name: 'Me', payer_account: '1', transaction_id: '12345678901' };
    await app.refused('declareTransfer', 'not_found', { as: customer, params: { id: own }, body });
    await app.refused('getAnyProof', 'forbidden', { as: customer, params: there });
    await app.refused('listAllPayments', 'forbidden', { as: customer });
    await app.refused('approvePayment', 'forbidden', { as: staff, params: { id: own }, body: {} });
  });

  test('a viewer looks at proofs and uploads none; another site makes nobody upload', async () => {
    const owner = await app.signUp({ country: 'PK' });
    const viewer = await newMember(app, owner, 'viewer');
    const payment = (await buyByTransfer(app, owner)).payment.id;
    const proof = await uploadProof(app, owner, payment);
    const params = { id: payment, proof_id: proof.id };
    assert.equal((await app.call('getProof', { as: viewer, params })).status, 200);
    await app.refused('uploadProof', 'forbidden', { as: viewer, ...uploadOf(payment, png()) });
    const elsewhere: Caller = { headers: { cookie: owner.cookie, origin: 'https://elsewhere.example' } };
    await app.refused('uploadProof', 'foreign_origin', { as: elsewhere, ...uploadOf(payment, png()) });
    await app.refused('uploadProof', 'unauthenticated', { ...uploadOf(payment, png()) });
  });
});
