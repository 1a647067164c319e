/**
 * What a call has beside its pictures and sound once the first moments are over: the words for weak links, shared
 * screens, the keyboard's shortcuts, the system's own controls, a screen that stays on, and the buttons of what can be
 * done with the pictures. A chunk of its own; sooner there where somebody shares a screen.
 */
import type {CallContext} from './call-surface.js';
import {peersOf} from './call/call-state.js';
import {isScreenShared} from './call/state-questions.js';
import {LinkUi} from './link-ui.js';
import {ScreenUi} from './screen-ui.js';
import type {SharedParts} from './shared-parts.js';
import {Shortcuts} from './shortcuts.js';
import {StageButtons} from './stage-buttons.js';
import type {StageUi} from './stage-ui.js';
import {SystemControls} from './system-controls.js';
import {ScreenWakeLock} from './wake-lock.js';

export {SidePanels} from './side-panels.js';

export class CallTools {
  static readonly styles = [...ScreenUi.styles, ...Shortcuts.styles];
  static readonly texts = {
    ...LinkUi.texts,
    ...ScreenUi.texts,
    ...Shortcuts.texts,
    ...StageButtons.texts,
  };

  readonly links: LinkUi;
  readonly screens: ScreenUi;
  readonly buttons: StageButtons;
  readonly #shortcuts: Shortcuts;
  readonly #system: SystemControls;
  readonly #wakeLock: ScreenWakeLock;
  readonly #context: CallContext;

  constructor(
    context: CallContext,
    stage: StageUi,
    {notices, sound, isSharePressed, screens, signal}: SharedParts,
  ) {
    this.#context = context;
    this.links = new LinkUi(context, notices, signal);
    this.screens = new ScreenUi(context, notices, sound, isSharePressed, signal);
    this.buttons = new StageButtons(context, stage, screens, signal);
    this.#shortcuts = new Shortcuts(context, notices, signal);
    this.#system = new SystemControls(context, () => this.buttons.openWindow, signal);
    this.#wakeLock = new ScreenWakeLock(signal);
  }

  /** After every rendering. */
  updated(): void {
    this.#shortcuts.updated();
    this.#system.updated();
    this.buttons.updated();
    this.#wakeLock.want(this.#hasPicture);
  }

  get #hasPicture(): boolean {
    const {session, page} = this.#context;
    const {state} = session;
    if (isScreenShared(state)) return true;
    const peers = peersOf(state);
    const isOn = state.media.cameraEnabled || peers.some(({cameraEnabled}) => cameraEnabled);
    return page().media === 'video' && peers.length > 0 && isOn;
  }
}
