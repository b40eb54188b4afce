import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createWaitingRoom } from './waiting-room.ts';

type Item = { readonly accountId: string; readonly number: number };

function roomOf(line: string) {
  const room = createWaitingRoom<Item>();
  for (const [index, accountId] of [...line].entries()) room.add({ accountId, number: index });
  return room;
}

function taken(items: readonly Item[]): string {
  return items.map((item) => `${item.accountId}${String(item.number)}`).join(' ');
}

const nobody = () => false;

describe('the waiting room', () => {
  test('keeps the order of each account, and takes no more than a batch', () => {
    const room = roomOf('aabab');
    assert.equal(taken(room.take({ batchMax: 4, accountShareMax: 3 }, nobody)), 'a0 a1 a3 b2');
    assert.equal(room.size(), 1);
    assert.equal(taken(room.take({ batchMax: 4, accountShareMax: 3 }, nobody)), 'b4');
    assert.equal(taken(room.take({ batchMax: 4, accountShareMax: 3 }, nobody)), '');
  });

  test('gives nobody more than a share while others wait, and what room is left to who has more', () => {
    const room = roomOf('aaaaaabc');
    assert.equal(taken(room.take({ batchMax: 4, accountShareMax: 2 }, nobody)), 'a0 a1 b6 c7');
    assert.equal(taken(room.take({ batchMax: 4, accountShareMax: 2 }, nobody)), 'a2 a3 a4 a5');
  });

  test('puts who got a share behind those who wait', () => {
    const room = roomOf('aaaabb');
    assert.equal(taken(room.take({ batchMax: 2, accountShareMax: 2 }, nobody)), 'a0 a1');
    assert.equal(taken(room.take({ batchMax: 2, accountShareMax: 2 }, nobody)), 'b4 b5');
  });

  test('passes over accounts whose batch is under way', () => {
    const room = roomOf('aab');
    assert.equal(taken(room.take({ batchMax: 5, accountShareMax: 5 }, (accountId) => accountId === 'a')), 'b2');
    assert.equal(room.size(), 2);
  });
});
