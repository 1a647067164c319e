/**
 * Looks at every link now and then: how good it is goes into the state, and the picture that it can
 * take is set on its senders and told to the other side. How that is judged is told in
 * `connection-quality.ts` and `picture-control.ts`; this file has the clock and the links.
 */
import type {PeerState} from '../call-state.js';
import type {Peer} from '../peer.js';
import type {Remote} from '../remote.js';
import {peerIn} from '../state-questions.js';
import type {CareHost} from './call-care.js';
import {saveAtCamera} from './camera-saving.js';
import {freshQuality, judge, type QualityMemory} from './connection-quality.js';
import {expectsMedia} from './expected-media.js';
import {firstMoments, LIFT_AFTER_MS} from './first-moments.js';
import {LinkMeter, type LinkSample} from './link-meter.js';
import {control, freshPicture, resettle, type PictureMemory} from './picture-control.js';
import {countLosses, onLosses} from './picture-loss.js';
import {setCamera, setScreen, setSound} from './picture-sender.js';
import {isReachable} from './reachable.js';
import type {ScreenDoor} from './screen-door.js';
import type {SilenceWatch} from './silence-watch.js';

/** Between two looks: soon where something is going wrong, and where it is only a few links to look at. */
const LOOK_MS = 2_000;
const CLOSE_LOOK_MS = 1_000;
const FEW_LINKS = 2;

/** After a gap of this length (the machine slept) what was measured before it says nothing. */
const SLEPT_MS = 8_000;

/** What is known of the present link to one peer. */
interface Watched {
  readonly peerId: string;
  readonly peer: Peer;
  meter: LinkMeter;
  quality: QualityMemory;
  picture: PictureMemory;
  /** What the other side was told last of our picture over this link; `undefined`: nothing. */
  toldHeight: number | null | undefined;
  /** What is decided here is set on the senders from now on. */
  isLifted: boolean;
  /** How many looks in a row found pictures of which nothing could be made. */
  losses: number;
  lift: ReturnType<typeof setTimeout> | undefined;
}

export class QualityWatch {
  readonly #host: CareHost;
  readonly #screen: Pick<ScreenDoor, 'senderOf'>;
  readonly #silences: Pick<SilenceWatch, 'silentUntil'>;
  readonly #watched = new Map<string, Watched>();
  #timer: ReturnType<typeof setTimeout>;
  #lookedAtMs = performance.now();

