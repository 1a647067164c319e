/** What comes over a data channel: another person's machine, believed only after parsing. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parsePeerMessage} from '../../protocol/peer-messages.js';

const media = {
  type: 'media-state',
  microphoneEnabled: true,
  cameraEnabled: false,
  screenSharing: false,
};

test('messages of each kind come through', () => {
  for (const message of [media, {type: 'leave'}]) {
    assert.deepEqual(parsePeerMessage(JSON.stringify(message)), message);
  }
});

test('anything else is nothing, not an error', () => {
  const texts = [
    '',
    '{',
    'null',
    '7',
    '"leave"',
    '[]',
    '{}',
    '{"type":"unknown"}',
    '{"type":7}',
    '{"type":"media-state"}',
    JSON.stringify({...media, cameraEnabled: 'yes'}),
    '['.repeat(100_000),
  ];
  for (const text of texts) assert.equal(parsePeerMessage(text), null, text.slice(0, 40));
});

test('what is not asked for is cut off', () => {
  assert.deepEqual(parsePeerMessage('{"type":"leave","__proto__":{"a":1},"more":1}'), {
    type: 'leave',
  });
});
