/**
 * Choosing and trying the camera, the microphone and the loudspeaker in a panel beside a call. A chunk of its
 * own, loaded when somebody opens it. What a choice does to a call is `call/device-choice.ts`.
 */
import {BackgroundBlur} from './background-blur.js';
import type {ChoiceKind} from './call/chosen-devices.js';
import {mediaError} from './call/media-error.js';
import type {CallContext} from './call-surface.js';
import {DeviceList} from './device-list.js';
import {LevelMeter} from './level-meter.js';
import type {SidePanel, SidePanels} from './side-panels.js';
import {DEVICE_PANEL_TEXTS} from './strings/device-panel-texts.js';
import {playTestSound} from './test-sound.js';
import {devicesIcon} from './views/devices-icon.js';
import {devicesView} from './views/devices.js';
import {devicesStyles} from './views/devices.styles.js';

export {SidePanels} from './side-panels.js';

/** What there is only while the panel is open. */
interface Look {
  readonly over: AbortController;
  readonly list: DeviceList;
  readonly meter: LevelMeter;
}

export class DevicePanel {
  static readonly styles = [devicesStyles];
  static readonly texts = DEVICE_PANEL_TEXTS;

  readonly panel: SidePanel;
  readonly #context: CallContext;
  readonly #panels: SidePanels;
  /** How many choices of a kind are under way, or sounds. */
  readonly #busy = new Map<ChoiceKind | 'sound' | 'blur', number>();
  #look: Look | null = null;
  readonly #blur: BackgroundBlur;

  /** @param signal aborted when the screens are gone */
  constructor(context: CallContext, panels: SidePanels, signal: AbortSignal) {
    this.#context = context;
    this.#panels = panels;
    this.#blur = new BackgroundBlur(() => context.host.requestUpdate());
    this.panel = {
      name: 'devices',
      icon: devicesIcon,
      label: () => context.page().translate('devices'),
      focus: 'select:enabled',
      content: () => this.#content(),
    };
    context.onChunk(DevicePanel);
    for (const type of ['device-changed', 'microphone-changed', 'camera-changed'] as const) {
      // A device that was allowed has told its name, and those of the others.
      context.session.addEventListener(type, () => void this.#refresh(), {signal});
    }
    signal.addEventListener(
      'abort',
      () => {
        this.#close();
        this.#blur.follow(null);
      },
      {once: true},
    );
  }

  /** After every rendering. */
  updated(): void {
    const {session, host} = this.#context;
    const [camera = null] = session.localStream.getVideoTracks();
    this.#blur.follow(camera);
    if (this.#panels.open !== 'devices') return this.#close();
    const choosers = host.shadowRoot?.querySelectorAll<HTMLSelectElement>('select[data-kind]');
    for (const chooser of choosers ?? []) {
      const kind = chooser.dataset['kind'] as ChoiceKind;
      // Past lit, which does not know what somebody has chosen that could not be had.
      if (this.#look && !this.#busy.get(kind)) chooser.value = this.#look.list.of(kind).chosen;
    }
    const {microphoneEnabled} = session.state.media;
    const [track = null] = session.localStream.getAudioTracks();
    this.#look?.meter.listenTo(microphoneEnabled ? track : null);
  }

  #content(): unknown {
    const {session, page} = this.#context;
    const look = (this.#look ??= this.#open());
    const {media, translate} = page();
    const {microphoneEnabled, cameraEnabled} = session.state.media;
    return devicesView({
      translate,
      media,
      isMicrophoneOn: microphoneEnabled,
      isCameraOn: cameraEnabled,
      speakers: 'setSinkId' in HTMLMediaElement.prototype ? look.list.of('speaker') : null,
      devicesOf: (kind) => look.list.of(kind),
      isBlurred: cameraEnabled ? this.#blur.isOn : null,
      blur: (isOn) => void this.#setBlur(isOn),
      isSounding: Boolean(this.#busy.get('sound')),
      choose: (kind, deviceId) => void this.#choose(kind, deviceId),
      playTestSound: () => void this.#playTestSound(look),
    });
  }

  #open(): Look {
    const {host} = this.#context;
    const over = new AbortController();
    return {
      over,
      list: new DeviceList(() => host.requestUpdate(), over.signal),
      meter: new LevelMeter((share) => {
        // Past every rendering: this comes ten times a second.
        const bar = host.shadowRoot?.querySelector<HTMLElement>('[data-level]');
        bar?.style.setProperty('--level', share.toFixed(2));
      }),
    };
  }

  #close(): void {
    this.#look?.over.abort();
    this.#look?.meter.listenTo(null);
    this.#look = null;
  }

  async #refresh(): Promise<void> {
    await this.#look?.list.refresh(this.#look.over.signal);
  }

  /** Where it fails, the one before stays, and is shown again. */
  #choose(kind: ChoiceKind, deviceId: string): Promise<void> {
    const {session} = this.#context;
    return this.#while(kind, () => session.selectDevice(DeviceList.kindOf(kind), deviceId));
  }

  #setBlur(isOn: boolean): Promise<void> {
    return this.#while('blur', async () => {
      try {
        await this.#blur.set(isOn);
      } catch (thrown) {
        throw mediaError(thrown, 'camera', true);
      }
    });
  }

  async #playTestSound({list, over}: Look): Promise<void> {
    if (this.#busy.get('sound')) return;
    await this.#while('sound', async () => {
      try {
        await playTestSound(list.of('speaker').chosen, over.signal);
      } catch (thrown) {
        throw mediaError(thrown, 'speaker', true);
      }
    });
  }

  /** What goes wrong is told as whatever goes wrong in a call. */
  async #while(what: ChoiceKind | 'sound' | 'blur', action: () => Promise<void>): Promise<void> {
    const count = (step: number): void => {
      this.#busy.set(what, (this.#busy.get(what) ?? 0) + step);
      this.#context.host.requestUpdate();
    };
    count(1);
    await this.#context.run(action);
    count(-1);
  }
}
