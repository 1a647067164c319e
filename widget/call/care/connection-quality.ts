/**
 * How good a link is, from what was measured of it: a pure judgement with hysteresis, so that it can
 * be read and tested as a table. One bad second is not a bad link, and a link is good again only when
 * it has been so for a while. What is done about it is `picture-control.ts`.
 */
import type {Quality} from '../call-state.js';
import type {LinkSample} from './link-meter.js';

/** A packet in twelve: speech is repaired so far, and not much further. */
export const BAD_LOSS = 0.08;
/** ITU-T G.114: beyond 400 ms one way people talk into each other's words. */
export const BAD_ROUND_TRIP_MS = 800;
/** The share of made-up sound that is heard as broken. */
export const BAD_CONCEALMENT = 0.08;
/** The share of the time for which the picture may stand still. */
const BAD_FREEZE = 0.4;
/** For being good again, half of each is too much still. */
const RELIEF = 0.5;

/** Bad for this long is poor, … */
export const POOR_AFTER_MS = 4_000;
/** … and not bad for this long is good. */
export const GOOD_AFTER_MS = 8_000;
/** Nothing has come for this long though something should. */
export const LOST_AFTER_MS = 3_000;
/** What is measured counts for about this long. */
const MEMORY_MS = 4_000;

export interface QualityMemory {
  readonly quality: Quality;
  /** Weighted by age: what was lost and concealed of late, both ways. */
  readonly reported: number;
  readonly reportedLost: number;
  readonly received: number;
  readonly missed: number;
  readonly concealed: number;
  readonly frozen: number;
  readonly roundTripMs: number;
  readonly atMs: number;
  readonly badSinceMs: number | null;
  readonly fineSinceMs: number | null;
  /** Since when nothing has come. */
  readonly silentSinceMs: number | null;
}

export interface LinkFacts {
  readonly nowMs: number;
  /** The link has a path; `null`: it has never had one, and is not missed yet. */
  readonly isConnected: boolean | null;
  /** Something should be coming: the other side's microphone or camera is on. */
  readonly expectsMedia: boolean;
  /** A side sends less of a picture than it could, for the link's sake. */
  readonly isHeldBack: boolean;
}

export function freshQuality(nowMs: number): QualityMemory {
  return {
    quality: 'good',
    reported: 0,
    reportedLost: 0,
    received: 0,
    missed: 0,
    concealed: 0,
    frozen: 0,
    roundTripMs: 0,
    atMs: nowMs,
    badSinceMs: null,
    fineSinceMs: null,
    silentSinceMs: null,
  };
}

/** @param sample `null`: nothing could be measured. */
export function judge(
  memory: QualityMemory,
  sample: LinkSample | null,
  facts: LinkFacts,
): QualityMemory {
  const {nowMs, isConnected} = facts;
  if (isConnected === null) return freshQuality(nowMs);
  // A link that is found again begins with what it is now, not with what it was.
  if (!isConnected) return {...freshQuality(nowMs), quality: 'lost'};
  if (sample === null) return {...memory, atMs: nowMs};

  const next = remember(memory, sample);
  const isSilent = facts.expectsMedia && sample.packetsReceived === 0;
  const silentSinceMs = isSilent ? (memory.silentSinceMs ?? memory.atMs) : null;
  if (silentSinceMs !== null && nowMs - silentSinceMs >= LOST_AFTER_MS) {
    return {...freshQuality(nowMs), quality: 'lost', silentSinceMs};
  }
  // When something comes again, how good it is will be seen.
  const before = memory.quality === 'lost' && !isSilent ? 'poor' : memory.quality;
  const isBad = isOver(next, 1);
  const isFine = !isSilent && !facts.isHeldBack && !isOver(next, RELIEF);
  const badSinceMs = isBad ? (memory.badSinceMs ?? memory.atMs) : null;
  const fineSinceMs = isFine ? (memory.fineSinceMs ?? memory.atMs) : null;
  return {
    ...next,
    badSinceMs,
    fineSinceMs,
    silentSinceMs,
    quality: qualityOf(before, nowMs, badSinceMs, fineSinceMs, facts.isHeldBack),
  };
}

function qualityOf(
  quality: Quality,
  nowMs: number,
  badSinceMs: number | null,
  fineSinceMs: number | null,
  isHeldBack: boolean,
): Quality {
  if (isHeldBack) return 'poor';
  if (badSinceMs !== null && nowMs - badSinceMs >= POOR_AFTER_MS) return 'poor';
  if (fineSinceMs !== null && nowMs - fineSinceMs >= GOOD_AFTER_MS) return 'good';
  return quality;
}

function remember(memory: QualityMemory, sample: LinkSample): QualityMemory {
  const sinceMs = Math.max(1, sample.atMs - memory.atMs);
  const kept = Math.exp(-sinceMs / MEMORY_MS);
  const blend = (before: number, now: number): number => before * kept + now * (1 - kept);
  return {
    ...memory,
    reported: memory.reported * kept + sample.packetsReported,
    reportedLost: memory.reportedLost * kept + sample.packetsReportedLost,
    received: memory.received * kept + sample.packetsReceived,
    missed: memory.missed * kept + sample.packetsMissed,
    concealed: blend(memory.concealed, sample.concealed),
    frozen: blend(memory.frozen, Math.min(1, sample.frozenMs / sinceMs)),
    roundTripMs: blend(memory.roundTripMs, sample.roundTripMs ?? memory.roundTripMs),
    atMs: sample.atMs,
  };
}

function isOver(memory: QualityMemory, share: number): boolean {
  const {reported, reportedLost, received, missed, concealed, frozen, roundTripMs} = memory;
  return (
    reportedLost > reported * BAD_LOSS * share ||
    missed > (received + missed) * BAD_LOSS * share ||
    concealed > BAD_CONCEALMENT * share ||
    frozen > BAD_FREEZE * share ||
    roundTripMs > BAD_ROUND_TRIP_MS * share
  );
}
