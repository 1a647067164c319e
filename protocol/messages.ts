/**
 * What a client and the relay say to each other: one schema a message, from which every type is
 * inferred. Nothing here knows about sockets. `docs/PROTOCOL.md` tells the same for people.
 */
import * as v from 'valibot';
import {END_REASONS, ERROR_CODES} from './codes.js';
import {
  MAX_CANDIDATE_LENGTH,
  MAX_CANDIDATES_PER_SIGNAL,
  MAX_CAPACITY,
  MAX_DISPLAY_NAME_LENGTH,
  MAX_ID_LENGTH,
  MAX_METADATA_BYTES,
  MAX_PERSON_ID_LENGTH,
  MAX_RING_TIMEOUT_MS,
  MAX_SDP_LENGTH,
  MAX_TOKEN_LENGTH,
  MIN_CAPACITY,
  MIN_RING_TIMEOUT_MS,
} from './limits.js';
import {codePointLength, hasUnseenCharacters, isRoomName, utf8Length} from './text.js';

const text = (maxLength: number) =>
  v.pipe(
    // The cheap check first: a code point is at most two units, so nothing long is ever walked.
    v.string(),
    v.maxLength(maxLength * 2),
    v.check((value) => codePointLength(value) <= maxLength, 'too long'),
    v.check((value) => !hasUnseenCharacters(value), 'control characters'),
  );

export const IdSchema = v.pipe(
  v.string(),
  v.maxLength(MAX_ID_LENGTH),
  v.regex(/^[A-Za-z0-9_-]{8,}$/),
);

/** Made by the relay like every other id, or the `sub` of an access token as it is. */
export const PersonIdSchema = v.pipe(text(MAX_PERSON_ID_LENGTH), v.minLength(1));

export const RoomNameSchema = v.pipe(v.string(), v.check(isRoomName, 'not a room name'));

export const DisplayNameSchema = text(MAX_DISPLAY_NAME_LENGTH);

/** Any JSON value whose text is at most `MAX_METADATA_BYTES` long; `null` says "none". */
export const MetadataSchema = v.pipe(
  v.unknown(),
  v.check((value) => {
    try {
      const json = JSON.stringify(value ?? null);
      return json.length <= MAX_METADATA_BYTES && utf8Length(json) <= MAX_METADATA_BYTES;
    } catch {
      return false;
    }
  }, 'not JSON, or too large'),
  // A copy that is JSON and nothing else: what has a `toJSON`, or came as binary, is not passed on as it is.
  v.transform((value): unknown => JSON.parse(JSON.stringify(value ?? null))),
);

export const CapacitySchema = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(MIN_CAPACITY),
  v.maxValue(MAX_CAPACITY),
);

// ---------------------------------------------------------------- handshake

/** Sent as Socket.IO's `auth` with every connection. */
export const HandshakeSchema = v.object({
  protocol: v.pipe(v.number(), v.integer()),
  resumeToken: v.optional(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
  token: v.optional(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
  displayName: v.optional(DisplayNameSchema, ''),
  metadata: v.optional(MetadataSchema, null),
});

// ------------------------------------------------------------ shared shapes

export const PersonViewSchema = v.object({
  personId: PersonIdSchema,
  displayName: DisplayNameSchema,
  metadata: MetadataSchema,
});

/** A peer as the others see it. `connected: false`: its seat is kept, its socket is gone. */
export const PeerViewSchema = v.object({
  peerId: IdSchema,
  ...PersonViewSchema.entries,
  connected: v.boolean(),
});

export const InvitationViewSchema = v.object({
  id: IdSchema,
  kind: v.picklist(['knock', 'call']),
  from: PersonViewSchema,
  /** A duration, not a time of day: the two clocks need not agree. Milliseconds. */
  expiresInMs: v.number(),
});

/** `RTCIceServer` as the relay hands it out. */
export const IceServerSchema = v.object({
  urls: v.array(v.string()),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

export const IceConfigurationSchema = v.object({
  iceServers: v.array(IceServerSchema),
  /** When TURN credentials run out; `null`: never. Milliseconds from now. */
  expiresInMs: v.nullable(v.number()),
});

/** Everything that a seated peer needs to know; sent on every way into the room. */
export const RoomViewSchema = v.object({
  name: RoomNameSchema,
  capacity: CapacitySchema,
  /** The others, oldest first. The receiver is not among them. */
  peers: v.array(PeerViewSchema),
  /** Knocks that still wait for an answer. */
  invitations: v.array(InvitationViewSchema),
  ice: IceConfigurationSchema,
});

const DescriptionSchema = v.object({
  type: v.picklist(['offer', 'answer', 'pranswer', 'rollback']),
  sdp: v.pipe(v.string(), v.maxLength(MAX_SDP_LENGTH)),
});

/** `RTCIceCandidateInit`; an empty `candidate` is the end-of-candidates mark (RFC 8838 section 4). */
const CandidateSchema = v.object({
  candidate: v.pipe(v.string(), v.maxLength(MAX_CANDIDATE_LENGTH)),
  sdpMid: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
  sdpMLineIndex: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
  ),
  usernameFragment: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(256)))),
});

