/** Every message: what its schema accepts, what it refuses, each limit on both its sides. */
import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import * as v from 'valibot';
import {END_REASONS, ERROR_CODES} from '../../protocol/codes.js';
import * as limits from '../../protocol/limits.js';
import {
  EventSchemas,
  HandshakeSchema,
  RefusalSchema,
  ReplySchemas,
  RequestSchemas,
} from '../../protocol/messages.js';
import {shown} from '../support/shown.js';

const id = 'abcdefghijklmnopqrstuv';
const offer = {type: 'offer', sdp: 'v=0\r\n'};
const person = {personId: id, displayName: 'Ana', metadata: null};
const peer = {peerId: id, ...person, connected: true};
const invitation = {id, kind: 'knock', from: person, expiresInMs: 1};
const ice = {iceServers: [{urls: ['turn:t'], username: 'u', credential: 'c'}], expiresInMs: null};
const room = {name: 'lobby', capacity: 2, peers: [peer], invitations: [invitation], ice};
const metadataOf = (bytes: number) => 'x'.repeat(bytes - 2);

interface Table {
  readonly schema: v.GenericSchema;
  readonly right: readonly unknown[];
  readonly wrong: readonly unknown[];
}

const signals = (address: object): Omit<Table, 'schema'> => {
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

const names = {
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

const metadata = {
  right: [null, 0, false, 'text', [], {a: {b: 1}}, metadataOf(limits.MAX_METADATA_BYTES)],
  wrong: [metadataOf(limits.MAX_METADATA_BYTES + 1), 'é'.repeat(512), 1n, () => 1, Symbol('x')],
};

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
  'request leave': {schema: RequestSchemas.leave, right: [{}, {more: 1}], wrong: []},
  'request answer': {
    schema: RequestSchemas.answer,
    right: [
      {invitationId: id, response: 'accept'},
      {invitationId: 'x'.repeat(limits.MAX_ID_LENGTH), response: 'decline'},
      {invitationId: 'x'.repeat(8), response: 'accept'},
    ],
    wrong: [
      {invitationId: id},
      {invitationId: id, response: 'perhaps'},
      {invitationId: id, response: true},
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
  refusal: {
    schema: RefusalSchema,
    right: ERROR_CODES.map((code) => ({ok: false, code, message: ''})),
    wrong: [
      {ok: true, code: 'internal', message: ''},
      {ok: false, code: 'nonsense', message: ''},
      {ok: false, code: 'internal'},
    ],
  },
  'reply join': {
    schema: ReplySchemas.join,
    right: [
      {ok: true, outcome: 'seated', room},
      {ok: true, outcome: 'knocking', invitationId: id, expiresInMs: 0},
    ],
    wrong: [{ok: true}, {ok: true, outcome: 'seated'}, {ok: true, outcome: 'knocking'}],
  },
  'reply ice-configuration': {
    schema: ReplySchemas['ice-configuration'],
    right: [{ok: true, ice}],
    wrong: [{ok: true}, {ok: true, ice: {iceServers: [{urls: 'turn:t'}], expiresInMs: 1}}],
  },
  'event welcome': {
    schema: EventSchemas.welcome,
    right: [null, {room: 'a', as: 'seat'}, {room: 'a', as: 'knock'}].map((kept) => ({
      protocol: 1,
      connectionId: id,
      peerId: id,
      personId: id,
      resumeToken: 't',
      kept,
    })),
    wrong: [{protocol: 1, connectionId: id, peerId: id, personId: id, resumeToken: 't'}],
  },
  'event admitted': {
    schema: EventSchemas.admitted,
    right: [{invitationId: id, room}],
    wrong: [{invitationId: id}, {room}, {invitationId: id, room: {...room, peers: [{}]}}],
  },
  'event invitation': {
    schema: EventSchemas.invitation,
    right: [invitation, {...invitation, kind: 'call'}],
    wrong: [
      {...invitation, kind: 'ring'},
      {...invitation, from: {}},
    ],
  },
  'event invitation-ended': {
    schema: EventSchemas['invitation-ended'],
    right: END_REASONS.map((reason) => ({id, reason})),
    wrong: [{id}, {id, reason: 'bored'}],
  },
  'event peer-joined': {schema: EventSchemas['peer-joined'], right: [peer], wrong: [person]},
  'event peer-changed': {schema: EventSchemas['peer-changed'], right: [peer], wrong: [person]},
  'event peer-left': {
    schema: EventSchemas['peer-left'],
    right: [{peerId: id, reason: 'lost'}],
    wrong: [{peerId: id}, {reason: 'lost'}],
  },
  'event signal': {schema: EventSchemas.signal, ...signals({from: id})},
  'event ended': {
    schema: EventSchemas.ended,
    right: [{reason: 'replaced'}],
    wrong: [{}, {reason: ''}],
  },
};

const NEVER_RIGHT = [null, undefined, 7, 'text', true, [], () => 1, Symbol('x')];

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
