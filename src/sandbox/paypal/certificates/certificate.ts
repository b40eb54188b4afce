import { createHash, createPublicKey, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts';

/** Who issues a certificate: the name, and the elliptic (P-256) key that signs. */
export type Issuer = { commonName: string; privateKey: KeyObject };

const identifiers = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
} as const;

/** The bits of `keyUsage` (RFC 5280, 4.2.1.3), with how many of the last byte do not count. */
const keyUsages = { digitalSignature: [0x80, 7], certificateSign: [0x06, 1] } as const;

/** Whose key is certified, by whom, and from when to when. An authority may sign certificates. */
export type CertificateOrder = {
  commonName: string;
  publicKey: KeyObject;
  issuer: Issuer;
  isAuthority: boolean;
  notBefore: Date;
  notAfter: Date;
};

/**
 * Makes an X.509 certificate of version 3 (RFC 5280) and returns it as PEM. An authority may sign certificates, but no
 * further authorities.
 */
export function issueCertificate(order: CertificateOrder): string {
  const algorithm = sequence(objectIdentifier(identifiers.ecdsaWithSha256));
  const toBeSigned = sequence(
    // Counted from 0, so that 2 is version 3.
    explicit(0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    algorithm,
    nameOf(order.issuer.commonName),
    sequence(time(order.notBefore), time(order.notAfter)),
    nameOf(order.commonName),
    order.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensionsOf(order.publicKey, order.issuer, order.isAuthority))),
  );
  const signature = sign('sha256', toBeSigned, order.issuer.privateKey);
  return new X509Certificate(sequence(toBeSigned, algorithm, bitString(signature))).toString();
}

/** Sixteen bytes at random, the first of which makes the number positive and not zero. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes;
}

function nameOf(commonName: string): Buffer {
  return sequence(set(sequence(objectIdentifier(identifiers.commonName), utf8String(commonName))));
}

function extensionsOf(publicKey: KeyObject, issuer: Issuer, isAuthority: boolean): Buffer[] {
  const [bits, unused] = isAuthority ? keyUsages.certificateSign : keyUsages.digitalSignature;
  const constraints = isAuthority ? sequence(boolean(true), integer(Buffer.from([0]))) : sequence();
  const issuerKey = createPublicKey(issuer.privateKey);
  return [
    extension(identifiers.basicConstraints, true, constraints),
    extension(identifiers.keyUsage, true, bitString(Buffer.from([bits]), unused)),
    extension(identifiers.subjectKeyIdentifier, false, octetString(keyIdentifier(publicKey))),
    extension(identifiers.authorityKeyIdentifier, false, sequence(implicit(0, keyIdentifier(issuerKey)))),
  ];
}

function extension(identifier: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [boolean(true)] : [];
  return sequence(objectIdentifier(identifier), ...critical, octetString(value));
}

/** What names a key; authority and certificate have to agree on it, however it is made. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}
