import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { money } from '#shared/money/index.ts';
import { creditorReference } from './creditor-reference.ts';
import { epcCode, epcLines } from './epc.ts';
import { paymentCodeOf } from './payment-code.ts';
import { pixCode } from './pix.ts';
import { paymentCodeSvg, qrModules } from './qr-code.ts';
import { swissCode } from './swiss.ts';
import { upiCode } from './upi.ts';

const reference = '7K3M9-QX2PT';

/** The remainder by 97 of a text with its first four characters at the end, as IBANs and references are checked. */
function checkOf(text: string): bigint {
  const turned = text.slice(4) + text.slice(0, 4);
  return BigInt(turned.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n;
}

describe('creditor references', () => {
  test('are those of the standard’s own examples', () => {
    assert.equal(creditorReference('539007547034'), 'RF18539007547034');
    assert.equal(creditorReference('000000000539007547034'), 'RF18000000000539007547034');
    assert.equal(creditorReference('2348236'), 'RF332348236');
  });

  test('check to one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,21}$/), (body) => {
        assert.equal(checkOf(creditorReference(body)), 1n);
      }),
    );
    assert.throws(() => creditorReference(''), RangeError);
    assert.throws(() => creditorReference('Ä'), RangeError);
  });
});

describe('EPC codes', () => {
  test('are those of a published example', () => {
    const lines = epcLines({
      bic: 'BPOTBEB1',
      name: 'Red Cross of Belgium',
      iban: 'BE72 0000 0000 1616',
      amount: 'EUR1',
      purpose: 'CHAR',
      reference: '',
      text: 'Urgency fund',
    });
    assert.equal(
      lines,
      'BCD\n002\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1\nCHAR\n\nUrgency fund',
    );
  });

  test('carry the amount and our reference, in euros alone', () => {
    const transfer = { name: 'Lanternworks', iban: 'DE89370400440532013000', bic: null, reference };
    const content = epcCode({ ...transfer, amount: money(29_05n, 'EUR') });
    assert.equal(
      content,
      `BCD\n002\n1\nSCT\n\nLanternworks\nDE89370400440532013000\nEUR29.05\n\n${creditorReference(reference)}`,
    );
    assert.ok(Buffer.byteLength(content) <= 331, 'as many bytes as the standard allows');
    assert.equal(epcCode({ ...transfer, amount: money(29_05n, 'USD') }), null);
    assert.equal(epcCode({ ...transfer, amount: money(0n, 'EUR') }), null);
    assert.equal(epcCode({ ...transfer, amount: money(1_000_000_000_00n, 'EUR') }), null);
  });
});

describe('Pix codes', () => {
  test('are that of the central bank’s manual', () => {
    const content = pixCode({
      key: '123e4567-e12b-12d1-a456-426655440000',
      name: 'Fulano de Tal',
      city: 'BRASILIA',
      amount: null,
      transactionId: '***',
    });
    assert.equal(
      content,
      '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D',
    );
  });

  test('carry the amount and our reference, without accents, in reais alone', () => {
    const pix = {
      key: 'pix@lanternworks.example',
      name: 'São João Ação',
      city: 'São Paulo',
      transactionId: '7K3M9QX2PT',
    };
    const content = pixCode({ ...pix, amount: money(129_90n, 'BRL') }) ?? '';
    assert.match(content, /5406129\.905802BR5913Sao Joao Acao6009Sao Paulo621405107K3M9QX2PT6304[0-9A-F]{4}$/);
    assert.equal(pixCode({ ...pix, amount: money(129_90n, 'USD') }), null);
  });
});

describe('UPI codes', () => {
  test('carry address, name, amount and reference, in rupees alone', () => {
    const upi = { address: 'lanternworks@samplebank', name: 'Lanternworks & Co', reference };
    assert.equal(
      upiCode({ ...upi, amount: money(2_499_00n, 'INR') }),
      'upi://pay?pa=lanternworks@samplebank&pn=Lanternworks%20%26%20Co&tr=7K3M9QX2PT&am=2499.00&cu=INR&tn=7K3M9-QX2PT',
    );
    assert.equal(upiCode({ ...upi, amount: money(1n, 'PKR') }), null);
  });
});

describe('Swiss codes', () => {
  test('have the 31 lines of the guidelines, with a creditor reference', () => {
    const content = swissCode({
      iban: 'CH58 0079 1123 0008 8901 2',
      name: 'Robert Schneider AG',
      postalCode: '2501',
      city: 'Biel',
      country: 'CH',
      amount: money(199_95n, 'CHF'),
      reference: '539007547034',
      message: 'INV-2026-11-00042',
    });
    const lines = content?.split('\r\n') ?? [];
    assert.equal(lines.length, 31);
    assert.deepEqual(lines.slice(0, 11), [
      'SPC',
      '0200',
      '1',
      'CH5800791123000889012',
      'S',
      'Robert Schneider AG',
      '',
      '',
      '2501',
      'Biel',
      'CH',
    ]);
    assert.deepEqual(lines.slice(11, 18), ['', '', '', '', '', '', '']);
    assert.deepEqual(lines.slice(18, 20), ['199.95', 'CHF']);
    assert.deepEqual(lines.slice(27), ['SCOR', 'RF18539007547034', 'INV-2026-11-00042', 'EPD']);
  });
});

describe('payment codes as images', () => {
  const terms = {
    kind: 'swiss',
    name: 'A',
    iban: 'CH5800791123000889012',
    postalCode: '1',
    city: 'B',
    country: 'CH',
  } as const;

  test('are dark modules on white with a quiet zone, and nothing a browser would run', () => {
    const code = paymentCodeOf(terms, { amount: money(1n, 'CHF'), reference, message: '<script>' });
    assert.ok(code !== null);
    const { size, rows } = qrModules(code);
    assert.equal(rows.length, size);
    assert.ok(rows.slice(0, 4).every((row) => row.every((isDark) => !isDark)));
    const svg = paymentCodeSvg(code);
    assert.match(svg, /^<svg [^>]*viewBox="0 0 \d+ \d+"[^>]*>(<path [^>]*\/>){2}(<rect [^>]*\/>){4}<\/svg>$/);
    assert.doesNotMatch(svg, /script/);
  });

  test('are none where there is none, or the currency has none', () => {
    assert.equal(paymentCodeOf(null, { amount: money(1n, 'CHF'), reference, message: '' }), null);
    assert.equal(paymentCodeOf(terms, { amount: money(1n, 'USD'), reference, message: '' }), null);
  });
});
