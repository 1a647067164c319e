/** Right and wrong values of every field that messages share, and the tests of a table of schemas. */
import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import * as v from 'valibot';
import * as limits from '../../protocol/limits.js';
import {shown} from './shown.js';

export const id = 'abcdefghijklmnopqrstuv';
export const offer = {type: 'offer', sdp: 'v=0\r\n'};
export const answered = {linkId: id, description: {type: 'answer', sdp: 'v=0\r\n'}};
export const person = {personId: id, displayName: 'Ana', metadata: null};
export const peer = {peerId: id, ...person, connected: true};
export const invitation = {id, kind: 'knock', from: person, expiresInMs: 1};
export const ice = {
  iceServers: [{urls: ['turn:t'], username: 'u', credential: 'c'}],
  expiresInMs: null,
};
export const outgoing = {id, to: person, expiresInMs: 1, isRinging: false};
export const room = {
  name: 'lobby',
  kind: 'room',
  capacity: 2,
  peers: [peer],
  invitations: [invitation],
  outgoing: null,
  ice,
};
export const callRoom = {...room, kind: 'call', peers: [], invitations: [], outgoing};
export const metadataOf = (bytes: number) => 'x'.repeat(bytes - 2);

export interface Table {
  readonly schema: v.GenericSchema;
  readonly right: readonly unknown[];
  readonly wrong: readonly unknown[];
}

export const signals = (address: object): Omit<Table, 'schema'> => {
  const signal = {...address, linkId: id};
  const candidate = (fields: object) => ({...signal, candidates: [fields]});
  return {
    right: [
      {...signal, description: offer},
      {...signal, description: {type: 'rollback', sdp: ''}},
      {...signal, description: {type: 'answer', sdp: 'x'.repeat(limits.MAX_SDP_LENGTH)}},
      candidate({candidate: ''}),
      candidate({candidate: 'c', sdpMid: null, sdpMLineIndex: null, usernameFragment: null}),
      candidate({candidate: 'x'.repeat(limits.MAX_CANDIDATE_LENGTH), sdpMid: '0'}),
      candidate({candidate: 'c', sdpMid: 'x'.repeat(64), sdpMLineIndex: 255}),
      {...signal, candidates: Array(limits.MAX_CANDIDATES_PER_SIGNAL).fill({candidate: ''})},
    ],
    wrong: [
      signal,
      {linkId: id, description: offer},
      {...address, description: offer},
      {...signal, description: null},
      {...signal, description: {type: 'hello', sdp: ''}},
      {...signal, description: {type: 'offer'}},
      {...signal, description: {type: 'offer', sdp: 'x'.repeat(limits.MAX_SDP_LENGTH + 1)}},
      {...signal, candidates: []},
      {...signal, candidates: {length: 1}},
      candidate({}),
      candidate({candidate: 'x'.repeat(limits.MAX_CANDIDATE_LENGTH + 1)}),
      candidate({candidate: 'c', sdpMid: 'x'.repeat(65)}),
      candidate({candidate: 'c', sdpMLineIndex: -1}),
      candidate({candidate: 'c', sdpMLineIndex: 256}),
      candidate({candidate: 'c', sdpMLineIndex: 0.5}),
      candidate({candidate: 'c', usernameFragment: 'x'.repeat(257)}),
      {...signal, candidates: Array(limits.MAX_CANDIDATES_PER_SIGNAL + 1).fill({candidate: ''})},
    ],
  };
};

export const names = {
  right: ['', 'Ana', '日本語', '👩‍👩‍👧', '🌟'.repeat(limits.MAX_DISPLAY_NAME_LENGTH), '"<b>"'],
  wrong: [
    null,
    7,
    {},
    'x'.repeat(limits.MAX_DISPLAY_NAME_LENGTH + 1),
    '🌟'.repeat(limits.MAX_DISPLAY_NAME_LENGTH + 1),
    'a\nb',
    'a\u0000b',
    'a\u0085b',
    'a\u202eb',
    'a\u2066b',
  ],
};

export const metadata = {
  right: [null, 0, false, 'text', [], {a: {b: 1}}, metadataOf(limits.MAX_METADATA_BYTES)],
  wrong: [metadataOf(limits.MAX_METADATA_BYTES + 1), 'é'.repeat(512), 1n, () => 1, Symbol('x')],
};

const NEVER_RIGHT = [null, undefined, 7, 'text', true, [], () => 1, Symbol('x')];

export function testTables(tables: Record<string, Table>): void {
  for (const [name, {schema, right, wrong}] of Object.entries(tables)) {
    suite(name, () => {
      for (const [i, value] of right.entries()) {
        test(`accepts ${i}: ${shown(value)}`, () => {
          const result = v.safeParse(schema, value);
          assert.deepEqual(
            result.issues?.map(({message}) => message),
            undefined,
          );
        });
      }
      for (const [i, value] of wrong.entries()) {
        test(`refuses ${i}: ${shown(value)}`, () => assert.equal(v.is(schema, value), false));
      }
      test('refuses what is no message at all', () => {
        // Valibot takes an array for an object where no field is asked for; nothing of it is kept.
        const isEmpty = right.some((value) => Object.keys(value as object).length === 0);
        for (const value of NEVER_RIGHT) {
          if (isEmpty && Array.isArray(value)) continue;
          assert.equal(v.is(schema, value), false, String(value));
        }
      });
    });
  }
}
