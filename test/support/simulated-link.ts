/**
 * A link that is reckoned, not real: it has a capacity, a queue and losses, and senders on it that
 * send what a controller allows. For running controllers in a closed loop through minutes that take
 * no time. Coarse on purpose: it knows rates, not packets.
 */
import {randomFrom} from './random.js';
import type {LinkSample} from '../../widget/call/care/link-meter.js';
import type {PictureHeight} from '../../widget/call/care/picture-control.js';

export interface SimulatedLinkOptions {
  /** Bits a second. */
  readonly capacity: number;
  readonly loss?: number;
  readonly roundTripMs?: number;
  /** How much the bottleneck lets wait. */
  readonly queueMs?: number;
  /**
   * `fits` (Chromium): the browser estimates the link, says so, and fits its picture into it.
   * `floods` (Firefox at its worst, as measured): it sends all that it may, whatever becomes of it.
   */
  readonly browser: 'fits' | 'floods';
  readonly seed?: number;
}

/** What the picture is allowed at each height, and what an encoder cannot go below. */
const PICTURE: Record<PictureHeight, number> = {720: 1_700_000, 360: 500_000, 180: 100_000, 0: 0};
const LEAST_PICTURE = 35_000;
/** Opus with all its headers, with and without a bound. */
const SOUND = {wide: 56_000, narrow: 44_000};
const PACKETS_OF_SOUND = 50;
const STEP_MS = 100;

export class SimulatedLink {
  /** May change at any time. */
  options: SimulatedLinkOptions;
  nowMs = 0;
  /** The share of the sound that was lost, in each look. */
  readonly soundLost: number[] = [];
  readonly #random: () => number;
  #queued = 0;
  #estimate = 300_000;
  #sinceReportMs = 0;
  #packets = {sent: 0, lost: 0};

  constructor(options: SimulatedLinkOptions) {
    this.options = options;
    this.#random = randomFrom(options.seed ?? 1);
  }

  /** Sends for a while with a picture of this height, and tells what was measured. */
  look(height: PictureHeight, lastingMs = 2_000): LinkSample {
    const {loss = 0, roundTripMs = 40, browser} = this.options;
    let packetsReported = 0;
    let packetsReportedLost = 0;
    let isReported = false;
    let lost = 0;
    let picturePackets = 0;
    for (let at = 0; at < lastingMs; at += STEP_MS) {
      const picture = this.#pictureRate(height);
      const overflow = this.#send(
        picture + (height <= 180 ? SOUND.narrow : SOUND.wide),
        picture > 0,
      );
      const missed = Math.min(1, overflow + loss * (0.5 + this.#random()));
      lost += missed * (STEP_MS / lastingMs);
      const packets = (PACKETS_OF_SOUND * STEP_MS) / 1_000;
      const pictures = (picture * STEP_MS) / 1_000 / 8 / 1_000;
      picturePackets += pictures;
      this.#packets.sent += packets + pictures;
      this.#packets.lost += (packets + pictures) * missed;
      this.nowMs += STEP_MS;
      this.#sinceReportMs += STEP_MS;
      if (this.#sinceReportMs < (height > 0 ? 1_000 : 5_000)) continue;
      this.#sinceReportMs = 0;
      isReported = true;
      packetsReported += this.#packets.sent;
      packetsReportedLost += this.#packets.lost;
      this.#packets = {sent: 0, lost: 0};
    }
    this.soundLost.push(lost);
    return {
      atMs: this.nowMs,
      picturePacketsSent: picturePackets,
      packetsSent: picturePackets + (PACKETS_OF_SOUND * lastingMs) / 1_000,
      packetsReported,
      packetsReportedLost,
      reportAgeMs: this.#sinceReportMs,
      roundTripMs: isReported ? roundTripMs + this.#queueMs * (0.8 + 0.4 * this.#random()) : null,
      availableBitrate: browser === 'fits' ? this.#estimate : null,
      packetsReceived: 100,
      packetsMissed: 0,
      concealed: 0,
      frozenMs: 0,
      isUndecodable: false,
      isBack: false,
    };
  }

  get #queueMs(): number {
    return (this.#queued / this.options.capacity) * 1_000;
  }

  #pictureRate(height: PictureHeight): number {
    if (height === 0) return 0;
    const most = PICTURE[height];
    return this.options.browser === 'floods'
      ? most
      : Math.min(most, Math.max(LEAST_PICTURE, this.#estimate - SOUND.wide));
  }

  /** Returns the share that found the queue full. */
  #send(rate: number, hasPicture: boolean): number {
    const {capacity, queueMs = 300} = this.options;
    const offered = (rate * STEP_MS) / 1_000;
    const room = (capacity * (STEP_MS + queueMs)) / 1_000 - this.#queued;
    const taken = Math.min(offered, Math.max(0, room));
    this.#queued = Math.max(0, this.#queued + taken - (capacity * STEP_MS) / 1_000);
    const delivered = Math.min(capacity, rate);
    if (this.#queueMs > 100) this.#estimate = Math.min(this.#estimate, 0.85 * delivered);
    // It grows by what is proven: not far beyond what is being sent.
    else if (hasPicture) {
      this.#estimate = Math.min(this.#estimate * 1.008, Math.max(this.#estimate, 1.5 * rate));
    }
    return 1 - taken / offered;
  }
}
