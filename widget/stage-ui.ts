/**
 * What a person can do with the pictures of a call, and what the stage does by itself: one of several people
 * enlarged (by hand, or whoever speaks), pictures whole or filling their tiles, one's own moved to
 * another corner, a ring around whoever speaks, full screen. The tiles are the base's (`views/tile.ts`);
 * what hangs on sizes and voices is set on them past every rendering. Comes with `device-ui.ts`.
 */
import type {CallContext, CallScreens} from './call-surface.js';
import {peersOf, type PeerState} from './call/call-state.js';
import {isSeated} from './call/state-questions.js';
import {OwnLevel} from './own-level.js';
import {OwnTile} from './own-tile.js';
import {PictureFit} from './picture-fit.js';
import {SpeakerTurn} from './speaker-turn.js';
import {arrangeTiles, markTiles, type BoxSize, type StageMarks} from './stage-marks.js';
import {STAGE_TEXTS} from './strings/stage-texts.js';
import {
  enlargeIcon,
  fullScreenIcon,
  moveIcon,
  ownWindowIcon,
  speakerViewIcon,
  wholeIcon,
} from './views/stage-icons.js';
import {isChosen} from './views/controls.js';
import {awayView, stageTools, type StageTool} from './views/stage-tools.js';
import {stageToolsStyles} from './views/stage-tools.styles.js';
import {WindowDoor} from './window-door.js';

/** One's own among them; shared screens are not. */
const PICTURES = '.tiles video';

export class StageUi {
  static readonly styles = [stageToolsStyles];
  static readonly texts = STAGE_TEXTS;

  readonly #context: CallContext;
  readonly #ownTile: OwnTile;
  readonly #door: WindowDoor;
  readonly #fit: PictureFit;
  readonly #level: OwnLevel;
  readonly #box: ResizeObserver;
  #tiles: HTMLElement | null = null;
  #size = {width: 0, height: 0};
  /** Whom somebody has enlarged, until they go. */
  #enlarged: string | null = null;
  /** Whoever speaks is large. */
  #isSpeakerView = false;
  readonly #turn: SpeakerTurn;

