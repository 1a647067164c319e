/**
 * Reads one link's `getStats()` and tells what has happened since the last look, in the same terms in
 * every browser. What each browser leaves out is known here and nowhere else: Firefox has no estimate
 * of the bandwidth, and both keep telling the other side's last report when there are no new ones. It
 * judges nothing.
 */

/** What has happened on a link since the look before. */
export interface LinkSample {
  /** On a clock that does not jump. */
  readonly atMs: number;
  /** RTP packets that we have sent, of the picture alone and in all. */
  readonly picturePacketsSent: number;
  readonly packetsSent: number;
  /** Of how many packets of ours the other side has told something, and how many it missed. */
  readonly packetsReported: number;
  readonly packetsReportedLost: number;
  /** Since when it has told nothing of what we send; from the first look, if it never has. */
  readonly reportAgeMs: number;
  /** By its newest report; `null`: there is no new one. */
  readonly roundTripMs: number | null;
  /** What the browser thinks that this link takes, in bits a second; `null`: it does not say. */
  readonly availableBitrate: number | null;
  readonly packetsReceived: number;
  readonly packetsMissed: number;
  /** The share of what was heard that was made up because it had not come; 0 if nothing was heard. */
  readonly concealed: number;
  /** For how long its picture stood still that should have moved. */
  readonly frozenMs: number;
  /** A picture comes, and nothing can be made of it: its beginning is missing. */
  readonly isUndecodable: boolean;
  /**
   * Media comes from there again after an outage, in which nothing could be learned of the link, or
   * the link has another path. What was lost before says nothing of it.
   */
  readonly isBack: boolean;
}

/** No media has come for this long: an outage (or nobody has sent any, and nothing is forgotten but old reports). */
const OUTAGE_MS = 2_500;

/** Of a picture, and no frame in them: a large one may be under way in fewer. */
const UNDECODED_PACKETS = 20;
/** Where more is lost, a whole picture, which is the largest, would be lost as well. */
const UNDECODED_LOSS = 0.1;

/** An entry of any kind: which fields there are depends on the browser. */
interface Entry {
  readonly id: string;
  readonly type: string;
  readonly kind?: string;
  readonly localId?: string;
  readonly [field: string]: unknown;
}

export class LinkMeter {
  #last: ReadonlyMap<string, Entry> | null = null;
  /** When the other side last told something, by our clock. */
  #reportedAtMs = 0;
  /** How much we had sent by then, by the report's id. */
  readonly #sentAtReport = new Map<string, number>();
  /** The last look at which media had come. */
  #cameAtMs = 0;
  /** The candidate pair in use, by its id. */
  #path: unknown;
  /** Whose next report tells of an outage; sound has one every five seconds only. */
  readonly #stale = new Set<string>();

