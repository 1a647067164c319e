/**
 * What a person notices of the devices of a connected call: the loudspeaker that was chosen, a
 * screen that stays on, sound that begins with the next gesture where the browser refused it, and
 * words for what comes, goes, or is muted. A chunk of its own, for none of it is needed before; with it come
 * the words for weak links, whatever has to do with shared screens, the keyboard's shortcuts, the system's
 * own controls, and what can be done with the pictures.
 */
import {nothing} from 'lit';
import {AudioOutput} from './audio-output.js';
import type {DeviceChange} from './call/device-change.js';
import {isActive, peersOf} from './call/call-state.js';
import type {CallContext} from './call-surface.js';
import {LinkUi} from './link-ui.js';
import type {SharedParts} from './late-parts.js';
import type {NoticeList} from './notice-list.js';
import {ScreenUi} from './screen-ui.js';
import {Shortcuts} from './shortcuts.js';
import type {SoundGate} from './sound-gate.js';
import {StageUi} from './stage-ui.js';
import {DEVICE_TEXTS} from './strings/device-texts.js';
import {SystemControls} from './system-controls.js';
import {hearButton} from './views/stage-tools.js';
import {ScreenWakeLock} from './wake-lock.js';

export {SidePanels} from './side-panels.js';

/** What there is for one call. */
interface CallDevices {
  readonly over: AbortController;
  readonly output: AudioOutput;
  readonly wakeLock: ScreenWakeLock;
}

const NAMES = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'defaultDevice',
} as const;

/**
 * A mouse gives a page leave to make a noise when it goes down, a finger when it comes up. In the
 * capture phase, so that a page which stops its events cannot keep them from us.
 */
const GESTURES = ['pointerdown', 'pointerup', 'keydown'] as const;

/** The people, and the screens that they share. */
const HEARD = 'video[data-peer], video[data-screen]:not([data-screen=""])';

const TEXTS = {lost: 'deviceLost', returned: 'deviceReturned', found: 'deviceFound'} as const;

export class DeviceUi {
  static readonly styles = [...ScreenUi.styles, ...Shortcuts.styles, ...StageUi.styles];
  static readonly texts = {
    ...DEVICE_TEXTS,
    ...LinkUi.texts,
    ...ScreenUi.texts,
    ...Shortcuts.texts,
    ...StageUi.texts,
  };

  /** Of the same chunk: needed from the same moment on. */
  readonly links: LinkUi;
  readonly screens: ScreenUi;
  readonly stage: StageUi;
  readonly #shortcuts: Shortcuts;
  readonly #system: SystemControls;

  readonly #context: CallContext;
  readonly #notices: NoticeList;
  readonly #sound: SoundGate;
  #call: CallDevices | null = null;

  constructor(
    context: CallContext,
    {notices, sound, isSharePressed, screens, signal}: SharedParts,
  ) {
    this.#context = context;
    this.#notices = notices;
    this.#sound = sound;
    this.links = new LinkUi(context, notices, signal);
    this.screens = new ScreenUi(context, notices, sound, isSharePressed, signal);
    this.stage = new StageUi(context, screens, signal);
    this.#shortcuts = new Shortcuts(context, notices, signal);
    this.#system = new SystemControls(context, () => this.stage.openWindow, signal);
    const {session, page} = context;
    session.addEventListener(
      'muted-speech-heard',
      () => notices.add(page().translate('mutedReminder')),
      {signal},
    );
    session.addEventListener('status-changed', () => this.#follow(), {signal});
    signal.addEventListener('abort', () => this.#end(), {once: true});
    this.#follow();
  }

  /** On the stage, before all else: nothing is as urgent as sound that is missing. */
  overStage(): unknown {
    const {translate} = this.#context.page();
    const unblock = (): void => this.#sound.unblock();
    return [this.#sound.isBlocked ? hearButton(translate, unblock) : nothing, this.stage.buttons()];
  }

  /** After every rendering. */
  updated(): void {
    this.#shortcuts.updated();
    this.#system.updated();
    this.stage.updated();
    this.#call?.output.apply();
    this.#call?.wakeLock.want(this.#hasPicture);
  }

  /** In a call, and what it takes gone with it. */
  #follow(): void {
    const {session, host} = this.#context;
    if (!isActive(session.state)) this.#end();
    else if (this.#call === null) {
      const over = new AbortController();
      const {signal} = over;
      const unblock = (): void => this.#sound.unblock();
      for (const type of GESTURES)
        document.addEventListener(type, unblock, {capture: true, signal});
      this.#call = {
        over,
        output: new AudioOutput(
          () => host.shadowRoot?.querySelectorAll<HTMLVideoElement>(HEARD) ?? [],
          (change) => session.emit('device-changed', change),
          signal,
        ),
        wakeLock: new ScreenWakeLock(signal),
      };
    }
  }

  #end(): void {
    this.#call?.over.abort();
    this.#call = null;
  }

  get #hasPicture(): boolean {
    const {state} = this.#context.session;
    const peers = peersOf(state);
    const {screenSharing: isSharing} = state.media;
    if (isSharing || peers.some(({screenSharing}) => screenSharing)) return true;
    const isOn = state.media.cameraEnabled || peers.some(({cameraEnabled}) => cameraEnabled);
    return this.#context.page().media === 'video' && peers.length > 0 && isOn;
  }

  /** Another device is used than before. */
  changed(change: DeviceChange): void {
    const {kind, label, reason, former} = change;
    // Whoever chooses knows what was chosen.
    if (reason === 'chosen') {
      if (kind === 'audiooutput') this.#call?.output.choose(change);
      return;
    }
    const {translate: t} = this.#context.page();
    const name = t(NAMES[kind]);
    this.#notices.add(t(TEXTS[reason], {label: label || name, former: former ?? name}));
  }
}
