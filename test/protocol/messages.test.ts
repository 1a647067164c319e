/** What clients ask: what each schema accepts, what it refuses, each limit on both its sides. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as v from 'valibot';
import * as limits from '../../protocol/limits.js';
import {HandshakeSchema, RequestSchemas} from '../../protocol/messages.js';
import {
  answered,
  id,
  metadata,
  names,
  signals,
  testTables,
  type Table,
} from '../support/message-tables.js';

const tables: Record<string, Table> = {
  handshake: {
    schema: HandshakeSchema,
    right: [
      {protocol: 1},
      {protocol: 1, resumeToken: 'x'.repeat(limits.MAX_TOKEN_LENGTH), token: ''},
      ...names.right.map((displayName) => ({protocol: 1, displayName})),
      ...metadata.right.map((value) => ({protocol: 1, metadata: value})),
    ],
    wrong: [
      {},
      {protocol: '1'},
      {protocol: 1.5},
      {protocol: 1, resumeToken: 'x'.repeat(limits.MAX_TOKEN_LENGTH + 1)},
      {protocol: 1, token: 7},
      ...names.wrong.map((displayName) => ({protocol: 1, displayName})),
      ...metadata.wrong.map((value) => ({protocol: 1, metadata: value})),
    ],
  },
  'request join': {
    schema: RequestSchemas.join,
    right: [
      {room: 'a'},
      {room: 'x'.repeat(limits.MAX_ROOM_NAME_LENGTH)},
      {room: '🌟'.repeat(limits.MAX_ROOM_NAME_LENGTH)},
      {room: 'with/slash and space — and more'},
      {room: '__proto__'},
      {room: 'a', capacity: limits.MIN_CAPACITY},
      {room: 'a', capacity: limits.MAX_CAPACITY},
      {room: 'a', ringTimeoutMs: limits.MIN_RING_TIMEOUT_MS},
      {room: 'a', ringTimeoutMs: limits.MAX_RING_TIMEOUT_MS, resume: true},
    ],
    wrong: [
      {},
      {room: ''},
      {room: ' a'},
      {room: 'e\u0301'},
      {room: 'a '},
      {room: 'a\tb'},
      {room: 'x'.repeat(limits.MAX_ROOM_NAME_LENGTH + 1)},
      {room: 'x'.repeat(1_000_000)},
      {room: '🌟'.repeat(limits.MAX_ROOM_NAME_LENGTH + 1)},
      {room: ['a']},
      {room: 'a', capacity: limits.MIN_CAPACITY - 1},
      {room: 'a', capacity: limits.MAX_CAPACITY + 1},
      {room: 'a', capacity: 2.5},
      {room: 'a', capacity: '2'},
      {room: 'a', capacity: null},
      {room: 'a', ringTimeoutMs: limits.MIN_RING_TIMEOUT_MS - 1},
      {room: 'a', ringTimeoutMs: limits.MAX_RING_TIMEOUT_MS + 1},
      {room: 'a', ringTimeoutMs: NaN},
      {room: 'a', resume: 'yes'},
    ],
  },
  'request directory': {
    schema: RequestSchemas.directory,
    right: [{directory: 'office'}, {directory: null}, {directory: 'ü'}],
    wrong: [
      {},
      {directory: ''},
      {directory: ' office'},
      {directory: 'x'.repeat(limits.MAX_ROOM_NAME_LENGTH + 1)},
      {directory: 7},
    ],
  },
  'request call': {
    schema: RequestSchemas.call,
    right: [
      {personId: id},
      {personId: 'auth0|5f7c8ec7c33c6c004bbafe82'},
      {personId: '1'},
      {personId: '🌟'.repeat(limits.MAX_PERSON_ID_LENGTH)},
      {personId: id, ringTimeoutMs: limits.MIN_RING_TIMEOUT_MS},
      {personId: id, ringTimeoutMs: limits.MAX_RING_TIMEOUT_MS},
    ],
    wrong: [
      {},
      {personId: ''},
      {personId: 'a\nb'},
      {personId: '\u202eana'},
      {personId: 'x'.repeat(limits.MAX_PERSON_ID_LENGTH + 1)},
      {personId: [id]},
      {personId: id, ringTimeoutMs: limits.MIN_RING_TIMEOUT_MS - 1},
      {personId: id, ringTimeoutMs: limits.MAX_RING_TIMEOUT_MS + 1},
    ],
  },
  'request ringing': {
    schema: RequestSchemas.ringing,
    right: [{invitationId: id}],
    wrong: [{}, {invitationId: 'short'}, {invitationId: null}],
  },
  'request leave': {
    schema: RequestSchemas.leave,
    right: [{}, {more: 1}, {room: 'lobby'}],
    wrong: [{room: ''}, {room: 1}],
  },
  'request answer': {
    schema: RequestSchemas.answer,
    right: [
      {invitationId: id, response: 'accept'},
      {invitationId: 'x'.repeat(limits.MAX_ID_LENGTH), response: 'decline'},
      {invitationId: 'x'.repeat(8), response: 'accept'},
      {invitationId: id, response: 'accept', signal: answered},
    ],
    wrong: [
      {invitationId: id},
      {invitationId: id, response: 'perhaps'},
      {invitationId: id, response: true},
      {invitationId: id, response: 'accept', signal: {linkId: id}},
      {invitationId: id, response: 'accept', signal: {...answered, linkId: ''}},
      {invitationId: 'x'.repeat(7), response: 'accept'},
      {invitationId: 'x'.repeat(limits.MAX_ID_LENGTH + 1), response: 'accept'},
      {invitationId: `${id}\n`, response: 'accept'},
      {invitationId: 'with space', response: 'accept'},
      {response: 'accept'},
    ],
  },
  'request signal': {schema: RequestSchemas.signal, ...signals({to: id})},
  'request profile': {
    schema: RequestSchemas.profile,
    right: [
      ...names.right.map((displayName) => ({displayName})),
      ...metadata.right.map((value) => ({displayName: 'x', metadata: value})),
    ],
    wrong: [
      {},
      ...names.wrong.map((displayName) => ({displayName})),
      ...metadata.wrong.map((value) => ({displayName: 'x', metadata: value})),
    ],
  },
  'request ice-configuration': {
    schema: RequestSchemas['ice-configuration'],
    right: [{}],
    wrong: [],
  },
};

testTables(tables);

test('what is not asked for is cut off, and what is left out is filled in', () => {
  const sent: unknown = JSON.parse('{"room":"a","from":"me","__proto__":{"resume":true}}');
  const parsed = v.parse(RequestSchemas.join, sent);
  assert.deepEqual({...parsed}, {room: 'a', resume: false});
  assert.deepEqual(v.parse(HandshakeSchema, {protocol: 1}), {
    protocol: 1,
    displayName: '',
    metadata: null,
  });
});

test('metadata becomes a copy that is JSON and nothing else', () => {
  const given = {when: new Date(0), bytes: Buffer.from('x'), nothing: undefined, not: NaN};
  const {metadata: copy} = v.parse(RequestSchemas.profile, {displayName: '', metadata: given});
  assert.deepEqual(copy, {
    when: '1970-01-01T00:00:00.000Z',
    bytes: {type: 'Buffer', data: [120]},
    not: null,
  });
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  assert.equal(v.is(RequestSchemas.profile, {displayName: '', metadata: circular}), false);
});
