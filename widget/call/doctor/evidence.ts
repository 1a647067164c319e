/**
 * What the rules of `diagnose.ts` look at: plain facts about one call, with no address, no id of
 * anybody and no description in them, so that they can be sent on as they are.
 */
import type {ErrorCode} from '../../../protocol/codes.js';
import type {CallMedia} from '../call-options.js';
import type {CallStatus, SignalingState} from '../call-state.js';

export interface Evidence {
  readonly isOnline: boolean;
  readonly status: CallStatus;
  readonly signaling: SignalingState;
  readonly carries: CallMedia | null;
  /** The latest failure that was told, or that ended the call. */
  readonly error: {readonly code: ErrorCode; readonly fatal: boolean} | null;
  readonly microphoneProblem: ErrorCode | null;
  readonly cameraProblem: ErrorCode | null;
  /** What a web request to the relay came to; `null`: nobody has asked. */
  readonly relayAnswers: boolean | null;
  readonly links: readonly LinkEvidence[];
}

export interface CandidateCounts {
  readonly host: number;
  readonly srflx: number;
  readonly prflx: number;
  readonly relay: number;
}

/** RFC 8445 speaks of candidates and pairs; W3C webrtc-stats says what of them can be read. */
export interface LinkEvidence {
  /** `peer-1`, `peer-2`, … in the order in which they came. */
  readonly peer: string;
  /** The relay has a connection to it. */
  readonly present: boolean;
  readonly connectionState: RTCPeerConnectionState;
  readonly hasBeenConnected: boolean;
  /** It has not been connected yet, and has had no time for that. */
  readonly isBeginning: boolean;
  readonly isAnswered: boolean;
  readonly policy: RTCIceTransportPolicy;
  readonly hasStun: boolean;
  readonly hasTurn: boolean;
  readonly local: CandidateCounts;
  readonly remote: CandidateCounts;
  /** RFC 8656 codes that servers gave, and 701 for those that did not answer. */
  readonly serverErrors: readonly {readonly scheme: string; readonly code: number}[];
  /** A candidate pair answers, or did. */
  readonly hasPath: boolean;
  readonly dtlsState: RTCDtlsTransportState | null;
  /** Of the pair in use; `null`: none. */
  readonly path: {
    readonly local: string;
    readonly remote: string;
    /** Between the two candidates. */
    readonly protocol: string;
    /** Between this side and its TURN server. */
    readonly turnProtocol: string | null;
  } | null;
  /** Milliseconds there and back. */
  readonly roundTripMs: number | null;
  /** What may be sent, bits per second. */
  readonly availableBitrate: number | null;
  /** Share of packets since the last look, 0 to 1; `null`: none were sent. */
  readonly lostOutgoing: number | null;
  readonly lostIncoming: number | null;
  readonly limitation: 'none' | 'cpu' | 'bandwidth' | 'other';
}

/** What is not known of a link yet. */
export const NO_EVIDENCE: Omit<LinkEvidence, 'peer'> = {
  present: true,
  connectionState: 'new',
  hasBeenConnected: false,
  isBeginning: false,
  isAnswered: false,
  policy: 'all',
  hasStun: false,
  hasTurn: false,
  local: {host: 0, srflx: 0, prflx: 0, relay: 0},
  remote: {host: 0, srflx: 0, prflx: 0, relay: 0},
  serverErrors: [],
  hasPath: false,
  dtlsState: null,
  path: null,
  roundTripMs: null,
  availableBitrate: null,
  lostOutgoing: null,
  lostIncoming: null,
  limitation: 'none',
};