  /**
   * `null` at the first look: there is nothing to compare with.
   * @param screens The ids of tracks that may stand still, and be silent, for as long as they like.
   * @param silentUntilMs When a silence ended that was too short to be seen between two looks.
   */
  read(
    report: RTCStatsReport,
    atMs: number,
    screens: ReadonlySet<unknown> = new Set(),
    silentUntilMs = -Infinity,
  ): LinkSample | null {
    const entries = new Map<string, Entry>();
    report.forEach((entry: Entry) => entries.set(entry.id, entry));
    const last = this.#last;
    this.#last = entries;
    if (last === null) {
      this.#reports(entries, last, atMs);
      this.#cameAtMs = atMs;
      this.#path = pathOf(entries);
      return null;
    }

    let picturePacketsSent = 0;
    let packetsSent = 0;
    let packetsReceived = 0;
    let packetsMissed = 0;
    let heard = 0;
    let madeUp = 0;
    let frozenMs = 0;
    let isUndecodable = false;
    let availableBitrate: number | null = null;
    for (const [id, entry] of entries) {
      const before = last.get(id);
      // Firefox begins to count anew when a picture comes in another size.
      const isAnew = numberOf(entry['packetsReceived']) < numberOf(before?.['packetsReceived']);
      const grown = (field: string): number =>
        Math.max(0, numberOf(entry[field]) - (isAnew ? 0 : numberOf(before?.[field])));
      if (entry.type === 'outbound-rtp') {
        packetsSent += grown('packetsSent');
        if (entry.kind === 'video') picturePacketsSent += grown('packetsSent');
      } else if (entry.type === 'inbound-rtp') {
        packetsReceived += grown('packetsReceived');
        isUndecodable ||=
          !screens.has(entry['trackIdentifier']) &&
          typeof entry['framesDecoded'] === 'number' &&
          grown('packetsReceived') >= UNDECODED_PACKETS &&
          grown('packetsLost') < UNDECODED_LOSS * grown('packetsReceived') &&
          grown('framesDecoded') === 0;
        packetsMissed += grown('packetsLost');
        if (screens.has(entry['trackIdentifier'])) continue;
        frozenMs += 1_000 * grown('totalFreezesDuration');
        heard += grown('totalSamplesReceived');
        madeUp += grown('concealedSamples');
      } else if (entry.type === 'candidate-pair') {
        // Chromium tells it of the pair in use, and of no other.
        const estimate = entry['availableOutgoingBitrate'];
        if (typeof estimate === 'number') availableBitrate = estimate;
      }
    }
    const isBack =
      this.#isElsewhere(entries) || this.#isHeardAgain(packetsReceived > 0, atMs, silentUntilMs);
    if (isBack) {
      for (const [id, {type}] of entries) if (type === 'remote-inbound-rtp') this.#stale.add(id);
      this.#reportedAtMs = atMs;
      // A gap in their numbers is how long it was.
      packetsMissed = 0;
      [heard, madeUp, frozenMs] = [0, 0, 0];
    }
    const reports = this.#reports(entries, last, atMs);
    return {
      atMs,
      picturePacketsSent,
      packetsSent,
      ...reports,
      reportAgeMs: atMs - this.#reportedAtMs,
      availableBitrate,
      packetsReceived,
      packetsMissed,
      concealed: heard > 0 ? madeUp / heard : 0,
      frozenMs,
      isUndecodable,
      isBack,
    };
  }

  /** Reports alone say nothing of that: who sends no media may be silent for long. */
  #isHeardAgain(comesMedia: boolean, atMs: number, silentUntilMs: number): boolean {
    if (!comesMedia) return false;
    const wasAway = atMs - this.#cameAtMs >= OUTAGE_MS || silentUntilMs > this.#cameAtMs;
    this.#cameAtMs = atMs;
    return wasAway;
  }

  /** Another path than at the last look that knew of one. */
  #isElsewhere(entries: ReadonlyMap<string, Entry>): boolean {
    const former = this.#path;
    this.#path = pathOf(entries) ?? former;
    return former !== undefined && this.#path !== former;
  }

  /** What is new of what the other side tells. */
  #reports(
    entries: ReadonlyMap<string, Entry>,
    last: ReadonlyMap<string, Entry> | null,
    atMs: number,
  ): Pick<LinkSample, 'packetsReported' | 'packetsReportedLost' | 'roundTripMs'> {
    let packetsReported = 0;
    let packetsReportedLost = 0;
    let roundTripMs: number | null = null;
    if (last === null) this.#reportedAtMs = atMs;
    for (const [id, entry] of entries) {
      if (!isNewReport(entry, last)) continue;
      const sent = numberOf(entries.get(entry.localId ?? '')?.['packetsSent']);
      const covered = Math.max(0, sent - (this.#sentAtReport.get(id) ?? 0));
      this.#sentAtReport.set(id, sent);
      this.#reportedAtMs = atMs;
      if (this.#stale.delete(id)) continue;
      packetsReported += covered;
      packetsReportedLost += covered * Math.min(1, numberOf(entry['fractionLost']));
      const roundTrip = entry['roundTripTime'];
      if (typeof roundTrip === 'number') {
        roundTripMs = Math.max(roundTripMs ?? 0, 1_000 * roundTrip);
      }
    }
    return {packetsReported, packetsReportedLost, roundTripMs};
  }
}

/** Firefox marks the candidate pair, Chromium's transport names it. */
function pathOf(entries: ReadonlyMap<string, Entry>): unknown {
  for (const {id, type, selected, selectedCandidatePairId} of entries.values()) {
    if (type === 'transport' && selectedCandidatePairId) return selectedCandidatePairId;
    if (type === 'candidate-pair' && selected === true) return id;
  }
  return undefined;
}

function isNewReport(entry: Entry, last: ReadonlyMap<string, Entry> | null): boolean {
  if (entry.type !== 'remote-inbound-rtp') return false;
  return entry['timestamp'] !== last?.get(entry.id)?.['timestamp'];
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
