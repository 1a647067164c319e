/**
 * What looks after the links of a call: mends them, makes pictures as large as they can take, and hears who
 * speaks. Made when somebody has been there for a moment, or a link is in trouble (`call-care.ts`): until
 * somebody has come nothing of it ticks. Each part is whole by itself: its constructor starts it, and the end of the
 * call ends it.
 */
import type {Remote} from '../remote.js';
import type {CareHost} from './call-care.js';
import {expectsMedia} from './expected-media.js';
import {LinkRecovery} from './link-recovery.js';
import {offerMissingLinks} from './missing-links.js';
import type {NetworkWatch} from './network-watch.js';
import {PictureRefresh} from './picture-refresh.js';
import {QualityWatch} from './quality-watch.js';
import {ReceiverClock} from './receiver-clock.js';
import {RelayReturn} from './relay-return.js';
import {RestartWatch} from './restart-watch.js';
import type {ScreenDoor} from './screen-door.js';
import {SilenceWatch} from './silence-watch.js';
import {watchSpeaking} from './speaking-watch.js';

export class LinkCare {
  readonly recovery: LinkRecovery;
  readonly pictures: PictureRefresh;
  readonly quality: QualityWatch;
  readonly #silenceWatch: SilenceWatch;
  readonly #restarts: RestartWatch;

  constructor(host: CareHost, network: NetworkWatch, screen: ScreenDoor) {
    this.recovery = new LinkRecovery(host);
    host.mesh.relayReturn = new RelayReturn(host);
    this.pictures = new PictureRefresh(host, screen);
    const clock = new ReceiverClock(host.signal);
    watchSpeaking(host, clock);
    this.#silenceWatch = new SilenceWatch(
      host,
      clock,
      (remote) => {
        const {peer, peerId} = remote;
        if (peer === null || !expectsMedia(host.state(), peerId, peer)) return;
        void network.suspect([remote], false);
      },
      (remote) => this.pictures.livesAgain(remote),
    );
    this.quality = new QualityWatch(host, screen, this.#silenceWatch);
    this.#restarts = new RestartWatch(host, this.#silenceWatch);
    offerMissingLinks(host);
    // The relay is back, or the other side is back there: what could not be replaced without now can.
    const lookAtAll = (): void => host.mesh.remotes.forEach((remote) => this.recovery.look(remote));
    for (const news of ['welcome', 'peer-changed'] as const) {
      host.relay.addEventListener(news, lookAtAll, {signal: host.signal});
    }
  }

  /** There is a fresh link to this peer, or the present one has another connection state. */
  linkChanged(remote: Remote): void {
    const {peer, peerId} = remote;
    if (peer === null) return;
    this.recovery.look(remote);
    this.pictures.linkChanged(peer);
    this.#restarts.linkChanged(remote);
    this.quality.linkChanged(peerId);
    if (peer.connectionState === 'connected') this.#silenceWatch.listenAnew(peer);
  }
}
