/** How much may wait for a client, at the limits and one beyond. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isTooMuch, MAX_WAITING_BYTES, MAX_WAITING_PACKETS} from '../../server/waiting-packets.js';

test('so many packets may wait for a client, and no more', () => {
  const packets = Array<object>(MAX_WAITING_PACKETS).fill({data: 'x'});
  assert.equal(isTooMuch(packets), false);
  assert.equal(isTooMuch([...packets, {}]), true);
});

test('so many bytes may wait for a client, and no more', () => {
  const half = 'x'.repeat(MAX_WAITING_BYTES / 2);
  assert.equal(isTooMuch([{data: half}, {data: half}]), false);
  assert.equal(isTooMuch([{data: half}, {data: half}, {data: 'x'}]), true);
  assert.equal(isTooMuch([{data: half}, {data: Buffer.alloc(half.length + 1)}]), true);
});
