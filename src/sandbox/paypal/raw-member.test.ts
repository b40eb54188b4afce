import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { rawMember } from './raw-member.ts';

test('a member is taken out exactly as it stands, wherever it is', () => {
  const event = String.raw`{ "a":[1, {"b":"}\"{"}],"url":"http:\/\/x" ,"n":1.50}`;
  for (const json of [
    `{"webhook_event":${event}}`,
    `{"id":"webhook_event","webhook_event": ${event} ,"more":{"webhook_event":2}}`,
    `{"more":{"webhook_event":2},"list":["webhook_event",{"webhook_event":3}],"webhook_event":\n${event}}`,
  ]) {
    assert.equal(rawMember(json, 'webhook_event'), event);
  }
  assert.equal(rawMember('{"id":1,"n":{"webhook_event":2}}', 'webhook_event'), undefined);
  assert.equal(rawMember('{"id": 17 }', 'id'), '17');
});
