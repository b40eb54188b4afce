import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { GatewayUnavailable, WebhookSignatureInvalid } from '#server/modules/payments/gateway.ts';
import type { PayPalConnection } from './paypal-connection.ts';

/** The certificates PayPal signs webhooks with, fetched once each. */
export type PayPalCertificates = {
  /**
   * The certificate at an address, checked for whom and by whom it was issued, and that it was good at an instant.
   *
   * @throws WebhookSignatureInvalid when it is not to be believed; GatewayUnavailable when it cannot be fetched
   */
  signer(url: string, at: Date): Promise<X509Certificate>;
};

/** PayPal's own hosts of certificates; anybody could sign with a certificate from elsewhere. */
const certificateHosts: ReadonlySet<string> = new Set(['api.paypal.com', 'api.sandbox.paypal.com']);

/** Where certificates lie there: nothing else is fetched on the word of a stranger, nor one file under many addresses. */
const certificatePath = /^\/v1\/notifications\/certs\/[\w-]{1,100}$/;

const timeoutMs = 10_000;
const certificateBytesMax = 65_536;
const cachedMax = 16;

/** A leaf, its issuers, and a root: PayPal's chains have three or four links. */
const linksMax = 6;

export function createPayPalCertificates(connection: PayPalConnection): PayPalCertificates {
  const cached = new Map<string, readonly X509Certificate[]>();
  let roots: readonly X509Certificate[] | null = null;

  async function chainAt(url: string): Promise<readonly X509Certificate[]> {
    const known = cached.get(url);
    if (known !== undefined) return known;
    const chain = parseChain(await download(url));
    if (cached.size >= cachedMax) cached.clear();
    cached.set(url, chain);
    return chain;
  }

  return {
    signer: async (url, at) => {
      assertAllowed(url, connection);
      const [leaf, ...others] = await chainAt(url);
      if (leaf === undefined) throw new WebhookSignatureInvalid('The PAYPAL-CERT-URL holds no certificate.');
      const commonName = commonNameOf(connection);
      if (commonNamesIn(leaf).join() !== commonName) {
        throw new WebhookSignatureInvalid(`The certificate was not issued to ${commonName}.`);
      }
      roots ??= trustedRoots(connection);
      assertTrusted(leaf, others, roots, at);
      return leaf;
    },
  };
}

function assertAllowed(text: string, connection: PayPalConnection): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isAllowed =
    url !== null &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    certificatePath.test(url.pathname) &&
    (connection.simulator === undefined
      ? url.protocol === 'https:' && url.port === '' && certificateHosts.has(url.hostname)
      : url.origin === connection.simulator.apiUrl.origin);
  if (!isAllowed) throw new WebhookSignatureInvalid('The PAYPAL-CERT-URL is not an address of PayPal.');
}

async function download(url: string): Promise<string> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    status = response.status;
    text = await response.text();
  } catch (thrown) {
    throw new GatewayUnavailable('paypal', thrown);
  }
  if (status >= 500)
    throw new GatewayUnavailable('paypal', new Error(`The certificate was answered with ${String(status)}.`));
  if (status !== 200 || text.length > certificateBytesMax) {
    throw new WebhookSignatureInvalid('There is no certificate at the PAYPAL-CERT-URL.');
  }
  return text;
}

/** The certificates of a PEM text, the leaf first. */
function parseChain(text: string): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.slice(0, linksMax).map((block) => new X509Certificate(block));
  } catch (thrown) {
    throw new WebhookSignatureInvalid('The certificate at the PAYPAL-CERT-URL cannot be read.', thrown);
  }
}

function commonNameOf({ mode }: PayPalConnection): string {
  return mode === 'live' ? 'messageverificationcerts.paypal.com' : 'messageverificationcerts.sandbox.paypal.com';
}

/** Every CN of a subject; one is expected. */
function commonNamesIn(certificate: X509Certificate): string[] {
  return certificate.subject
    .split('\n')
    .filter((line) => line.startsWith('CN='))
    .map((line) => line.slice(3));
}

function trustedRoots(connection: PayPalConnection): readonly X509Certificate[] {
  const texts = connection.simulator === undefined ? rootCertificates : [connection.simulator.trustedRoot];
  return texts.map((text) => new X509Certificate(text));
}

/**
 * Walks from the leaf to a root we trust: each link was issued and signed by the next, may issue certificates, and was
 * good when the webhook was sent.
 */
function assertTrusted(
  leaf: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): void {
  let link = leaf;
  for (let depth = 0; depth < linksMax; depth += 1) {
    if (!isGoodAt(link, at)) throw new WebhookSignatureInvalid('The certificate was not valid when this was sent.');
    const root = roots.find((candidate) => isIssuedBy(link, candidate));
    if (root !== undefined) {
      if (isGoodAt(root, at)) return;
      break;
    }
    const issuer = others.find(
      (candidate) => candidate.fingerprint256 !== link.fingerprint256 && isIssuedBy(link, candidate),
    );
    if (issuer === undefined) break;
    link = issuer;
  }
  throw new WebhookSignatureInvalid('The certificate does not lead to a root that is trusted.');
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function isGoodAt(certificate: X509Certificate, at: Date): boolean {
  return certificate.validFromDate <= at && at <= certificate.validToDate;
}
