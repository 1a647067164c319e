/**
 * What a person notices of the devices of a connected call: the loudspeaker that was chosen, sound that begins with the
 * next gesture where the browser refused it, and words for what comes, goes, or is muted; and how the pictures are
 * arranged. A chunk of its own, for none of it is needed before; what can wait until the first moments are over is
 * `call-tools.ts`.
 */
import {nothing} from 'lit';
import {AudioOutput} from './audio-output.js';
import type {DeviceChange} from './call/device-change.js';
import {isActive} from './call/call-state.js';
import type {CallContext} from './call-surface.js';
import type {NoticeList} from './notice-list.js';
import type {SharedParts} from './shared-parts.js';
import type {SoundGate} from './sound-gate.js';
import {StageUi} from './stage-ui.js';
import {DEVICE_TEXTS} from './strings/device-texts.js';
import {hearButton} from './views/hear-button.js';
import {stageToolsStyles} from './views/stage-tools.styles.js';

/** What there is for one call. */
interface CallDevices {
  readonly over: AbortController;
  readonly output: AudioOutput;
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
  static readonly styles = [stageToolsStyles];
  static readonly texts = DEVICE_TEXTS;

  readonly stage: StageUi;
  readonly #context: CallContext;
  readonly #notices: NoticeList;
  readonly #sound: SoundGate;
  #call: CallDevices | null = null;

  constructor(
    context: CallContext,
    {notices, sound, signal}: Pick<SharedParts, 'notices' | 'sound' | 'signal'>,
  ) {
    this.#context = context;
    this.#notices = notices;
    this.#sound = sound;
    this.stage = new StageUi(context, signal);
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
    return this.#sound.isBlocked ? hearButton(translate, () => this.#sound.unblock()) : nothing;
  }

  /** After every rendering. */
  updated(): void {
    this.stage.updated();
    this.#call?.output.apply();
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
      };
    }
  }

  #end(): void {
    this.#call?.over.abort();
    this.#call = null;
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
