/**
 * The buttons of what a person can do with the pictures of a call, and how loud one is oneself: enlarge somebody, see a
 * picture whole, move one's own, whoever speaks large, the call's own window, full screen. What they do is `stage-ui.ts`.
 */
import type {CallContext, CallScreens} from './call-surface.js';
import {peersOf, type PeerState} from './call/call-state.js';
import {isScreenShared, isSeated} from './call/state-questions.js';
import {OwnLevel} from './own-level.js';
import type {StageUi} from './stage-ui.js';
import {STAGE_TEXTS} from './strings/stage-texts.js';
import {
  enlargeIcon,
  fullScreenIcon,
  moveIcon,
  ownWindowIcon,
  speakerViewIcon,
  wholeIcon,
} from './views/stage-icons.js';
import {awayView, stageTools, type StageTool} from './views/stage-tools.js';
import {WindowDoor} from './window-door.js';

export class StageButtons {
  static readonly texts = STAGE_TEXTS;

  readonly #context: CallContext;
  readonly #stage: StageUi;
  readonly #door: WindowDoor;
  readonly #level: OwnLevel;

  /**
   * @param screens which are drawn once more in the call's own window
   * @param signal aborted when the screens are gone
   */
  constructor(context: CallContext, stage: StageUi, screens: CallScreens, signal: AbortSignal) {
    this.#context = context;
    this.#stage = stage;
    this.#door = new WindowDoor(context, screens, stage.dress, signal);
    this.#level = new OwnLevel(context);
    const {host} = context;
    host.addEventListener('fullscreenchange', () => host.requestUpdate(), {signal});
    signal.addEventListener('abort', () => this.#level.reset(), {once: true});
  }

  /** On the tile of this peer, where there are several. */
  tools(peer: PeerState): unknown {
    const {session} = this.#context;
    // A shared screen has the large place, and the others no room for buttons.
    if (peersOf(session.state).length < 2 || isScreenShared(session.state)) return undefined;
    const {translate: t} = this.#context.page();
    const {peerId} = peer;
    const isPressed = this.#stage.enlarged === peerId;
    const enlarge: StageTool = {
      part: 'enlarge',
      label: t('enlarge', {name: this.#nameOf(peer)}),
      icon: enlargeIcon,
      isPressed,
      press: () => this.#stage.enlarge(isPressed ? null : peerId),
    };
    return stageTools('tile-tools', [enlarge, ...this.#wholePicture(peer)]);
  }

  /** On one's own tile, where that can be moved: in a call of two in which nobody shares a screen. */
  ownTools(): unknown {
    const {session, page} = this.#context;
    if (peersOf(session.state).length !== 1 || isScreenShared(session.state)) return undefined;
    const label = page().translate('moveOwnPicture');
    const press = (): void => this.#stage.moveOwn();
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
  bar(): unknown {
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
        isPressed: this.#stage.isSpeakerView,
        press: () => this.#stage.toggleSpeakerView(),
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
    this.#door.updated();
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
        isPressed: this.#stage.isWhole(peerId),
        press: () => this.#stage.toggleWhole(peerId),
      },
    ];
  }

  #nameOf({displayName}: PeerState): string {
    return displayName || this.#context.page().translate('guest');
  }
}

/** The browser has its reasons, and the person sees that nothing happens. */
function refused(): void {
  // Nothing to be done.
}