  constructor(
    host: CareHost,
    screen: Pick<ScreenDoor, 'senderOf'>,
    silences: Pick<SilenceWatch, 'silentUntil'>,
  ) {
    this.#host = host;
    this.#screen = screen;
    this.#silences = silences;
    // It begins when there has been a link for as long as that.
    const afterMs = Math.max(0, LOOK_MS - firstMoments.lastMs);
    this.#timer = setTimeout(() => void this.#look(), afterMs);
    host.signal.addEventListener('abort', () => this.#end(), {once: true});
  }

  /** There is a fresh link to this peer, or the present one has another connection state. */
  linkChanged(peerId: string): void {
    const remote = this.#host.mesh.remote(peerId);
    const watched = remote && this.#watch(remote);
    if (!watched || this.#host.signal.aborted) return;
    const {connectionState} = watched.peer;
    if (connectionState === 'failed') this.#forget(watched);
    if (connectionState === 'connected') {
      // What it takes can be seen from now on.
      if (!watched.lift && watched.picture.backSinceMs !== null) this.#forget(watched);
      watched.lift ??= setTimeout(() => this.#lift(watched), LIFT_AFTER_MS);
    }
    this.#judge(watched, null);
  }

  /** What this side sends, or wishes to, has changed: nobody waits for the next look. */
  lookNow(): void {
    for (const watched of this.#watched.values()) this.#apply(watched);
  }

  async #look(): Promise<void> {
    const {mesh, signal} = this.#host;
    const nowMs = performance.now();
    const hasSlept = nowMs - this.#lookedAtMs > SLEPT_MS;
    this.#lookedAtMs = nowMs;
    for (const [peerId, watched] of this.#watched) {
      if (mesh.remote(peerId)?.peer !== watched.peer) this.#drop(watched);
      else if (hasSlept) this.#forget(watched);
    }
    const watched = mesh.remotes.flatMap((remote) => this.#watch(remote) ?? []);
    const isTroubled = await Promise.all(watched.map((each) => this.#lookAt(each)));
    if (signal.aborted) return;
    const afterMs =
      isTroubled.includes(true) || watched.length <= FEW_LINKS ? CLOSE_LOOK_MS : LOOK_MS;
    this.#timer = setTimeout(() => void this.#look(), afterMs);
  }

  /** Resolves with true if it should be looked at again soon. */
  async #lookAt(watched: Watched): Promise<boolean> {
    const {peer, meter} = watched;
    // Also one that is `disconnected`: it may be our own picture that drowns the browser's checks.
    if (!peer.wasConnected) this.#judge(watched, null);
    if (!peer.wasConnected || !carriesMedia(peer)) return false;
    // Rejects if the link is closed meanwhile, which whoever closes it tells.
    const report = await peer.getStats().catch(() => null);
    if (report === null || this.#host.signal.aborted) return false;
    // Forgotten, or replaced, meanwhile.
    if (watched.meter !== meter || this.#watched.get(watched.peerId) !== watched) return false;
    const screens = this.#host.mesh.remote(watched.peerId)?.screen.getTracks() ?? [];
    const sample = meter.read(
      report,
      performance.now(),
      new Set(screens.map(({id}) => id)),
      this.#silences.silentUntil(peer),
    );
    if (sample !== null && (peer.senderOf('camera')?.track || this.#screen.senderOf(peer))) {
      watched.picture = control(watched.picture, sample);
    }
    const sinceSilenceMs = performance.now() - this.#silences.silentUntil(peer);
    watched.losses = countLosses(watched.losses, sample?.isUndecodable === true, sinceSilenceMs);
    this.#missPicture(watched);
    this.#judge(watched, sample);
    this.#apply(watched);
    const {badSinceMs, silentSinceMs} = watched.quality;
    return (badSinceMs ?? silentSinceMs ?? watched.picture.strainedSinceMs) !== null;
  }

  #missPicture({peer, peerId, losses}: Watched): void {
    const step = onLosses(losses);
    if (step === 'tell') peer.link.sendNow({type: 'picture-loss'});
    else if (step === 'replace' && isReachable(this.#host, peerId)) {
      this.#host.mesh.remote(peerId)?.replaceLink();
    }
  }

  #judge(watched: Watched, sample: LinkSample | null): void {
    const {peer, peerId} = watched;
    const known = this.#peerOf(peerId);
    if (known === undefined) return;
    const {pictureHeight} = known;
    const sentHeight = this.#heldBackTo(watched, known);
    // A link that is being made says nothing yet, unless it takes the place of a lost one, or nobody is there.
    const isLost = peer.wasConnected || !known.present || known.quality === 'lost';
    const isConnected = peer.connectionState === 'connected' || (isLost ? false : null);
    watched.quality = judge(watched.quality, sample, {
      nowMs: performance.now(),
      isConnected,
      expectsMedia: expectsMedia(this.#host.state(), peerId, peer),
      isHeldBack: isSmall(sentHeight) || isSmall(pictureHeight),
    });
    const {quality} = watched.quality;
    this.#host.dispatch({type: 'peer-changed', peerId, change: {quality, sentHeight}});
    if (watched.toldHeight !== sentHeight) this.#tell(watched, sentHeight);
  }

  /** The other side is told why our picture is small, or not there. */
  #tell(watched: Watched, pictureHeight: number | null): void {
    const {link} = watched.peer;
    if (!link.isOpen) return;
    watched.toldHeight = pictureHeight;
    const {microphoneEnabled, cameraEnabled, screenSharing} = this.#host.state().media;
    const {lowData} = this.#host.options();
    const facts = {microphoneEnabled, cameraEnabled, screenSharing, lowData};
    link.sendNow({type: 'media-state', ...facts, pictureHeight});
  }

  #apply(watched: Watched): void {
    const {lowData} = this.#host.options();
    saveAtCamera(this.#host.media.tracks.camera, lowData);
    const {peer, peerId, picture, isLifted} = watched;
    if (!isLifted) return;
    const [camera, microphone] = [peer.senderOf('camera'), peer.senderOf('microphone')];
    const isSaving = lowData || this.#peerOf(peerId)?.lowData;
    if (camera) setCamera(camera, picture.height, isSaving);
    if (microphone) setSound(microphone, picture.height);
    const screen = this.#screen.senderOf(peer);
    if (screen) setScreen(screen, picture.height, isSaving);
  }

  #lift(watched: Watched): void {
    watched.isLifted = true;
    this.#apply(watched);
  }

  /** `null`: the link is not what keeps our picture small. Of a screen something is always sent. */
  #heldBackTo({peer, picture: {height}}: Watched, {lowData}: PeerState): number | null {
    const isCamera = Boolean(peer.senderOf('camera')?.track);
    if (height === 720 || !(isCamera || this.#screen.senderOf(peer))) return null;
    const isSaving = lowData || this.#host.options().lowData;
    if (isSaving && height >= 180) return null;
    return isCamera ? height : Math.max(height, 180);
  }

  #watch({peerId, peer}: Remote): Watched | null {
    const former = this.#watched.get(peerId);
    if (former?.peer === peer) return former;
    if (former) this.#drop(former);
    if (peer === null) return null;
    const nowMs = performance.now();
    const watched: Watched = {
      peerId,
      peer,
      meter: new LinkMeter(),
      quality: {...freshQuality(nowMs), quality: this.#peerOf(peerId)?.quality ?? 'good'},
      picture: former ? resettle(former.picture, nowMs) : freshPicture(nowMs),
      toldHeight: undefined,
      isLifted: isWhole(peer.senderOf('camera')),
      losses: 0,
      lift: undefined,
    };
    this.#watched.set(peerId, watched);
    return watched;
  }

  /** What was measured of it does not hold any more. */
  #forget(watched: Watched): void {
    watched.meter = new LinkMeter();
    watched.picture = resettle(watched.picture, performance.now());
  }

  #drop({peerId, lift}: Watched): void {
    clearTimeout(lift);
    this.#watched.delete(peerId);
  }

  #peerOf(peerId: string): PeerState | undefined {
    return peerIn(this.#host.state(), peerId);
  }

  #end(): void {
    clearTimeout(this.#timer);
    for (const watched of this.#watched.values()) this.#drop(watched);
  }
}

function carriesMedia(peer: Peer): boolean {
  return peer.senderOf('microphone') !== undefined;
}

/** As it is where it was made large before anybody looked (`call-care.ts`). */
function isWhole(camera: RTCRtpSender | undefined): boolean {
  return camera?.getParameters().encodings[0]?.scaleResolutionDownBy === 1;
}

/** So small that people see it. */
function isSmall(height: number | null): boolean {
  return height !== null && height <= 180;
}
