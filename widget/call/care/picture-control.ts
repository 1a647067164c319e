/**
 * How large a picture a link can take beside the sound, which comes first: a pure controller with
 * hysteresis, so that it can be read as a table and run against a simulated link. It steps down soon
 * and up late; a step up is a trial, and each that fails makes the next one wait twice as long, so
 * that a picture never swings. How a height is set on a sender is `picture-sender.ts`.
 */
import type {LinkSample} from './link-meter.js';

/** The shorter side of the picture; 720 stands for all that the camera gives, 0 for none. */
export type PictureHeight = 720 | 360 | 180 | 0;

/** From the whole picture to none. */
export const HEIGHTS: readonly PictureHeight[] = [720, 360, 180, 0];

/**
 * Estimates of the browser under which a picture of this height takes from the sound. Browsers that
 * estimate also fit the picture into it: only what they cannot fit any more is for us to take away.
 */
const LEAST_BITRATE: Record<PictureHeight, number> = {
  720: 250_000,
  360: 150_000,
  180: 55_000,
  0: 0,
};

/** More than the other side can repair. A link that loses 5 % at random keeps its picture. */
const STRAINED_LOSS = 0.1;
/** Nothing but a much smaller picture will do. */
const FLOODED_LOSS = 0.25;
/**
 * A browser that does not estimate the link goes on repairing what is lost for seconds, and chokes it
 * with that (Firefox, as measured): only without any picture there is sound again.
 */
const CHOKED_LOSS = 0.5;
/** As good as none. */
const CALM_LOSS = 0.03;
/** Where the browser sees room enough, loss is the link's own and not our doing. */
const HARMLESS_LOSS = 0.08;
/** A queue of this length before us: what we send is more than the link takes. */
const STRAINED_QUEUE_MS = 400;
const CALM_QUEUE_MS = 150;

/** Reports come about every second where there is a picture, and about every five for sound alone. */
const REPORTS_MISSED_MS = 5_000;
const SOUND_REPORTS_MISSED_MS = 15_000;

/** Where as much as `FLOODED_LOSS` of what comes is lost too, this is long enough: both share a link that is flooded. */
const REPORTS_LATE_MS = 2_000;

/** Fewer packets than these say nothing about loss. */
const LEAST_PACKETS = 20;
/** What is measured counts for about this long. */
const MEMORY_MS = 4_000;
/** An estimate that falls to this share of the least is the first sign of a link that has become narrow. */
const COLLAPSE = 0.25;
const ESTIMATE_MEMORY_MS = 8_000;
/** So much more than the least is room. */
const ROOM = 1.5;
/** By how much of the way, in this time, a longer round trip becomes the usual one (another route). */
const USUAL_ROUND_TRIP_MS = 30_000;

/** Strain for this long is answered; a flood at once. */
const STRAIN_MS = 3_000;
/** After a change: the queues run empty, and reports tell of the time after it. */
export const SETTLE_MS = 3_000;
/** The browser's estimate grows slowly after a step up; until then it does not count against it. */
const GROWTH_MS = 10_000;
/** After an outage it begins from next to nothing, which says nothing of the link. */
const REGROWTH_MS = 20_000;
/** Calm for this long, and the next height is tried. */
export const PATIENCE_MS = 10_000;
export const MAX_PATIENCE_MS = 120_000;
/**
 * Where some is lost that may be the link's own, and the browser sees no room, it is tried as well, but
 * later: on a narrow link even the first pictures of a trial are heard in the sound.
 */
const QUIET_PATIENCE_MS = 40_000;
/** A height that holds for this long was no mere trial. */
export const PROVEN_AFTER_MS = 120_000;

export interface PictureMemory {
  readonly height: PictureHeight;
  /** Of the last change of height. */
  readonly sinceMs: number;
  readonly atMs: number;
  /** When it came back from an outage, or was replaced. */
  readonly backSinceMs: number | null;
  /** Weighted by age, since the last change. */
  readonly reported: number;
  readonly reportedLost: number;
  readonly received: number;
  readonly missed: number;
  /** The round trip of this link when nothing waits. */
  readonly usualRoundTripMs: number | null;
  readonly roundTripMs: number | null;
  /** The browser's estimate, smoothed, for it swings; `null`: it has none. */
  readonly estimate: number | null;
  readonly strainedSinceMs: number | null;
  readonly calmSinceMs: number | null;
  /** No queue, and no loss that could not be the link's own. */
  readonly quietSinceMs: number | null;
  /** How long it must be calm before the next trial. */
  readonly patienceMs: number;
  /** The last change was a step up, and has not proven itself yet. */
  readonly isTrial: boolean;
}

