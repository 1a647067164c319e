/**
 * The closed list of what the doctor can find. A failure whose code says it all is its own cause; the
 * others (`no path was found`, `the relay cannot be reached`) have one of the causes below. Words for
 * people are in `strings/doctor-texts.ts`, the rules in `diagnose.ts`.
 */
import type {ErrorCode} from '../../../protocol/codes.js';

/** Codes that tell that something failed, and not why. */
export const CODES_WITH_A_REASON = [
  'ice-failed',
  'negotiation-failed',
  'relay-unreachable',
  'relay-timeout',
  'internal',
] as const satisfies readonly ErrorCode[];

/** What is behind those, and what ails a call that has not failed. */
export const FOUND_CAUSES = [
  /** The browser has no network. */
  'offline',
  /** There is a network, and nothing answers at the relay's address. */
  'relay-down',
  /** The relay answers to a web request, and its connection cannot be made: a proxy in between. */
  'relay-blocked',
  /** The relay is connected and does not answer. */
  'relay-silent',
  /** The other side's page or network is gone; the relay keeps its seat. */
  'other-side-away',
  /** The other side has not answered the offer. */
  'other-side-silent',
  /** The other side has found no way out of its own network. */
  'other-side-no-candidates',
  /** This machine has no address to be reached at. */
  'no-candidates',
  /** `ice-transport-policy` is `relay`, and there is no TURN server. */
  'turn-missing',
  /** TURN servers turned the credentials away, or have no room. */
  'turn-refused',
  /** TURN servers do not answer. */
  'turn-unreachable',
  /** Nothing comes back from STUN: UDP is blocked; and there is no TURN server. */
  'udp-blocked',
  /** Each side has a way out, they do not meet, and there is no TURN server. */
  'no-turn',
  /** Even what goes through TURN does not arrive. */
  'path-blocked',
  /** A path was there and is gone. */
  'path-lost',
  /** A path was found, and the encryption could not be agreed on over it. */
  'encryption-failed',
  /** The two browsers do not understand each other's descriptions. */
  'descriptions-refused',
  /** The processor cannot keep up with the pictures. */
  'device-overloaded',
  /** Too much of what this side sends is lost, or it may send too little. */
  'weak-upload',
  /** Too much of what this side is sent is lost. */
  'weak-download',
  /** What is said arrives late. */
  'slow-network',
  'unknown',
] as const;

export type FoundCause = (typeof FOUND_CAUSES)[number];

export type CauseCode = Exclude<ErrorCode, (typeof CODES_WITH_A_REASON)[number]> | FoundCause;

/** One thing that is, or was, wrong. */
export interface Cause {
  readonly code: CauseCode;
  /** Whom the trouble is with, as the report names them: `peer-1`, …; `null`: not with one peer. */
  readonly peer: string | null;
  /** It has ended the call, or keeps it from coming about. */
  readonly fatal: boolean;
}
