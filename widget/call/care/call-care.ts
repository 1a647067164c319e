/**
 * What keeps a call alive and well once it has begun, as a chunk that comes after the first picture
 * (`care-loader.ts`): looks after the way to the relay from the first, and after the devices and the links
 * (`later-care.ts`) when somebody is there and the first moments are over, or as soon as something is wrong; after the
 * devices also while one waits alone.
 */
import type {CallError} from '../call-error.js';
import type {CallEvent} from '../call-events.js';
import type {CallMedia, CallOptions} from '../call-options.js';
import type {CallAction} from '../call-reducer.js';
import type {CallState} from '../call-state.js';
import {setScale} from '../first-picture.js';
import type {LocalMedia} from '../local-media.js';
import type {PeerMesh} from '../peer-mesh.js';
import type {RelayConnection} from '../relay-connection.js';
import type {Remote} from '../remote.js';
import {peerIn} from '../state-questions.js';
import type {DeviceWatch} from './device-watch.js';
import {expectsMedia} from './expected-media.js';
import {firstMoments, LIFT_AFTER_MS} from './first-moments.js';
import {IceRenewal} from './ice-renewal.js';
import type {LinkCare} from './link-care.js';
import {LinkMessages} from './link-messages.js';
import {NetworkWatch} from './network-watch.js';
import {RelayCheck} from './relay-check.js';
import {ScreenDoor} from './screen-door.js';
// Last: what is opened later stands together then (`scripts/lib/lazy-parts.mjs`).
import {openLaterCare} from './later-care.js';

/** What care sees of a call. */
export interface CareHost {
  /** The call is over. Nothing that is dispatched, reported or told after that is heard. */
  readonly signal: AbortSignal;
  readonly relay: RelayConnection;
  readonly media: LocalMedia;
  readonly mesh: PeerMesh;
  readonly carries: CallMedia;
  state(): CallState;
  /** As they are now. */
  options(): CallOptions;
  dispatch(action: CallAction): void;
  report(error: CallError): void;
  tell(event: CallEvent): void;
}

export class CallCare {
  readonly #host: CareHost;
  readonly #relayCheck: RelayCheck;
  readonly #network: NetworkWatch;
  /** Asked for in the moment of a press: nothing is waited for then. */
  readonly screen: ScreenDoor;
  #devices: DeviceWatch | undefined;
  #links: LinkCare | undefined;
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CareHost) {
    this.#host = host;
    const {media, mesh, relay, signal} = host;
    media.keeper = {
      changed: () => this.#lookAtDevices(),
      lost: (kind, track) => this.careForDevices().lost(kind, track),
    };
    this.#relayCheck = new RelayCheck(host);
    this.#network = new NetworkWatch(host, {
      relayCheck: this.#relayCheck,
      iceRenewal: new IceRenewal(host),
      restart: (remote) => this.careForLinks().recovery.restart(remote),
    });
    this.screen = new ScreenDoor(host);
    const messages = (mesh.linkMessages = new LinkMessages(mesh, () =>
      signal.aborted ? null : this.careForLinks(),
    ));
    mesh.earlyFrames.splice(0).forEach((early) => messages.take(...early));
    for (const news of ['peer-joined', 'peer-changed'] as const)
      relay.addEventListener(news, () => this.#soon(), {signal});
    signal.addEventListener('abort', () => clearTimeout(this.#calm), {once: true});
    if (mesh.remotes.length === 0) this.careForDevices();
    this.#lookAtDevices();
    for (const {peer, peerId} of mesh.remotes) {
      const isLate = !peer || performance.now() - peer.beganAt > firstMoments.lastMs;
      if (isLate && peer?.connectionState !== 'connected') this.careForLinks();
      this.linkChanged(peerId);
    }
  }

  /** What is wrong already is seen to at once. */
  #lookAtDevices(): void {
    const {media, signal, state} = this.#host;
    if (this.#devices || signal.aborted) return;
    const {cameraProblem, microphoneProblem} = state().media;
    const {camera, microphone} = media.tracks;
    const isGone = [camera, microphone].some(
      (track) => track?.readyState === 'ended' || track?.muted,
    );
    if (cameraProblem || microphoneProblem || isGone) this.careForDevices();
  }

  /** At once, if it is not done already. */
  careForDevices(): DeviceWatch {
    if (this.#devices) return this.#devices;
    const {DeviceWatch, MutedSpeech} = openLaterCare();
    const speech = new MutedSpeech(this.#host);
    this.#devices = new DeviceWatch(this.#host, () => speech.update());
    return (this.#host.media.keeper = this.#devices);
  }

  /** At once, if it is not done already. */
  careForLinks(): LinkCare {
    if (this.#links) return this.#links;
    clearTimeout(this.#calm);
    this.careForDevices();
    const {LinkCare} = openLaterCare();
    const links = (this.#links = new LinkCare(this.#host, this.#network, this.screen));
    for (const remote of this.#host.mesh.remotes) links.linkChanged(remote);
    return links;
  }

  /** What this side sends, or wishes to, is not what it was. */
  look(): void {
    if (this.#host.options().lowData) this.careForLinks();
    this.#links?.quality.lookNow();
  }

  /** There is a fresh link to this peer, or the present one has another connection state. */
  linkChanged(peerId: string): void {
    const {mesh, signal} = this.#host;
    const remote = mesh.remote(peerId);
    if (!remote?.peer || signal.aborted) return;
    const {connectionState, wasConnected} = remote.peer;
    this.screen.linkChanged(remote.peer);
    if (this.#links) this.#links.linkChanged(remote);
    else if (connectionState === 'connected') this.#watchFirstMoments(remote);
    else if (wasConnected || connectionState === 'failed') this.careForLinks();
    else this.#soon();
    // What took the link away may have taken the way to the relay as well.
    if (connectionState === 'disconnected') void this.#relayCheck.now();
  }

  #soon(): void {
    if (this.#links) return;
    this.#calm ??= setTimeout(() => this.careForLinks(), firstMoments.lastMs);
  }

  /** The picture gets its full size. A link that brings nothing is looked after at once. */
  #watchFirstMoments({peer, peerId}: Remote): void {
    const {signal, state, options} = this.#host;
    const isOver = (): boolean => !peer || peer.signal.aborted || signal.aborted;
    this.#soon();
    // The other side may close it before its connection says anything.
    void peer?.link.closed.then(() => isOver() || this.careForLinks());
    setTimeout(() => {
      if (!peer || isOver() || this.#links) return;
      const isSilent = peer.receivers.every(({track}) => track.muted);
      if (isSilent && expectsMedia(state(), peerId, peer)) return void this.careForLinks();
      const camera = peer.senderOf('camera');
      const isSaving = options().lowData || peerIn(state(), peerId)?.lowData;
      if (camera && !isSaving) setScale(camera, 1);
    }, LIFT_AFTER_MS);
  }
}
