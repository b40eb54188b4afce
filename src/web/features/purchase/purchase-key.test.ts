import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { forgetPurchaseKeys, type KeyStorage, purchaseKey } from './purchase-key.ts';

function memoryStorage(): KeyStorage & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

const pro = { package_id: 'cpk_pro', payment_method: 'card' };
const business = { package_id: 'cpk_business', payment_method: 'card' };

describe('the key of a purchase', () => {
  afterEach(() => forgetPurchaseKeys(memoryStorage()));

  it('stays the same for the same body, also after a reload', () => {
    const storage = memoryStorage();
    const first = purchaseKey(storage, 'acc_1', pro);
    assert.equal(purchaseKey(storage, 'acc_1', { ...pro }), first);
    const reloaded = memoryStorage();
    for (const [name, value] of storage.values) reloaded.setItem(name, value);
    assert.equal(purchaseKey(reloaded, 'acc_1', pro), first);
  });

  it('is another one for another body or account, and the first returns with its body', () => {
    const storage = memoryStorage();
    const first = purchaseKey(storage, 'acc_1', pro);
    assert.notEqual(purchaseKey(storage, 'acc_1', business), first);
    assert.notEqual(purchaseKey(storage, 'acc_2', pro), first);
    assert.equal(purchaseKey(storage, 'acc_1', pro), first);
  });

  it('is new once the purchase is over', () => {
    const storage = memoryStorage();
    const first = purchaseKey(storage, 'acc_1', pro);
    forgetPurchaseKeys(storage);
    assert.notEqual(purchaseKey(storage, 'acc_1', pro), first);
  });

  it('survives a storage that refuses or holds rubbish', () => {
    const refusing: KeyStorage = {
      getItem: () => 'not json',
      setItem: () => {
        throw new Error('quota');
      },
      removeItem: () => undefined,
    };
    const first = purchaseKey(refusing, 'acc_1', pro);
    assert.equal(purchaseKey(refusing, 'acc_1', pro), first);
  });

  it('remembers a bounded number of purchases', () => {
    const storage = memoryStorage();
    for (let count = 0; count < 50; count += 1) purchaseKey(storage, 'acc_1', { package_id: String(count) });
    const [stored] = storage.values.values();
    assert.ok(stored !== undefined && JSON.parse(stored).length <= 8);
  });
});
