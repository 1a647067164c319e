/** What the relay says: what each schema accepts, what it refuses. */
import {END_REASONS, ERROR_CODES} from '../../protocol/codes.js';
import * as limits from '../../protocol/limits.js';
import {EventSchemas, RefusalSchema, ReplySchemas} from '../../protocol/messages.js';
import {
  answered,
  callRoom,
  ice,
  id,
  invitation,
  peer,
  person,
  room,
  signals,
  testTables,
  type Table,
} from '../support/message-tables.js';

const tables: Record<string, Table> = {
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
      {ok: true, outcome: 'knocking', invitationId: id, expiresInMs: 0, ice},
    ],
    wrong: [
      {ok: true},
      {ok: true, outcome: 'seated'},
      {ok: true, outcome: 'knocking', invitationId: id, expiresInMs: 0},
    ],
  },
  'reply call': {
    schema: ReplySchemas.call,
    right: [
      {ok: true, outcome: 'calling', invitationId: id, room: callRoom},
      {ok: true, outcome: 'seated', invitationId: id, room: {...callRoom, outgoing: null}},
      {ok: true, outcome: 'busy', invitationId: id, to: person},
    ],
    wrong: [
      {ok: true, outcome: 'calling', invitationId: id},
      {ok: true, outcome: 'busy', invitationId: id},
      {ok: true, outcome: 'calling', room: callRoom},
    ],
  },
  'reply answer': {
    schema: ReplySchemas.answer,
    right: [{ok: true}, {ok: true, room: callRoom}],
    wrong: [{}, {ok: true, room: {}}],
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
    right: [
      {invitationId: id, room},
      {invitationId: id, room, signal: {from: id, ...answered}},
    ],
    wrong: [
      {invitationId: id},
      {room},
      {invitationId: id, room: {...room, peers: [{}]}},
      {invitationId: id, room, signal: answered},
    ],
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
  'event ringing': {schema: EventSchemas.ringing, right: [{id}], wrong: [{}, {id: 1}]},
  'event people': {
    schema: EventSchemas.people,
    right: [
      {directory: 'office', isSnapshot: true, people: [], gone: []},
      {
        directory: 'office',
        isSnapshot: false,
        people: [{personId: id}, {...person, status: 'in-call'}],
        gone: [id],
      },
    ],
    wrong: [
      {directory: 'office', isSnapshot: true, people: [{}], gone: []},
      {directory: 'office', isSnapshot: true, people: []},
      {directory: 'office', people: [], gone: []},
      {directory: 'office', isSnapshot: true, people: [{personId: id, status: 'away'}], gone: []},
      {
        directory: 'office',
        isSnapshot: false,
        people: Array(limits.MAX_PEOPLE_PER_MESSAGE + 1).fill({personId: id}),
        gone: [],
      },
    ],
  },
  'event peer-joined': {
    schema: EventSchemas['peer-joined'],
    right: [peer, {...peer, invitationId: id}, {...peer, invitationId: id, signal: answered}],
    wrong: [person, {...peer, signal: {linkId: id}}],
  },
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

testTables(tables);
