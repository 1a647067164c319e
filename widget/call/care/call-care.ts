/**
 * What keeps a call alive and well once it has begun, as a chunk that comes after the first picture
 * (`care-loader.ts`): puts the parts together, and tells them of the links. Each part is whole by
 * itself: its constructor starts it, and the end of the call ends it.
 */
import type {CallError} from '../call-error.js';
import type {CallEvent} from '../call-events.js';
import type {CallMedia, CallOptions} from '../call-options.js';
import type {CallAction} from '../call-reducer.js';
import type {CallState} from '../call-state.js';
import type {LocalMedia} from '../local-media.js';
import type {PeerMesh} from '../peer-mesh.js';
import type {RelayConnection} from '../relay-connection.js';
import {DeviceWatch} from './device-watch.js';
import {expectsMedia} from './expected-media.js';
import {IceRenewal} from './ice-renewal.js';
import {LinkMessages} from './link-messages.js';
import {LinkRecovery} from './link-recovery.js';
import {offerMissingLinks} from './missing-links.js';
import {MutedSpeech} from './muted-speech.js';
import {PictureRefresh} from './picture-refresh.js';
import {QualityWatch} from './quality-watch.js';
import {NetworkWatch} from './network-watch.js';
import {ReceiverClock} from './receiver-clock.js';
import {RelayCheck} from './relay-check.js';
import {RelayReturn} from './relay-return.js';
import {RestartWatch} from './restart-watch.js';
import {ScreenDoor} from './screen-door.js';
import {SilenceWatch} from './silence-watch.js';
import {watchSpeaking} from './speaking-watch.js';

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
  readonly devices: DeviceWatch;
  readonly silenceWatch: SilenceWatch;
  readonly #recovery: LinkRecovery;
  readonly quality: QualityWatch;
  readonly screen: ScreenDoor;
  readonly #relayCheck: RelayCheck;
  readonly #pictures: PictureRefresh;
  readonly #restarts: RestartWatch;

  constructor(host: CareHost) {
    this.#host = host;
    this.#recovery = new LinkRecovery(host);
    this.screen = new ScreenDoor(host);
    const speech = new MutedSpeech(host);
    this.devices = new DeviceWatch(host, () => speech.update());
    host.mesh.relayReturn = new RelayReturn(host);
    this.#relayCheck = new RelayCheck(host);
    const networkWatch = new NetworkWatch(host, {
      relayCheck: this.#relayCheck,
      recovery: this.#recovery,
      iceRenewal: new IceRenewal(host),
    });
    this.#pictures = new PictureRefresh(host, this.screen);
    const messages = (host.mesh.linkMessages = new LinkMessages(host.mesh, (remote) =>
      this.#pictures.missed(remote),
    ));
    for (const [peerId, frame] of host.mesh.earlyFrames.splice(0)) messages.take(peerId, frame);
    const clock = new ReceiverClock(host.signal);
    watchSpeaking(host, clock);
    this.silenceWatch = new SilenceWatch(
      host,
      clock,
      (remote) => {
        const {peer, peerId} = remote;
        if (peer === null || !expectsMedia(host.state(), peerId, peer)) return;
        void networkWatch.suspect([remote], false);
      },
      (remote) => this.#pictures.livesAgain(remote),
    );
    this.quality = new QualityWatch(host, this.screen, this.silenceWatch);
    this.#restarts = new RestartWatch(host, this.silenceWatch);
    offerMissingLinks(host);
    // The relay is back, or the other side is back there: what could not be replaced without now can.
    const lookAtAll = (): void =>
      host.mesh.remotes.forEach((remote) => this.#recovery.look(remote));
    for (const news of ['welcome', 'peer-changed'] as const) {
      host.relay.addEventListener(news, lookAtAll, {signal: host.signal});
    }
    for (const {peerId} of host.mesh.remotes) this.linkChanged(peerId);
  }

  /** There is a fresh link to this peer, or the present one has another connection state. */
  linkChanged(peerId: string): void {
    const remote = this.#host.mesh.remote(peerId);
    if (remote?.peer === undefined || remote.peer === null) return;
    this.#recovery.look(remote);
    this.#pictures.linkChanged(remote.peer);
    this.#restarts.linkChanged(remote);
    this.screen.linkChanged(remote.peer);
    this.quality.linkChanged(peerId);
    // What took the link away may have taken the way to the relay as well.
    const {connectionState} = remote.peer;
    if (connectionState === 'connected') this.silenceWatch.listenAnew(remote.peer);
    if (connectionState === 'disconnected') void this.#relayCheck.now();
  }
}
