/**
 * Everything that is true of a call, as one frozen value. It holds facts only (ids, strings,
 * booleans, the one `CallError`): no stream, no socket, no wish. How it moves on is
 * `call-reducer.ts`, what is fired when it does is `call-events.ts`.
 */
import type {EndReason} from '../../protocol/codes.js';
import type {CallError} from './call-error.js';

export interface Person {
  readonly personId: string;
  readonly displayName: string;
  readonly metadata: unknown;
}

export interface Self {
  readonly peerId: string;
  readonly personId: string;
  readonly displayName: string;
}

/** How good the link to a peer is; `lost`: nothing gets through, and a way is being looked for. */
export type Quality = 'good' | 'poor' | 'lost';

export interface PeerState extends Person {
  readonly peerId: string;
  /** `RTCPeerConnection.connectionState`; `new` until there is a connection. */
  readonly connectionState: RTCPeerConnectionState;
  /** False while the relay has lost it and keeps its seat (a reload, a lost network). */
  readonly present: boolean;
  readonly microphoneEnabled: boolean;
  readonly cameraEnabled: boolean;
  readonly screenSharing: boolean;
  /** It is heard to speak, or was a moment ago. Chromium knows only while its sound is played. */
  readonly speaking: boolean;
  /** `good` until it has shown to be otherwise. */
  readonly quality: Quality;
  /**
   * The link is too weak for more than a picture of this many lines from this peer, by its own word;
   * 0: for any. `null`: it is not.
   */
  readonly pictureHeight: number | null;
  /** The same for the picture that this side sends to it. */
  readonly sentHeight: number | null;
  /** It wants small pictures from everybody (`low-data`). */
  readonly lowData: boolean;
}

/** Somebody of the directory. */
export interface PersonState extends Person {
  /** `in-call`: in a room with somebody else, or in a call. */
  readonly status: 'available' | 'in-call';
}

/** Somebody asks: to be let into our room (`knock`), or for a call. */
export interface Invitation {
  readonly id: string;
  readonly kind: 'knock' | 'call';
  readonly from: Person;
  /** Milliseconds since the epoch, on this machine's clock. */
  readonly expiresAt: number;
}

/** A call of ours that waits for an answer. */
export interface Outgoing {
  readonly invitationId: string;
  /** The other side has said that it rings there. */
  readonly isRinging: boolean;
  /** Milliseconds since the epoch, on this machine's clock. */
  readonly expiresAt: number;
}

/** What this side sends. `…Problem`: why the device that was wanted is not there. */
export interface LocalMediaState {
  readonly microphoneEnabled: boolean;
  readonly cameraEnabled: boolean;
  readonly screenSharing: boolean;
  readonly microphoneProblem: CallError | null;
  readonly cameraProblem: CallError | null;
}

/** The way to the relay. Losing it does not end a call. */
export type SignalingState = 'open' | 'reconnecting' | 'closed';

/** What holds whatever the status. */
export interface CallStateBase {
  /** Where this side is listed, or will be as soon as the relay is there; `null`: nowhere. */
  readonly directory: string | null;
  /** The others of that directory, by name. Those last known, while the relay is away. */
  readonly people: readonly PersonState[];
  readonly signaling: SignalingState;
  readonly self: Self | null;
  readonly media: LocalMediaState;
  readonly incoming: readonly Invitation[];
}

/**
 * Where a call stands. `person`: whom a call is with that was not made to a room but to somebody;
 * its `room` is made by the relay, and empty until it is known.
 */
export type CallPhase =
  | {readonly status: 'idle'}
  | {readonly status: 'acquiring-media'; readonly room: string; readonly person?: Person}
  | {readonly status: 'joining'; readonly room: string; readonly person?: Person}
  | {readonly status: 'waiting'; readonly room: string; readonly capacity: number}
  | {
      readonly status: 'knocking';
      readonly room: string;
      readonly invitationId: string;
      readonly expiresAt: number;
    }
  | ({
      readonly status: 'calling';
      readonly room: string;
      readonly capacity: number;
      readonly person: Person;
    } & Outgoing)
  | {
      readonly status: 'in-call';
      readonly room: string;
      readonly capacity: number;
      readonly person?: Person;
      readonly peers: readonly [PeerState, ...PeerState[]];
    }
  | {
      readonly status: 'left';
      readonly room: string;
      readonly person?: Person;
      readonly reason: EndReason;
    }
  | {
      readonly status: 'failed';
      readonly room: string | null;
      readonly person?: Person;
      readonly error: CallError;
    };

export type CallState = CallStateBase & CallPhase;
export type CallStatus = CallPhase['status'];

export const MEDIA_OFF: LocalMediaState = Object.freeze({
  microphoneEnabled: false,
  cameraEnabled: false,
  screenSharing: false,
  microphoneProblem: null,
  cameraProblem: null,
});

export const IDLE_STATE: CallState = Object.freeze({
  status: 'idle',
  directory: null,
  people: Object.freeze([]),
  signaling: 'closed',
  self: null,
  media: MEDIA_OFF,
  incoming: Object.freeze([]),
});

/** The peers of a call, none outside one. */
export function peersOf(state: CallState): readonly PeerState[] {
  return state.status === 'in-call' ? state.peers : [];
}

/** In a room, or on the way into one: `leave()` has something to do. */
export function isActive(state: CallState): boolean {
  switch (state.status) {
    case 'acquiring-media':
    case 'joining':
    case 'waiting':
    case 'knocking':
    case 'calling':
    case 'in-call':
      return true;
    case 'idle':
    case 'left':
    case 'failed':
      return false;
  }
}

/** The room of the present or of the last call. */
export function roomOf(state: CallState): string | null {
  return state.status === 'idle' ? null : state.room;
}
