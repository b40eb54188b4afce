import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proofBytesMax } from '#shared/contract/proofs.ts';
import { proofFault } from './proof-check.ts';

describe('a file that is to prove a transfer', () => {
  it('may be an image or a PDF', () => {
    for (const type of ['image/png', 'image/jpeg', 'image/webp', 'application/pdf']) {
      assert.equal(proofFault({ type, size: 1 }), null);
    }
  });

  it('is nothing else', () => {
    for (const type of ['', 'image/svg+xml', 'image/heic', 'text/html', 'application/x-msdownload']) {
      assert.equal(proofFault({ type, size: 1 }), 'wrongType');
    }
  });

  it('has a size, up to the largest one', () => {
    assert.equal(proofFault({ type: 'image/png', size: 0 }), 'empty');
    assert.equal(proofFault({ type: 'image/png', size: proofBytesMax }), null);
    assert.equal(proofFault({ type: 'image/png', size: proofBytesMax + 1 }), 'tooLarge');
  });
});
