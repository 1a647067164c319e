/**
 * What a client and the relay say to each other: one schema a message, from which every type is
 * inferred. Nothing here knows about sockets. `docs/PROTOCOL.md` tells the same for people.
 */
import * as v from 'valibot';
import {END_REASONS, ERROR_CODES} from './codes.js';
import {
  CapacitySchema,
  DirectoryNameSchema,
  DisplayNameSchema,
  IdSchema,
  MetadataSchema,
  PersonIdSchema,
  RingTimeoutSchema,
  RoomNameSchema,
} from './fields.js';
import {MAX_PEOPLE_PER_MESSAGE, MAX_TOKEN_LENGTH} from './limits.js';
import {
  AnsweredSchema,
  IceConfigurationSchema,
  InvitationViewSchema,
  PeerViewSchema,
  PersonEntrySchema,
  PersonViewSchema,
  RoomViewSchema,
  signalOf,
} from './shapes.js';

// ---------------------------------------------------------------- handshake

/** Sent as Socket.IO's `auth` with every connection. */
export const HandshakeSchema = v.object({
  protocol: v.pipe(v.number(), v.integer()),
  resumeToken: v.optional(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
  token: v.optional(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
  displayName: v.optional(DisplayNameSchema, ''),
  metadata: v.optional(MetadataSchema, null),
});

// ---------------------------------------------------------------- requests

/** Client → relay. Each is acknowledged with `{ok: true, …}` or a `Refusal`. */
export const RequestSchemas = {
  /** Take a seat, or knock. Repeated after a reconnection it takes the kept seat or knock back. */
  join: v.object({
    room: RoomNameSchema,
    capacity: v.optional(CapacitySchema),
    ringTimeoutMs: v.optional(RingTimeoutSchema),
    /** Only take back what is kept; without it answer `not-in-room` rather than knock anew. */
    resume: v.optional(v.boolean(), false),
  }),
  /**
   * Give the seat up, take the knock back or stop ringing: in this room, or wherever the peer is.
   * Always succeeds.
   */
  leave: v.object({room: v.optional(RoomNameSchema)}),
  /** Be listed in this directory and hear who else is; `null`: in none. Anew after every `welcome`. */
  directory: v.object({directory: v.nullable(DirectoryNameSchema)}),
  /** Ring a person of one's directory. */
  call: v.object({personId: PersonIdSchema, ringTimeoutMs: v.optional(RingTimeoutSchema)}),
  /** To a call: it rings here. */
  ringing: v.object({invitationId: IdSchema}),
  answer: v.object({
    invitationId: IdSchema,
    response: v.picklist(['accept', 'decline']),
    /** Along with an acceptance: the answer to what came along with the invitation. */
    signal: v.optional(AnsweredSchema),
  }),
  /** To a peer of one's room; or along with an open knock or call, from either end of it, `to` being its id. */
  signal: signalOf({to: IdSchema}),
  profile: v.object({displayName: DisplayNameSchema, metadata: v.optional(MetadataSchema, null)}),
  'ice-configuration': v.object({}),
} as const;

export const RefusalSchema = v.object({
  ok: v.literal(false),
  code: v.picklist(ERROR_CODES),
  /** English, for logs; never shown to people. */
  message: v.string(),
});

const done = v.object({ok: v.literal(true)});

export const ReplySchemas = {
  join: v.variant('outcome', [
    v.object({ok: v.literal(true), outcome: v.literal('seated'), room: RoomViewSchema}),
    v.object({
      ok: v.literal(true),
      outcome: v.literal('knocking'),
      invitationId: IdSchema,
      expiresInMs: v.number(),
      ice: IceConfigurationSchema,
    }),
  ]),
  leave: done,
  directory: done,
  call: v.variant('outcome', [
    /** It rings, and this peer sits in the room to which it rings. */
    v.object({
      ok: v.literal(true),
      outcome: v.literal('calling'),
      invitationId: IdSchema,
      room: RoomViewSchema,
    }),
    /** They were calling us: their call, `invitationId`, is accepted by ours. */
    v.object({
      ok: v.literal(true),
      outcome: v.literal('seated'),
      invitationId: IdSchema,
      room: RoomViewSchema,
    }),
    /** Nothing rang, and nothing else has changed. */
    v.object({
      ok: v.literal(true),
      outcome: v.literal('busy'),
      invitationId: IdSchema,
      to: PersonViewSchema,
    }),
  ]),
  ringing: done,
  /** With a room: a call was accepted, and this peer has the other seat in it. */
  answer: v.object({ok: v.literal(true), room: v.optional(RoomViewSchema)}),
  signal: done,
  profile: done,
  'ice-configuration': v.object({ok: v.literal(true), ice: IceConfigurationSchema}),
} as const;

// ------------------------------------------------------------------ events

/** Relay → client. */
export const EventSchemas = {
  /** The first event on every connection. */
  welcome: v.object({
    protocol: v.number(),
    /** This connection, in logs and diagnostics (row B3). */
    connectionId: IdSchema,
    peerId: IdSchema,
    personId: PersonIdSchema,
    /** Presented at the next connection it gives the same `peerId` and `personId` back. */
    resumeToken: v.string(),
    /** A seat or knock still kept for this peer, to be taken back by `join`. */
    kept: v.nullable(v.object({room: RoomNameSchema, as: v.picklist(['seat', 'knock'])})),
    /** The access token says that this person agrees to links that are connected while it rings. */
    preconnect: v.optional(v.boolean()),
  }),
  /** To the knocker: you are in; and what whoever let you in has answered. */
  admitted: v.object({
    invitationId: IdSchema,
    room: RoomViewSchema,
    signal: v.optional(v.object({from: IdSchema, ...AnsweredSchema.entries})),
  }),
  /** A knock, to every member; a call, to every tab of the person who is called. */
  invitation: InvitationViewSchema,
  /** To the caller: it rings at the other end. */
  ringing: v.object({id: IdSchema}),
  /**
   * To everybody in the directory: who is new or has changed, and who is gone. A snapshot replaces
   * what was known before; a long one goes on in messages that are not.
   */
  people: v.object({
    directory: DirectoryNameSchema,
    isSnapshot: v.boolean(),
    people: v.pipe(v.array(PersonEntrySchema), v.maxLength(MAX_PEOPLE_PER_MESSAGE)),
    gone: v.array(PersonIdSchema),
  }),
  /** To everybody who knew of it, but the one whose answer ended it. */
  'invitation-ended': v.object({id: IdSchema, reason: v.picklist(END_REASONS)}),
  'peer-joined': v.object({
    ...PeerViewSchema.entries,
    /** The knock or call that was accepted, if it was one. */
    invitationId: v.optional(IdSchema),
    /** To the caller: what they have answered. */
    signal: v.optional(AnsweredSchema),
  }),
  'peer-left': v.object({peerId: IdSchema, reason: v.picklist(END_REASONS)}),
  /** Name, metadata or `connected` changed. */
  'peer-changed': PeerViewSchema,
  /** `from` is a peer; or, of what comes along with an open knock or call, its id. */
  signal: signalOf({from: IdSchema}),
  /** This connection is over: another one has taken the seat (`replaced`), or the relay removed it. */
  ended: v.object({reason: v.picklist(END_REASONS)}),
} as const;

// ------------------------------------------------------------------- types

export type RequestName = keyof typeof RequestSchemas;
export type Request<Name extends RequestName> = v.InferInput<(typeof RequestSchemas)[Name]>;
export type ParsedRequest<Name extends RequestName> = v.InferOutput<(typeof RequestSchemas)[Name]>;
export type Reply<Name extends RequestName> = v.InferOutput<(typeof ReplySchemas)[Name]>;
export type Refusal = v.InferOutput<typeof RefusalSchema>;
export type RelayEventName = keyof typeof EventSchemas;
export type RelayEvent<Name extends RelayEventName> = v.InferOutput<(typeof EventSchemas)[Name]>;

export type Handshake = v.InferInput<typeof HandshakeSchema>;
export type ParsedHandshake = v.InferOutput<typeof HandshakeSchema>;

/** Socket.IO's typing of one direction: requests carry an acknowledgement callback. */
export type ClientToRelayEvents = {
  [Name in RequestName]: (
    payload: Request<Name>,
    acknowledge: (reply: Reply<Name> | Refusal) => void,
  ) => void;
};

export type RelayToClientEvents = {
  [Name in RelayEventName]: (payload: RelayEvent<Name>) => void;
};
