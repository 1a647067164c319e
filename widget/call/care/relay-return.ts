/**
 * A relay that has forgotten everybody gives everybody another id. Here the ids that the page knows
 * stay: each side tells the others over their links as whom it comes back, so that nobody need be
 * asked to let it in, and what the relay says of the new id is said of the old one.
 *
 * Nobody is believed at one word. Over the link a peer claims an id; by the relay the holder of that
 * id says whose end of a link it sees. Only both together tell that the two are one, and only then is
 * the name that the relay has for the one the name of the other.
 */
import type {RelayEvent} from '../../../protocol/messages.js';
import type {PeerView} from '../../../protocol/shapes.js';
import type {IdentityMessage} from '../../../protocol/care-messages.js';
import {peersOf, type Self} from '../call-state.js';
import type {Peer} from '../peer.js';
import {toPeerState} from '../relay-views.js';
import type {CareHost} from './call-care.js';
import {fingerprintIn} from '../fingerprint.js';
import {pause} from '../pause.js';
import {peerIn} from '../state-questions.js';
import {isReachable} from './reachable.js';

/** Who has not taken it in by then is asked to let us in like anybody. */
const ANSWER_MS = 3_000;

/** One message each way by the relay. Who has not proven by then whom it claims to be was not that one. */
const PROOF_MS = 3_000;

type Ids = Pick<Self, 'peerId' | 'personId'>;

/** A peer that has come back, by the id that the page knows. */
interface Returned extends Ids {
  /** The relay's view of it, to be believed when it is proven to be this peer's. */
  view?: PeerView;
  isProven: boolean;
  /** When we have told it whose end of the link we see; `-Infinity`: not yet, or it may be lost. */
  toldAt: number;
  /** How often it, or this side, was away from the relay: what was said in that time may be lost. */
  absences: number;
}

type ReturnHost = Pick<CareHost, 'relay' | 'mesh' | 'state' | 'dispatch' | 'signal'>;

export class RelayReturn {
  readonly #host: ReturnHost;
  /** By the id that the page knows. */
  readonly #returned = new Map<string, Returned>();
  readonly #awaited = new Map<string, () => void>();
  /** Every id under which the relay has shown somebody: whoever comes back has one that nobody has seen. */
  readonly #met = new Set<string>();
  #self: Ids | null = null;

  constructor(host: ReturnHost) {
    this.#host = host;
    const weWereAway = (): void => this.#returned.forEach(missed);
    host.relay.addEventListener('welcome', weWereAway, {signal: host.signal});
    for (const {peerId} of peersOf(host.state())) this.#met.add(peerId);
  }

