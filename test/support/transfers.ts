import { deflateSync } from 'node:zlib';
import { crc32 } from 'node:zlib';
import type { TestClient } from './test-client.ts';
import { packageOf, type PackageSlug, type Purchase } from './purchase.ts';
import type { Caller } from './test-client.ts';

/** A customer in Pakistan, where the sample data offers a bank transfer and wallets. */
export const inPakistan = { country: 'PK', name: 'Indus Studio', billing_email: 'pay@indus.example' } as const;

/** Buys a package by transfer: the invoice is issued, and the payment waits for its payer. */
export async function buyByTransfer(
  client: TestClient,
  as: Caller,
  order: { slug?: PackageSlug; method?: string } = {},
): Promise<Purchase> {
  const body = {
    package_id: await packageOf(client, as, order.slug ?? 'starter'),
    payment_method: order.method ?? 'easypaisa',
  };
  return await client.ok('purchaseCredits', { as, body });
}

/** A proof as an app's screenshot would be. */
export async function uploadProof(client: TestClient, as: Caller, paymentId: string, bytes: Buffer = png()) {
  return await client.ok('uploadProof', { as, ...uploadOf(paymentId, bytes) });
}

/** The request of an upload. */
export function uploadOf(paymentId: string, bytes: Buffer, contentType = 'image/png', filename = 'receipt.png') {
  return {
    params: { id: paymentId },
    query: { filename },
    payload: bytes,
    headers: { 'content-type': contentType },
  };
}

/** A declaration that Easypaisa's option takes; the number is the transaction id. */
export function declarationOf(transactionId: string) {
  return {
    payer_name: 'Amna Khan',
    payer_account: '0345 1112223',
    transaction_id: transactionId,
    paid_on: '2026-11-20',
  };
}

/** Uploads a proof and declares the transfer. */
export async function declare(client: TestClient, as: Caller, paymentId: string, transactionId: string) {
  await uploadProof(client, as, paymentId);
  const body = declarationOf(transactionId);
  return await client.ok('declareTransfer', { as, params: { id: paymentId }, body });
}

/** A chunk of a PNG with its check sum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A small grey PNG, with more chunks between its header and its data if wanted. */
export function png(...more: readonly Buffer[]): Buffer {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0]);
  const data = deflateSync(Buffer.from([0, 40, 80, 0, 120, 160]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    ...more,
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
