/**
 * Looks at every link of the present call now and then, more often at one that is in trouble, and
 * keeps the last evidence of each: a link that was given up cannot be asked any more. Peers get
 * numbers here, in the order in which they come; no name or id of theirs leaves this file.
 */
import {IDLE_STATE, isActive, peersOf, type CallState, type PeerState} from '../call-state.js';
import type {Peer} from '../peer.js';
import type {PeerMesh} from '../peer-mesh.js';
import {NO_EVIDENCE, type LinkEvidence} from './evidence.js';
import {kindOf} from './ice-check.js';
import {readLink} from './read-link.js';

const CALM_MS = 10_000;
const TROUBLE_MS = 2_000;

/** A link that is not connected by then has shown why; as long as browsers ask a server that is silent. */
const TELLING_AFTER_MS = 12_000;

/** How many servers' answers are kept of one peer. */
const MAX_SERVER_ERRORS = 20;

interface Watched {
  evidence: LinkEvidence;
  report: RTCStatsReport | undefined;
  link: Peer | undefined;
}

export class LinkWatch {
  readonly #mesh: () => PeerMesh | null;
  readonly #watched = new Map<string, Watched>();
  readonly #numbers = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: CallState = IDLE_STATE;

  constructor(mesh: () => PeerMesh | null) {
    this.#mesh = mesh;
  }

  /** Of those who are in the call, or were in the last one when it ended. */
  get evidence(): readonly LinkEvidence[] {
    return [...this.#watched.values()].map(({evidence}) => evidence);
  }

  /** `peer-1`, … */
  numberOf(peerId: string): string {
    const number = this.#numbers.get(peerId) ?? `peer-${this.#numbers.size + 1}`;
    this.#numbers.set(peerId, number);
    return number;
  }

  follow(state: CallState): void {
    const before = this.#state;
    this.#state = state;
    if (isActive(state) && !isActive(before)) {
      this.#watched.clear();
      this.#numbers.clear();
    }
    const peers = peersOf(state);
    // Of a call that is over the last look is what a report tells of.
    if (!isActive(state)) return clearTimeout(this.#timer);
    for (const peer of peers) this.#note(peer);
    for (const peerId of this.#watched.keys()) {
      if (!peers.some((peer) => peer.peerId === peerId)) this.#watched.delete(peerId);
    }
    if (peers !== peersOf(before)) this.#schedule();
  }

  /** Looks at all of them. */
  async look(): Promise<void> {
    const remotes = this.#mesh()?.remotes ?? [];
    await Promise.allSettled(
      [...remotes].map(async ({peerId, peer}) => {
        if (peer !== null) await this.#look(peerId, peer);
      }),
    );
  }

  #note({peerId, connectionState, present}: PeerState): Watched {
    const watched = this.#watched.get(peerId) ?? {
      evidence: {...NO_EVIDENCE, peer: this.numberOf(peerId)},
      report: undefined,
      link: undefined,
    };
    this.#watched.set(peerId, watched);
    const hasBeenConnected = watched.evidence.hasBeenConnected || connectionState === 'connected';
    watched.evidence = {...watched.evidence, connectionState, present, hasBeenConnected};
    return watched;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const peers = peersOf(this.#state);
    if (peers.length === 0) return;
    const isCalm = peers.every(({connectionState}) => connectionState === 'connected');
    const again = (): void => void this.look().then(() => this.#schedule());
    this.#timer = setTimeout(again, isCalm ? CALM_MS : TROUBLE_MS);
  }

  async #look(peerId: string, peer: Peer): Promise<void> {
    const watched = this.#watched.get(peerId);
    if (watched === undefined) return;
    const isFirst = watched.link === undefined;
    const isYoung = performance.now() - peer.beganAt < TELLING_AFTER_MS;
    // One that was given up said more than the fresh one in its place does, until that has had its time.
    if (!isFirst && isYoung && !peer.wasConnected) return;
    if (watched.link !== peer) this.#listen(peer, watched);
    const isBeginning = isYoung && !peer.wasConnected;
    watched.evidence = {...watched.evidence, isBeginning};
    const {connection} = peer;
    const report = await peer.getStats();
    if (this.#watched.get(peerId) !== watched) return;
    const {iceServers = [], iceTransportPolicy = 'all'} = connection.getConfiguration();
    const kinds = iceServers.flatMap(({urls}) => [urls].flat()).map(kindOf);
    watched.evidence = {
      ...watched.evidence,
      ...readLink(report, watched.link === peer ? watched.report : undefined),
      isAnswered: connection.remoteDescription !== null,
      policy: iceTransportPolicy,
      hasStun: kinds.includes('stun'),
      hasTurn: kinds.some((kind) => kind?.startsWith('turn')),
    };
    watched.report = report;
  }

  #listen(peer: Peer, watched: Watched): void {
    watched.link = peer;
    watched.report = undefined;
    peer.connection.addEventListener(
      'icecandidateerror',
      ({url, errorCode}) => {
        const [scheme = ''] = url.split(':');
        const serverErrors = [...watched.evidence.serverErrors, {scheme, code: errorCode}];
        watched.evidence = {
          ...watched.evidence,
          serverErrors: serverErrors.slice(-MAX_SERVER_ERRORS),
        };
      },
      {signal: peer.signal},
    );
  }
}