export function freshPicture(nowMs: number): PictureMemory {
  return {
    height: 720,
    sinceMs: nowMs,
    atMs: nowMs,
    backSinceMs: null,
    reported: 0,
    reportedLost: 0,
    received: 0,
    missed: 0,
    usualRoundTripMs: null,
    roundTripMs: null,
    estimate: null,
    strainedSinceMs: null,
    calmSinceMs: null,
    quietSinceMs: null,
    patienceMs: PATIENCE_MS,
    isTrial: false,
  };
}

/** The link was lost, or is another one: what was measured of it does not count any more. */
export function resettle(memory: PictureMemory, nowMs: number): PictureMemory {
  return {...freshPicture(nowMs), height: memory.height, backSinceMs: nowMs};
}

/** What to send after this sample. */
export function control(memory: PictureMemory, sample: LinkSample): PictureMemory {
  if (sample.isBack) return resettle(memory, sample.atMs);
  // Nothing comes back: the link is gone, which is no matter of the picture's size.
  if (sample.packetsReceived === 0 && sample.packetsReported === 0) {
    return rest({...memory, atMs: sample.atMs});
  }
  const next = remember(memory, sample);
  const nowMs = sample.atMs;
  if (nowMs - memory.sinceMs < SETTLE_MS) return next;

  const verdict = verdictOf(next, sample);
  if (verdict === 'choked') return stepDown(next, nowMs, HEIGHTS.length);
  if (verdict === 'flooded') return stepDown(next, nowMs, next.height === 720 ? 2 : 1);
  if (verdict === 'strained') {
    const strainedSinceMs = next.strainedSinceMs ?? memory.atMs;
    return nowMs - strainedSinceMs >= STRAIN_MS
      ? stepDown(next, nowMs, 1)
      : {...rest(next), strainedSinceMs};
  }
  const isCalm = verdict === 'calm';
  const calmSinceMs = isCalm ? (next.calmSinceMs ?? memory.atMs) : null;
  const isQuiet = isCalm || verdict === 'quiet';
  const quietSinceMs = isQuiet ? (next.quietSinceMs ?? memory.atMs) : null;
  const isProven = next.isTrial && nowMs - next.sinceMs >= PROVEN_AFTER_MS;
  const settled = {
    ...next,
    strainedSinceMs: null,
    calmSinceMs,
    quietSinceMs,
    ...(isProven && {isTrial: false, patienceMs: PATIENCE_MS}),
  };
  const patienceMs = hasRoom(next) ? PATIENCE_MS : settled.patienceMs;
  const isTime =
    (calmSinceMs !== null && nowMs - calmSinceMs >= patienceMs) ||
    (quietSinceMs !== null && nowMs - quietSinceMs >= Math.max(patienceMs, QUIET_PATIENCE_MS));
  return isTime && next.height !== 720 ? stepUp(settled, nowMs) : settled;
}

function verdictOf(
  memory: PictureMemory,
  sample: LinkSample,
): 'choked' | 'flooded' | 'strained' | 'quiet' | 'calm' | 'unclear' {
  const {height, reported, reportedLost, roundTripMs, usualRoundTripMs, sinceMs, estimate} = memory;
  const loss = shareOf(reportedLost, reported);
  const isFlooded = loss >= FLOODED_LOSS || missesReports(memory, sample);
  // Without reports the loss is not known, and may be all there is.
  const isChoked = loss >= CHOKED_LOSS || loss < FLOODED_LOSS;
  if (isFlooded) return estimate === null && isChoked ? 'choked' : 'flooded';
  const {availableBitrate} = sample;
  const isRegrown = memory.backSinceMs === null || sample.atMs - memory.backSinceMs >= REGROWTH_MS;
  const hasCollapsed =
    isRegrown && availableBitrate !== null && availableBitrate < COLLAPSE * LEAST_BITRATE[height];
  if (hasCollapsed && height > 180) return 'flooded';
  const queueMs = (roundTripMs ?? 0) - (usualRoundTripMs ?? 0);
  if (loss >= STRAINED_LOSS || queueMs >= STRAINED_QUEUE_MS) return 'strained';
  const isTooLittle = estimate !== null && estimate < LEAST_BITRATE[height];
  if (isTooLittle && isRegrown && sample.atMs - sinceMs >= GROWTH_MS) return 'strained';
  if (queueMs >= CALM_QUEUE_MS || loss > HARMLESS_LOSS) return 'unclear';
  return loss <= CALM_LOSS || hasRoom(memory) ? 'calm' : 'quiet';
}

