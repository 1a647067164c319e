/**
 * One link's statistics as evidence: counts and kinds out of an `RTCStatsReport`, of which every
 * address, id and name stays behind. Browsers differ in what they tell; what is missing is `null`.
 */
import type {CandidateCounts, LinkEvidence} from './evidence.js';

/** The members that are read, of whatever kind of statistics (W3C webrtc-stats section 7). */
interface Stat {
  readonly id: string;
  readonly type: string;
  readonly kind?: string;
  readonly candidateType?: string;
  readonly protocol?: string;
  readonly relayProtocol?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly state?: string;
  readonly nominated?: boolean;
  readonly selected?: boolean;
  readonly selectedCandidatePairId?: string;
  readonly responsesReceived?: number;
  readonly currentRoundTripTime?: number;
  readonly roundTripTime?: number;
  readonly availableOutgoingBitrate?: number;
  readonly dtlsState?: RTCDtlsTransportState;
  readonly packetsSent?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly qualityLimitationReason?: LinkEvidence['limitation'];
}

type Read = Pick<
  LinkEvidence,
  | 'local'
  | 'remote'
  | 'hasPath'
  | 'dtlsState'
  | 'path'
  | 'roundTripMs'
  | 'availableBitrate'
  | 'lostOutgoing'
  | 'lostIncoming'
  | 'limitation'
>;

/** @param earlier The same link some seconds before: what was lost is counted from there. */
export function readLink(report: RTCStatsReport, earlier?: RTCStatsReport): Read {
  const stats = statsOf(report);
  const pairs = stats.filter(({type}) => type === 'candidate-pair');
  const transport = stats.find(({type}) => type === 'transport');
  const pair =
    pairs.find(({id}) => id === transport?.selectedCandidatePairId) ??
    pairs.find(({selected}) => selected === true) ??
    pairs.find(({nominated, state}) => nominated === true && state === 'succeeded');
  const byId = (id: string | undefined): Stat | undefined => stats.find((stat) => stat.id === id);
  const local = byId(pair?.localCandidateId);
  const remote = byId(pair?.remoteCandidateId);
  const remoteInbound = stats.filter(({type}) => type === 'remote-inbound-rtp');
  const roundTrip =
    pair?.currentRoundTripTime ?? maxOf(remoteInbound.map(({roundTripTime}) => roundTripTime));
  return {
    local: countsOf(stats, 'local-candidate'),
    remote: countsOf(stats, 'remote-candidate'),
    hasPath: pairs.some(
      ({state, responsesReceived = 0}) => state === 'succeeded' || responsesReceived > 0,
    ),
    dtlsState: transport?.dtlsState ?? null,
    path:
      local && remote
        ? {
            local: local.candidateType ?? 'unknown',
            remote: remote.candidateType ?? 'unknown',
            protocol: local.protocol ?? 'unknown',
            turnProtocol: local.relayProtocol ?? null,
          }
        : null,
    roundTripMs: roundTrip === undefined ? null : Math.round(roundTrip * 1000),
    availableBitrate: pair?.availableOutgoingBitrate ?? null,
    lostOutgoing: lossOf(report, earlier, 'remote-inbound-rtp', 'outbound-rtp', 'packetsSent'),
    lostIncoming: lossOf(report, earlier, 'inbound-rtp', 'inbound-rtp', 'packetsReceived'),
    limitation:
      stats.find(
        ({type, qualityLimitationReason: reason}) => type === 'outbound-rtp' && isLimit(reason),
      )?.qualityLimitationReason ?? 'none',
  };
}

function statsOf(report: RTCStatsReport | undefined): Stat[] {
  return report === undefined ? [] : ([...report.values()] as Stat[]);
}

function countsOf(stats: readonly Stat[], type: string): CandidateCounts {
  const of = (wanted: string): number =>
    stats.filter((stat) => stat.type === type && stat.candidateType === wanted).length;
  return {host: of('host'), srflx: of('srflx'), prflx: of('prflx'), relay: of('relay')};
}

/**
 * Lost among those that were sent since. What arrives is counted besides what is lost; what was sent
 * holds both.
 */
function lossOf(
  report: RTCStatsReport,
  earlier: RTCStatsReport | undefined,
  lostType: string,
  countType: string,
  count: 'packetsSent' | 'packetsReceived',
): number | null {
  const sum = (of: RTCStatsReport | undefined, type: string, member: keyof Stat): number =>
    statsOf(of)
      .filter((stat) => stat.type === type)
      .reduce((total, stat) => total + Number(stat[member] ?? 0), 0);
  const grown = (type: string, member: keyof Stat): number =>
    sum(report, type, member) - sum(earlier, type, member);
  const lost = Math.max(0, grown(lostType, 'packetsLost'));
  const counted = grown(countType, count) + (count === 'packetsReceived' ? lost : 0);
  return counted > 0 ? Math.min(1, lost / counted) : null;
}

function isLimit(reason: string | undefined): boolean {
  return reason === 'cpu' || reason === 'bandwidth' || reason === 'other';
}

function maxOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
