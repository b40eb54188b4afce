import { strict as assert } from 'node:assert';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { issueCertificate } from './certificate.ts';

const [notBefore, notAfter] = [new Date('2026-01-02T03:04:05Z'), new Date('2056-01-02T03:04:05Z')];

describe('a certificate', () => {
  const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signerKeys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const issuer = { commonName: 'Root of the tests', privateKey: authorityKeys.privateKey };
  let authority: X509Certificate;
  let certificate: X509Certificate;

  before(() => {
    const { publicKey } = authorityKeys;
    authority = new X509Certificate(
      issueCertificate({ commonName: issuer.commonName, publicKey, issuer, isAuthority: true, notBefore, notAfter }),
    );
    certificate = new X509Certificate(
      issueCertificate({
        commonName: 'signer.example.com',
        publicKey: signerKeys.publicKey,
        issuer,
        isAuthority: false,
        notBefore,
        notAfter,
      }),
    );
  });

  test('is signed by its authority, and by nobody else', () => {
    assert.equal(certificate.verify(authorityKeys.publicKey), true);
    assert.equal(authority.verify(authorityKeys.publicKey), true);
    assert.equal(certificate.checkIssued(authority), true);
    assert.equal(authority.checkIssued(certificate), false);
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    assert.equal(certificate.verify(stranger.publicKey), false);
  });

  test('says whose it is, who made it, and from when to when it holds', () => {
    assert.equal(certificate.subject, 'CN=signer.example.com');
    assert.equal(certificate.issuer, 'CN=Root of the tests');
    assert.equal(certificate.validFromDate.toISOString(), notBefore.toISOString());
    assert.equal(certificate.validToDate.toISOString(), notAfter.toISOString());
    assert.equal(certificate.checkPrivateKey(signerKeys.privateKey), true);
    assert.ok(!certificate.serialNumber.startsWith('-'));
  });

  test('is no authority unless it is made one', () => {
    assert.equal(authority.ca, true);
    assert.equal(certificate.ca, false);
  });
});