/** Something comes from there, but no report: what we send drowns on the way, or the reports do. */
function missesReports({height, received, missed}: PictureMemory, sample: LinkSample): boolean {
  if (sample.packetsSent === 0) return false;
  if (height === 0) return sample.reportAgeMs >= SOUND_REPORTS_MISSED_MS;
  const isSharedFlood = shareOf(missed, received + missed) >= FLOODED_LOSS;
  return sample.reportAgeMs >= (isSharedFlood ? REPORTS_LATE_MS : REPORTS_MISSED_MS);
}

function shareOf(lost: number, all: number): number {
  return all >= LEAST_PACKETS ? lost / all : 0;
}

/** The browser thinks that the next height would do as well. */
function hasRoom({height, estimate}: PictureMemory): boolean {
  const above = HEIGHTS[HEIGHTS.indexOf(height) - 1];
  return above !== undefined && estimate !== null && estimate >= ROOM * LEAST_BITRATE[above];
}

function stepDown(memory: PictureMemory, nowMs: number, steps: number): PictureMemory {
  const {height, isTrial, patienceMs} = memory;
  // A trial goes back to where it came from, which was well enough.
  const index = HEIGHTS.indexOf(height) + (isTrial ? 1 : steps);
  const below = HEIGHTS[Math.min(index, HEIGHTS.length - 1)] ?? 0;
  if (below === height) return rest(memory);
  return {
    ...moveTo(memory, below, nowMs),
    isTrial: false,
    patienceMs: isTrial ? Math.min(MAX_PATIENCE_MS, patienceMs * 2) : patienceMs,
  };
}

function stepUp(memory: PictureMemory, nowMs: number): PictureMemory {
  const above = HEIGHTS[HEIGHTS.indexOf(memory.height) - 1] ?? memory.height;
  return {...moveTo(memory, above, nowMs), isTrial: true};
}

function moveTo(memory: PictureMemory, height: PictureHeight, nowMs: number): PictureMemory {
  return {
    ...rest(memory),
    height,
    sinceMs: nowMs,
    reported: 0,
    reportedLost: 0,
    received: 0,
    missed: 0,
    roundTripMs: null,
  };
}

/** Whatever was becoming of it begins anew. */
function rest(memory: PictureMemory): PictureMemory {
  return {...memory, strainedSinceMs: null, calmSinceMs: null, quietSinceMs: null};
}

function remember(memory: PictureMemory, sample: LinkSample): PictureMemory {
  const sinceMs = Math.max(0, sample.atMs - memory.atMs);
  const next = {...memory, atMs: sample.atMs};
  // What is told in this time is of the time before.
  if (sample.atMs - memory.sinceMs < SETTLE_MS) return next;
  const kept = Math.exp(-sinceMs / MEMORY_MS);
  const roundTripMs = sample.roundTripMs ?? memory.roundTripMs;
  const before = memory.estimate ?? sample.availableBitrate;
  const keptEstimate = Math.exp(-sinceMs / ESTIMATE_MEMORY_MS);
  const usual = memory.usualRoundTripMs;
  const drift = Math.min(1, sinceMs / USUAL_ROUND_TRIP_MS);
  return {
    ...next,
    reported: memory.reported * kept + sample.packetsReported,
    reportedLost: memory.reportedLost * kept + sample.packetsReportedLost,
    received: memory.received * kept + sample.packetsReceived,
    missed: memory.missed * kept + sample.packetsMissed,
    roundTripMs,
    estimate:
      before === null || sample.availableBitrate === null
        ? before
        : before * keptEstimate + sample.availableBitrate * (1 - keptEstimate),
    usualRoundTripMs:
      roundTripMs === null || usual === null
        ? (usual ?? roundTripMs)
        : Math.min(roundTripMs, usual + (roundTripMs - usual) * drift),
  };
}
