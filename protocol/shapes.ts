/**
 * The shapes that several messages have in common: people, peers, invitations, rooms, and what a
 * signal carries. `messages.ts` says who sends them when.
 */
import * as v from 'valibot';
import {
  CapacitySchema,
  DisplayNameSchema,
  IdSchema,
  MetadataSchema,
  PersonIdSchema,
  RoomNameSchema,
} from './fields.js';
import {MAX_CANDIDATE_LENGTH, MAX_CANDIDATES_PER_SIGNAL, MAX_SDP_LENGTH} from './limits.js';

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

/**
 * Somebody in a directory's list. What most people are is left out: no name, no metadata,
 * `available`. `in-call`: in a room with somebody else, or in a call.
 */
export const PersonEntrySchema = v.object({
  personId: PersonIdSchema,
  displayName: v.optional(DisplayNameSchema),
  metadata: v.optional(MetadataSchema),
  status: v.optional(v.picklist(['available', 'in-call'])),
});

export const InvitationViewSchema = v.object({
  id: IdSchema,
  kind: v.picklist(['knock', 'call']),
  from: PersonViewSchema,
  /** A duration, not a time of day: the two clocks need not agree. Milliseconds. */
  expiresInMs: v.number(),
});

/** A call on its way, as the one who made it sees it. */
export const OutgoingViewSchema = v.object({
  id: IdSchema,
  to: PersonViewSchema,
  expiresInMs: v.number(),
  /** One of the person's tabs has said that it rings. */
  isRinging: v.boolean(),
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
  /** `call`: made by a call, for its two ends alone; nobody knocks there. */
  kind: v.picklist(['room', 'call']),
  capacity: CapacitySchema,
  /** The others, oldest first. The receiver is not among them. */
  peers: v.array(PeerViewSchema),
  /** Knocks that still wait for an answer. */
  invitations: v.array(InvitationViewSchema),
  /** Who is being rung to come here; `null` when nobody is, or not any more. */
  outgoing: v.nullable(OutgoingViewSchema),
  ice: IceConfigurationSchema,
});

export const DescriptionSchema = v.object({
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
 * a link that has since been replaced (a reload, a rebuilt connection) is told apart by it. `again`
 * stands beside an offer for a link that has been answered before: it begins none.
 */
const OF_LINK = {linkId: IdSchema, again: v.optional(v.literal(true))};
export const signalOf = <Address extends v.ObjectEntries>(address: Address) =>
  v.union([
    v.object({...address, ...OF_LINK, description: DescriptionSchema}),
    v.object({...address, linkId: IdSchema, candidates: CandidatesSchema}),
  ]);

/** An answer that was made while it rang, with the candidates of that time in it. */
export const AnsweredSchema = v.object({linkId: IdSchema, description: DescriptionSchema});

export type PersonView = v.InferOutput<typeof PersonViewSchema>;
export type PersonEntry = v.InferOutput<typeof PersonEntrySchema>;
export type OutgoingView = v.InferOutput<typeof OutgoingViewSchema>;
export type PeerView = v.InferOutput<typeof PeerViewSchema>;
export type InvitationView = v.InferOutput<typeof InvitationViewSchema>;
export type RoomView = v.InferOutput<typeof RoomViewSchema>;
export type IceServer = v.InferOutput<typeof IceServerSchema>;
export type IceConfiguration = v.InferOutput<typeof IceConfigurationSchema>;
export type Description = v.InferOutput<typeof DescriptionSchema>;
/** What answers an offer that came along with an invitation. */
export type Answered = v.InferOutput<typeof AnsweredSchema>;
export type Candidate = v.InferOutput<typeof CandidateSchema>;
