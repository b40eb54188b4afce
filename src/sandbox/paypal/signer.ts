import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ObjectStore } from '../journal/object-store.ts';
import { randomText } from '../serving/random-text.ts';
import { issueCertificate } from './certificates/certificate.ts';
import type { Kinds, Signer } from './objects.ts';

const dayMs = 86_400_000;
/** Whoever checks a signature checks this name too. */
const signerName = 'messageverificationcerts.sandbox.paypal.com';
const authorityName = 'Purser sandbox PayPal root';

/**
 * What webhooks are signed with: a key, its certificate, and the authority that issued it. Made when it is first needed
 * and kept in the journal, so that a restart changes nothing for those who trust the authority.
 */
export function signerOf(store: ObjectStore<Kinds>): Signer {
  const known = store.all('signer')[0];
  if (known) return known;
  const signer = newSigner();
  // Should the process die before this is on disk, nobody was told of the signer.
  void store.transact((writer) => writer.put('signer', signer.id, signer)).durable;
  return signer;
}

function newSigner(): Signer {
  const validity = { notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + 20 * 365 * dayMs) };
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { commonName: authorityName, privateKey: root.privateKey };
  const signing = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return {
    id: `CERT-${randomText(8, 'abcdef0123456789')}-${randomText(8, 'abcdef0123456789')}`,
    privateKey: signing.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: issueCertificate({
      commonName: signerName,
      publicKey: signing.publicKey,
      issuer,
      isAuthority: false,
      ...validity,
    }),
    authority: issueCertificate({
      commonName: authorityName,
      publicKey: root.publicKey,
      issuer,
      isAuthority: true,
      ...validity,
    }),
  };
}

/** What identifies one transmission of a webhook. */
export type Transmission = { id: string; time: string; webhookId: string };

/** The text that is signed: transmission, time, webhook and the checksum of the body's bytes as a decimal number. */
export function signedText({ id, time, webhookId }: Transmission, body: string | Buffer): string {
  return `${id}|${time}|${webhookId}|${crc32(body)}`;
}

/** The signature of a transmission: RSA with SHA-256, in base64. */
export function signatureOf(signer: Signer, transmission: Transmission, body: string): string {
  const key = createPrivateKey(signer.privateKey);
  return sign('sha256', Buffer.from(signedText(transmission, body)), key).toString('base64');
}

/** The key to check signatures with. */
export function verificationKey(signer: Signer) {
  return createPublicKey(signer.certificate);
}