  toPage(relayId: string): string {
    for (const [id, {peerId}] of this.#returned) if (peerId === relayId) return id;
    return relayId;
  }

  toRelay(pageId: string): string {
    return this.#returned.get(pageId)?.peerId ?? pageId;
  }

  /** Which person this peer says it is now. */
  claimOf(pageId: string): string | undefined {
    return this.#returned.get(pageId)?.personId;
  }

  /** Tells all whom we see as whom we come back. Resolves when they know, or after a while. */
  async introduce({peerId, personId}: Self): Promise<void> {
    this.#self = {peerId, personId};
    const remotes = this.#host.mesh.remotes;
    const all = remotes.flatMap(({peer, peerId: id}) => {
      if (peer?.connectionState !== 'connected') return [];
      peer.link.sendOnceOpen({type: 'identity', peerId, personId, isAnswer: false});
      return new Promise<void>((resolve) => this.#awaited.set(id, resolve));
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, ANSWER_MS)));
    await Promise.race([Promise.all(all), patience]);
    clearTimeout(timer);
  }

  /** What a peer says over its link. */
  heard(id: string, {peerId, personId, isAnswer}: IdentityMessage): void {
    const {state, mesh} = this.#host;
    const peers = peersOf(state());
    const isThere = peers.some((peer) => peer.peerId === peerId);
    // The relay was quicker than the link, which was down: they are here a second time.
    if (isThere && peers.some((peer) => peer.peerId === id && !peer.present)) {
      return mesh.farewell(id);
    }
    const isTaken = this.#met.has(peerId) || this.toPage(peerId) !== peerId;
    if (!isTaken)
      this.#returned.set(id, {peerId, personId, isProven: false, toldAt: -Infinity, absences: 0});
    if (isAnswer) return this.#awaited.get(id)?.();
    this.#say(id, true);
    // They ask again, for our proof has not reached them.
    const returned = this.#returned.get(id);
    if (returned && performance.now() - returned.toldAt > PROOF_MS / 2) {
      returned.toldAt = -Infinity;
      this.#tell(id, returned);
    }
  }

  /** The relay's view of a peer, as far as it can be believed, by the id that the page knows. */
  seen(view: PeerView): PeerView {
    const peerId = this.toPage(view.peerId);
    const returned = this.#returned.get(peerId);
    if (returned === undefined) {
      this.#met.add(peerId);
      return view;
    }
    if (!view.connected) missed(returned);
    if (returned.view === undefined) void this.#doubt(peerId, returned);
    returned.view = view;
    this.#tell(peerId, returned);
    const known = peerIn(this.#host.state(), peerId);
    if (returned.isProven || known === undefined) return {...view, peerId};
    const {displayName, personId, metadata} = known;
    return {peerId, displayName, personId, metadata, connected: view.connected};
  }

  /** Returns whether this was nothing but the word of somebody who is back. */
  takeProof({from, linkId}: RelayEvent<'signal'>): boolean {
    const id = this.toPage(from);
    const returned = this.#returned.get(id);
    if (returned === undefined) return false;
    if (linkId !== fingerprintOf(this.#host.mesh.remote(id)?.peer, 'local')) return false;
    returned.isProven = true;
    if (returned.view !== undefined) {
      const {displayName, personId, metadata} = returned.view;
      const change = {displayName, personId, metadata};
      this.#host.dispatch({type: 'peer-changed', peerId: id, change});
    }
    return true;
  }

  /** Somebody may have claimed the id of another, who would not be seen for as long as that is believed. */
  async #doubt(id: string, returned: Returned): Promise<void> {
    const {mesh, state, dispatch, signal} = this.#host;
    const isHeard = (): boolean => isReachable(this.#host, id);
    for (;;) {
      const wasHeard = isHeard();
      const {absences} = returned;
      await pause(PROOF_MS, signal);
      if (returned.isProven || signal.aborted || peerIn(state(), id) === undefined) return;
      // They are back as somebody else by now: the relay has forgotten everybody once more.
      if (this.#returned.get(id) !== returned) return;
      if (wasHeard && isHeard() && absences === returned.absences) break;
      // Who is away for the moment can prove nothing, nor can anybody while the relay is. Asked again, they do.
      if (isHeard()) this.#say(id, false);
    }
    const {view} = returned;
    this.#returned.delete(id);
    if (view === undefined) return;
    this.#met.add(view.peerId);
    dispatch({type: 'peer-joined', peer: toPeerState(view, undefined)});
    // What has been made of links under that name is of both.
    mesh.farewell(id);
    mesh.connect(view.peerId);
  }

  /** By the link: as whom we are here. */
  #say(id: string, isAnswer: boolean): void {
    const {mesh, state} = this.#host;
    const self = this.#self ?? state().self;
    if (self === null) return;
    const {peerId, personId} = self;
    mesh.remote(id)?.peer?.link.sendNow({type: 'identity', peerId, personId, isAnswer});
  }

  #tell(id: string, returned: Returned): void {
    const linkId = fingerprintOf(this.#host.mesh.remote(id)?.peer, 'remote');
    if (returned.toldAt > -Infinity || linkId === undefined) return;
    if (returned.view?.connected !== true) return;
    returned.toldAt = performance.now();
    this.#host.relay
      .request('signal', {to: returned.peerId, linkId, candidates: [{candidate: ''}]})
      .catch(() => (returned.toldAt = -Infinity));
  }
}

/** Our proof is given once more at the next occasion. */
function missed(returned: Returned): void {
  returned.absences++;
  returned.toldAt = -Infinity;
}

/** Names one end of a link as nothing else does: nobody else has the key to it. */
function fingerprintOf(peer: Peer | null | undefined, end: 'local' | 'remote'): string | undefined {
  // Firefox throws for the description of a closed connection.
  const sdp = peer?.connectionState === 'closed' ? '' : peer?.connection[`${end}Description`]?.sdp;
  return fingerprintIn(sdp ?? '');
}
