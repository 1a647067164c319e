/** A page's message in frames: whole again on the other side, and whatever a hostile peer sends instead. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {framesOf, MessageAssembler, type HostMessage} from '../../protocol/host-messages.js';
import {MAX_HOST_MESSAGE_BYTES} from '../../protocol/conversation-limits.js';
import {MAX_PEER_FRAME_BYTES} from '../../protocol/limits.js';

const FIRST = MAX_PEER_FRAME_BYTES - 5;
const NEXT = MAX_PEER_FRAME_BYTES - 1;

function messageOf(length: number, isJson = false): HostMessage {
  return {isJson, bytes: Uint8Array.from({length}, (_, index) => index * 7)};
}

function first(kind: number, length: number, piece: number): ArrayBuffer {
  const frame = new Uint8Array(5 + piece);
  frame[0] = kind;
  new DataView(frame.buffer).setUint32(1, length);
  return frame.buffer;
}

const next = (piece: number): ArrayBuffer => new ArrayBuffer(1 + piece);

function receiveAll(assembler: MessageAssembler, frames: Iterable<ArrayBuffer>): HostMessage[] {
  return [...frames].flatMap((frame) => assembler.receive(frame) ?? []);
}

test('a message of any length is put together as it was', () => {
  const lengths = [0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + NEXT - 1, FIRST + NEXT];
  const assembler = new MessageAssembler();
  for (const length of [...lengths, FIRST + NEXT + 1]) {
    const message = messageOf(length, length % 2 === 0);
    const frames = Array.from(framesOf(message), ({buffer}) => buffer);
    assert.ok(
      frames.every(({byteLength}) => byteLength <= MAX_PEER_FRAME_BYTES),
      `${length} bytes in frames that are not too long`,
    );
    assert.deepEqual(receiveAll(assembler, frames), [message], `${length} bytes`);
  }
});

test('what does not fit is dropped, and harms nothing that comes after it', () => {
  const wrong: Record<string, ArrayBuffer[]> = {
    'an empty frame': [new ArrayBuffer(0)],
    'a first frame that ends in its header': [new ArrayBuffer(4), first(1, 0, 0).slice(0, 3)],
    'an unknown kind': [first(3, 2, 2), first(255, 0, 0)],
    'a frame that nothing begins': [next(10)],
    'more than was declared': [first(1, 2, 3)],
    'less than was declared, and it could have been all': [first(2, 10, 9)],
    crumbs: [first(2, 100, 0), ...Array.from({length: 100}, () => next(1))],
    'crumbs after a good beginning': [first(2, FIRST + 100, FIRST), next(1), next(99)],
    'empty frames without end': [first(2, FIRST + 100, FIRST), next(0), next(0), next(100)],
    'more frames than were declared': [first(2, FIRST + 100, FIRST), next(101)],
    'a message that is never finished': [first(2, FIRST + NEXT + 1, FIRST), next(NEXT)],
    'one byte over the limit': [first(2, MAX_HOST_MESSAGE_BYTES + 1, FIRST), next(NEXT)],
    'four gigabytes': [first(1, 0xffff_ffff, FIRST), next(NEXT)],
  };
  for (const [what, frames] of Object.entries(wrong)) {
    const assembler = new MessageAssembler();
    assert.deepEqual(receiveAll(assembler, frames), [], what);
    const message = messageOf(FIRST + 7);
    const good = Array.from(framesOf(message), ({buffer}) => buffer);
    assert.deepEqual(receiveAll(assembler, good), [message], `a good one after ${what}`);
  }
});

test('a message of the greatest length that is allowed comes through', () => {
  const message: HostMessage = {isJson: false, bytes: new Uint8Array(MAX_HOST_MESSAGE_BYTES)};
  message.bytes[MAX_HOST_MESSAGE_BYTES - 1] = 9;
  const assembler = new MessageAssembler();
  let received: HostMessage | null = null;
  for (const {buffer} of framesOf(message)) received = assembler.receive(buffer) ?? received;
  assert.ok(received !== null && Buffer.compare(received.bytes, message.bytes) === 0, 'it came');
});
