/** What comes in from each peer, read in the page from `getStats()`. */
import type {VideoChatRoom} from '../../widget/define.js';

/** What a peer’s connection has received so far. */
export interface Flow {
  /** Of the camera's picture. */
  readonly framesDecoded: number;
  /** Of the screen that is shared beside it; 0 while there is none. */
  readonly screenFramesDecoded: number;
  readonly audioReceived: number;
  /** RFC 6464's level of what is heard, 0 to 1. */
  readonly audioLevel: number;
  /** Candidate types of the pair in use. */
  readonly pair: readonly string[];
}

/** For `Visitor.element()`: it runs in the page and knows nothing of this module. */
export async function readFlows(element: VideoChatRoom): Promise<Record<string, Flow>> {
  const flows: Record<string, Flow> = {};
  for (const [peerId, report] of await element.getStats()) {
    const all = [...report.values()] as Record<string, never>[];
    const screen = element.screenOf(peerId);
    const isOfScreen = (stat: Record<string, never>): boolean =>
      Boolean(screen?.getTrackById(stat['trackIdentifier'] ?? ''));
    const arriving = all.filter((stat) => stat['type'] === 'inbound-rtp');
    const inbound = (kind: string) =>
      arriving.filter((stat) => stat['kind'] === kind && !isOfScreen(stat));
    const video = inbound('video')[0];
    const audio = inbound('audio')[0];
    const chosen = all.find((stat) => stat['type'] === 'transport')?.['selectedCandidatePairId'];
    // Firefox says it of the pair itself; in Chromium, which does not, those of before stay nominated.
    const pair = all.find((stat) => stat['selected'] === true || stat['id'] === (chosen ?? ''));
    const types = [pair?.['localCandidateId'], pair?.['remoteCandidateId']].map(
      (id) => all.find((stat) => stat['id'] === id)?.['candidateType'] ?? '',
    );
    flows[peerId] = {
      framesDecoded: video?.['framesDecoded'] ?? 0,
      screenFramesDecoded:
        arriving.filter(isOfScreen).find((stat) => stat['kind'] === 'video')?.['framesDecoded'] ??
        0,
      audioReceived: audio?.['bytesReceived'] ?? 0,
      audioLevel: audio?.['audioLevel'] ?? 0,
      pair: types,
    };
  }
  return flows;
}

/** A new link counts from nought again; so does Firefox when a picture is begun anew. */
export function isAnew(then: Flow | undefined, now: Flow): boolean {
  if (then === undefined) return true;
  return now.audioReceived < then.audioReceived || now.framesDecoded < then.framesDecoded;
}