const CandidatesSchema = v.pipe(
  v.array(CandidateSchema),
  v.minLength(1),
  v.maxLength(MAX_CANDIDATES_PER_SIGNAL),
);

/**
 * `linkId` names one `RTCPeerConnection` pair; the side that offers first makes it up. A signal of
 * a link that has since been replaced (a reload, a rebuilt connection) is told apart by it.
 */
const signalOf = <Address extends v.ObjectEntries>(address: Address) =>
  v.union([
    v.object({...address, linkId: IdSchema, description: DescriptionSchema}),
    v.object({...address, linkId: IdSchema, candidates: CandidatesSchema}),
  ]);

// ---------------------------------------------------------------- requests

/** Client → relay. Each is acknowledged with `{ok: true, …}` or a `Refusal`. */
export const RequestSchemas = {
  /** Take a seat, or knock. Repeated after a reconnection it takes the kept seat or knock back. */
  join: v.object({
    room: RoomNameSchema,
    capacity: v.optional(CapacitySchema),
    ringTimeoutMs: v.optional(
      v.pipe(v.number(), v.minValue(MIN_RING_TIMEOUT_MS), v.maxValue(MAX_RING_TIMEOUT_MS)),
    ),
    /** Only take back what is kept; without it answer `not-in-room` rather than knock anew. */
    resume: v.optional(v.boolean(), false),
  }),
  /** Give the seat up, or take the knock back. Always succeeds. */
  leave: v.object({}),
  answer: v.object({invitationId: IdSchema, response: v.picklist(['accept', 'decline'])}),
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
    }),
  ]),
  leave: done,
  answer: done,
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
  }),
  /** To the knocker: you are in. */
  admitted: v.object({invitationId: IdSchema, room: RoomViewSchema}),
  /** To every member: somebody is at the door. */
  invitation: InvitationViewSchema,
  /** To everybody who knew of it, but the one whose answer ended it. */
  'invitation-ended': v.object({id: IdSchema, reason: v.picklist(END_REASONS)}),
  'peer-joined': PeerViewSchema,
  'peer-left': v.object({peerId: IdSchema, reason: v.picklist(END_REASONS)}),
  /** Name, metadata or `connected` changed. */
  'peer-changed': PeerViewSchema,
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
export type PersonView = v.InferOutput<typeof PersonViewSchema>;
export type PeerView = v.InferOutput<typeof PeerViewSchema>;
export type InvitationView = v.InferOutput<typeof InvitationViewSchema>;
export type RoomView = v.InferOutput<typeof RoomViewSchema>;
export type IceServer = v.InferOutput<typeof IceServerSchema>;
export type IceConfiguration = v.InferOutput<typeof IceConfigurationSchema>;
export type Description = v.InferOutput<typeof DescriptionSchema>;
export type Candidate = v.InferOutput<typeof CandidateSchema>;

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
