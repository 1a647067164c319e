/**
 * From evidence to causes: pure rules, the most telling first. A rule looks at facts only; it does
 * not know when or why it is asked, nor the words for what it finds.
 */
import type {ErrorCode} from '../../../protocol/codes.js';
import {CODES_WITH_A_REASON, type Cause, type CauseCode, type FoundCause} from './causes.js';
import type {CandidateCounts, Evidence, LinkEvidence} from './evidence.js';

/** From here on speech has audible gaps, which the concealment of Opus does not cover any more. */
const MUCH_LOST = 0.05;

/** Two people begin to talk at the same time (ITU-T G.114: over 400 ms one way is unacceptable; that is there and back 800). */
const LONG_ROUND_TRIP_MS = 800;

/** Less than speech and a small picture need, in bits per second. */
const LITTLE_BITRATE = 120_000;

/** RFC 8656 section 17: no server of that address answered. A code of WebRTC's own (section 5.7.3), not of STUN's. */
const NO_ANSWER = 701;

/** What is wrong, the most serious first; empty: nothing that can be seen from here. Each cause once for each peer. */
export function diagnose(evidence: Evidence): readonly Cause[] {
  const causes: Cause[] = [];
  const add = (code: CauseCode, fatal: boolean, peer: string | null = null): void => {
    if (!causes.some((cause) => cause.code === code && cause.peer === peer)) {
      causes.push({code, peer, fatal});
    }
  };
  const {error, links, microphoneProblem, cameraProblem} = evidence;
  if (error !== null) {
    const isToldByLinks = error.code === 'ice-failed' && links.some(isBroken);
    if (!isToldByLinks) add(causeOfCode(error.code, evidence), error.fatal);
  } else if (!evidence.isOnline) add('offline', false);
  else if (evidence.signaling === 'reconnecting') add(relayCause(evidence), false);
  for (const link of links) {
    // What is only beginning is broken when it is told to be.
    if (!isBroken(link) || (link.isBeginning && error === null)) continue;
    const code = linkCause(link, evidence);
    // That is not this peer's affair.
    add(code, false, code === 'offline' ? null : link.peer);
  }
  for (const problem of [microphoneProblem, cameraProblem]) {
    if (problem !== null) add(causeOfCode(problem, evidence), false);
  }
  for (const link of links) {
    if (link.connectionState === 'connected') {
      for (const code of weaknesses(link)) add(code, false, link.peer);
    }
  }
  return causes.toSorted((a, b) => Number(b.fatal) - Number(a.fatal));
}

/** What is behind a failure of this code. */
export function causeOfCode(
  code: ErrorCode,
  evidence: Pick<Evidence, 'isOnline' | 'relayAnswers' | 'links'>,
): CauseCode {
  if (!isWithReason(code)) return code;
  switch (code) {
    case 'ice-failed': {
      const link = evidence.links.find(isBroken);
      return link === undefined ? 'unknown' : linkCause(link, evidence);
    }
    case 'negotiation-failed':
      return 'descriptions-refused';
    case 'relay-unreachable':
      return relayCause(evidence);
    case 'relay-timeout':
      return 'relay-silent';
    case 'internal':
      return 'unknown';
  }
}

function isWithReason(code: ErrorCode): code is (typeof CODES_WITH_A_REASON)[number] {
  return (CODES_WITH_A_REASON as readonly ErrorCode[]).includes(code);
}

function isBroken({connectionState}: LinkEvidence): boolean {
  return connectionState !== 'connected';
}

function relayCause({
  isOnline,
  relayAnswers,
}: Pick<Evidence, 'isOnline' | 'relayAnswers'>): FoundCause {
  if (!isOnline) return 'offline';
  return relayAnswers === true ? 'relay-blocked' : 'relay-down';
}

/** Why this side and the other do not find each other. */
function linkCause(link: LinkEvidence, {isOnline}: Pick<Evidence, 'isOnline'>): FoundCause {
  if (!isOnline) return 'offline';
  if (!link.present) return 'other-side-away';
  if (link.hasBeenConnected) return 'path-lost';
  if (!link.isAnswered) return 'other-side-silent';
  if (link.hasPath) return 'encryption-failed';
  const {local, hasTurn} = link;
  if (link.policy === 'relay' && !hasTurn) return 'turn-missing';
  if (hasTurn && local.relay === 0) return turnCause(link);
  if (count(local) === 0) return 'no-candidates';
  if (count(link.remote) === 0) return 'other-side-no-candidates';
  if (hasTurn) return 'path-blocked';
  return isUdpBlocked(link) ? 'udp-blocked' : 'no-turn';
}

function turnCause({serverErrors}: LinkEvidence): FoundCause {
  const isRefused = serverErrors.some(
    ({scheme, code}) => scheme.startsWith('turn') && code !== NO_ANSWER,
  );
  return isRefused ? 'turn-refused' : 'turn-unreachable';
}

function isUdpBlocked({hasStun, local, serverErrors}: LinkEvidence): boolean {
  if (!hasStun || local.srflx > 0) return false;
  return serverErrors.some(({scheme, code}) => scheme.startsWith('stun') && code === NO_ANSWER);
}

function* weaknesses(link: LinkEvidence): Generator<FoundCause> {
  const {limitation, lostOutgoing, lostIncoming, roundTripMs, availableBitrate} = link;
  if (limitation === 'cpu') yield 'device-overloaded';
  const isNarrow = availableBitrate !== null && availableBitrate < LITTLE_BITRATE;
  if ((lostOutgoing ?? 0) > MUCH_LOST || isNarrow) yield 'weak-upload';
  if ((lostIncoming ?? 0) > MUCH_LOST) yield 'weak-download';
  if ((roundTripMs ?? 0) > LONG_ROUND_TRIP_MS) yield 'slow-network';
}

function count({host, srflx, prflx, relay}: CandidateCounts): number {
  return host + srflx + prflx + relay;
}