  /** @param signal aborted when the screens are gone */
  constructor(context: CallContext, screens: CallScreens, signal: AbortSignal) {
    this.#context = context;
    const {host, session} = context;
    this.#ownTile = new OwnTile(host, signal);
    this.#door = new WindowDoor(context, screens, this.#dress, signal);
    this.#fit = new PictureFit(() => {
      // In the frame in which its size has changed; the buttons follow.
      this.#mark();
      host.requestUpdate();
    }, signal);
    this.#turn = new SpeakerTurn(() => host.requestUpdate());
    this.#level = new OwnLevel(context);
    this.#box = new ResizeObserver(([entry]) => {
      if (entry) this.#size = entry.contentRect;
      this.#arrange();
    });
    host.addEventListener('click', (event) => this.#onClick(event), {signal});
    host.addEventListener('fullscreenchange', () => host.requestUpdate(), {signal});
    session.addEventListener('peer-left', ({detail}) => this.#forget(detail.peerId), {signal});
    session.addEventListener(
      'status-changed',
      ({detail: {status}}) => {
        if (status === 'left' || status === 'failed') this.#reset();
      },
      {signal},
    );
    signal.addEventListener('abort', () => this.#end(), {once: true});
  }

  /** On the tile of this peer, where there are several. */
  tools(peer: PeerState): unknown {
    const {session} = this.#context;
    // A shared screen has the large place, and the others no room for buttons.
    if (peersOf(session.state).length < 2 || this.#isScreenShared) return undefined;
    const {translate: t} = this.#context.page();
    const {peerId} = peer;
    const isPressed = this.#enlarged === peerId;
    const enlarge: StageTool = {
      part: 'enlarge',
      label: t('enlarge', {name: this.#nameOf(peer)}),
      icon: enlargeIcon,
      isPressed,
      press: () => this.#enlarge(isPressed ? null : peerId),
    };
    return stageTools('tile-tools', [enlarge, ...this.#wholePicture(peer)]);
  }

  /** On one's own tile, where that can be moved: in a call of two in which nobody shares a screen. */
  ownTools(): unknown {
    const {session, page} = this.#context;
    if (peersOf(session.state).length !== 1 || this.#isScreenShared) return undefined;
    const label = page().translate('moveOwnPicture');
    const press = (): void => this.#ownTile.moveOn();
    return stageTools('tile-tools', [{part: 'move', label, icon: moveIcon, press}]);
  }

  /** Opens the call's own window, if it is not open; `null` where there is none to be had. */
  get openWindow(): (() => void) | null {
    if (!this.#door.isOffered) return null;
    return () => {
      if (!this.#door.isOpen) this.#door.toggle();
    };
  }

  /** In the corner of the stage. */
  buttons(): unknown {
    const {host, session, page} = this.#context;
    const {translate: t} = page();
    const tools: StageTool[] = [];
    const [peer, second] = peersOf(session.state);
    const isFull = host.matches(':fullscreen');
    // Whoever is left alone is not left without a way back.
    if (!peer && !isFull && !this.#door.isOpen) return undefined;
    // Of a call of two, the picture is the stage.
    if (peer && !second) tools.push(...this.#wholePicture(peer));
    if (second) {
      tools.push({
        part: 'speaker-view',
        label: t('speakerView'),
        icon: speakerViewIcon,
        isPressed: this.#isSpeakerView && this.#enlarged === null,
        press: () => {
          // Whoever was enlarged by hand was not followed.
          this.#isSpeakerView = !this.#isSpeakerView || this.#enlarged !== null;
          this.#enlarge(null);
        },
      });
    }
    if (this.#door.isOffered && isSeated(session.state)) {
      tools.push({
        part: 'own-window',
        label: t('ownWindow'),
        icon: ownWindowIcon,
        isPressed: this.#door.isOpen,
        press: () => this.#door.toggle(),
      });
    }
    // Not where the page around forbids it, nor on phones that have none.
    if (document.fullscreenEnabled) {
      tools.push({
        part: 'full-screen',
        label: t('fullScreen'),
        icon: fullScreenIcon,
        isPressed: isFull,
        press: () =>
          void (isFull ? document.exitFullscreen() : host.requestFullscreen()).catch(refused),
      });
    }
    const bar = stageTools('view', tools);
    return this.#door.isAway ? [awayView(t, () => this.#door.close()), bar] : bar;
  }

  /** After every rendering. */
  updated(): void {
    const {session, host} = this.#context;
    const root = host.shadowRoot;
    this.#observe(root?.querySelector<HTMLElement>('.tiles') ?? null);
    const tiles = this.#tiles;
    this.#fit.observe([...(tiles?.querySelectorAll('video') ?? [])]);
    const peers = peersOf(session.state);
    this.#turn.follow(peers);
    this.#mark();
    this.#arrange();
    this.#door.updated();
    this.#ownTile.updated();
    this.#level.updated();
  }

  #wholePicture(peer: PeerState): StageTool[] {
    const {translate: t, media} = this.#context.page();
    const {peerId, cameraEnabled} = peer;
    if (media !== 'video' || !cameraEnabled) return [];
    return [
      {
        part: 'whole',
        label: t('wholePicture', {name: this.#nameOf(peer)}),
        icon: wholeIcon,
        isPressed: this.#fit.isWhole(peerId),
        press: () => this.#fit.toggle(peerId),
      },
    ];
  }

  #nameOf({displayName}: PeerState): string {
    return displayName || this.#context.page().translate('guest');
  }

  #enlarge(peerId: string | null): void {
    this.#enlarged = peerId;
    this.#context.host.requestUpdate();
  }

  get #isScreenShared(): boolean {
    const {state} = this.#context.session;
    return state.media.screenSharing || peersOf(state).some(isSharing);
  }

  #forget(peerId: string): void {
    this.#fit.forget(peerId);
    if (this.#enlarged === peerId) this.#enlarged = null;
  }

  /** Nothing of one call is kept for the next, and nobody is left in a full screen without a way back. */
  #reset(): void {
    this.#enlarged = null;
    this.#isSpeakerView = false;
    this.#turn.reset();
    this.#fit.reset();
    this.#ownTile.reset();
    this.#level.reset();
    if (this.#context.host.matches(':fullscreen')) document.exitFullscreen().catch(refused);
  }

  #observe(tiles: HTMLElement | null): void {
    if (tiles === this.#tiles) return;
    this.#box.disconnect();
    this.#tiles = tiles;
    if (tiles) this.#box.observe(tiles);
  }

  get #marks(): StageMarks {
    const speaking = peersOf(this.#context.session.state).filter((peer) => peer.speaking);
    return {
      large: this.#enlarged ?? this.#turn.speaker,
      isLargeWanted: this.#isSpeakerView || this.#enlarged !== null,
      speaking: new Set(speaking.map(({peerId}) => peerId)),
    };
  }

  #mark(): void {
    if (!this.#tiles) return;
    markTiles(this.#tiles, this.#marks, ({dataset}) => this.#fit.isWhole(dataset['peer'] ?? ''));
  }

  #arrange(): void {
    if (this.#tiles) arrangeTiles(this.#tiles, this.#size, this.#marks);
  }

  /** As the tiles of the page, for those of the call's own window. */
  readonly #dress = (tiles: HTMLElement, size: BoxSize): void => {
    const marks = this.#marks;
    this.#ownTile.mark(tiles.parentElement!);
    // Who is large decides who has no room, and how large a tile is whether its picture is whole.
    markTiles(tiles, marks, () => false);
    arrangeTiles(tiles, size, marks);
    markTiles(tiles, marks, (video) => this.#fit.isWholeIn(video));
  };

  /** A click on a picture, past its buttons. */
  #onClick(event: MouseEvent): void {
    const [target] = event.composedPath();
    if (!(target instanceof HTMLVideoElement) || !target.matches(PICTURES)) return;
    const {peer} = target.dataset;
    // One's own goes to another corner instead (`own-tile.ts`).
    if (!peer || this.#context.page().media !== 'video') return;
    const strip = '[data-arrangement=below], [data-arrangement=beside]';
    const isSmall = target.closest(strip) && !target.closest('[data-large]');
    const {host} = this.#context;
    if (isSmall && isChosen(host, 'enlarge')) this.#enlarge(peer);
    else if (!isSmall && isChosen(host, 'whole')) this.#fit.toggle(peer);
  }

  #end(): void {
    this.#turn.reset();
    this.#level.reset();
    this.#box.disconnect();
  }
}

const isSharing = ({screenSharing}: PeerState): boolean => screenSharing;

/** The browser has its reasons, and the person sees that nothing happens. */
function refused(): void {
  // Nothing to be done.
}
