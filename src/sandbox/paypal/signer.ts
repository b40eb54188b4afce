import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ObjectStore } from '../journal/object-store.ts';
import { randomText } from '../serving/random-text.ts';
import { type CertificateOrder, issueCertificate } from './certificates/certificate.ts';
import type { CertifiedKey, Kinds, PayPalWriter } from './objects.ts';

const dayMs = 86_400_000;
/** Whoever checks a signature checks this name too. */
const signerName = 'messageverificationcerts.sandbox.paypal.com';
const authorityName = 'Purser sandbox PayPal root';

/**
 * The authority behind the signatures. Made when it is first asked for and kept in the journal, so that a restart changes
 * nothing for those who trust it.
 */
export function authorityOf(writer: PayPalWriter): CertifiedKey {
  const known = writer.all('authority')[0];
  if (known) return known;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { commonName: authorityName, privateKey };
  return kept(writer, 'authority', privateKey, {
    commonName: authorityName,
    publicKey,
    issuer,
    isAuthority: true,
    ...validity(),
  });
}

/** The key webhooks are signed with, and its certificate; made and kept as the authority is. */
export function signerOf(writer: PayPalWriter): CertifiedKey {
  const known = writer.all('signer')[0];
  if (known) return known;
  const issuer = { commonName: authorityName, privateKey: createPrivateKey(authorityOf(writer).privateKey) };
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return kept(writer, 'signer', privateKey, {
    commonName: signerName,
    publicKey,
    issuer,
    isAuthority: false,
    ...validity(),
  });
}

/** The same outside a request. Should the process die before it is on disk, nobody was told of it. */
export function outsideRequest<Result>(store: ObjectStore<Kinds>, ask: (writer: PayPalWriter) => Result): Result {
  return store.transact(ask).result;
}

function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + 20 * 365 * dayMs) };
}

function kept(
  writer: PayPalWriter,
  kind: 'authority' | 'signer',
  privateKey: KeyObject,
  order: CertificateOrder,
): CertifiedKey {
  const hex = '0123456789abcdef';
  const made: CertifiedKey = {
    id: `CERT-${randomText(8, hex)}-${randomText(8, hex)}`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: issueCertificate(order),
  };
  writer.put(kind, made.id, made);
  return made;
}

/** What identifies one transmission of a webhook. */
export type Transmission = { id: string; time: string; webhookId: string };

/** The text that is signed: transmission, time, webhook and the checksum of the body's bytes as a decimal number. */
export function signedText({ id, time, webhookId }: Transmission, body: string | Buffer): string {
  return `${id}|${time}|${webhookId}|${crc32(body)}`;
}

/** The signature of a transmission: RSA with SHA-256, in base64. */
export function signatureOf(signer: CertifiedKey, transmission: Transmission, body: string): string {
  const key = createPrivateKey(signer.privateKey);
  return sign('sha256', Buffer.from(signedText(transmission, body)), key).toString('base64');
}

/** The key to check signatures with. */
export function verificationKey(signer: CertifiedKey) {
  return createPublicKey(signer.certificate);
}
