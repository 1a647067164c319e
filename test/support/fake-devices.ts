/**
 * Cameras and microphones that a test plugs in and pulls out: stands for the page's
 * `navigator.mediaDevices`. The tracks are real ones of the browser's own fake devices, so that they
 * can be sent; only whose they are is told otherwise.
 */
import {until} from './calls.js';

export interface FakeDevice {
  readonly kind: MediaDeviceKind;
  readonly deviceId: string;
  readonly label: string;
}

/** What was captured, and from what. */
export interface FakeCapture {
  readonly device: FakeDevice;
  readonly track: MediaStreamTrack;
  /** Calls the listeners of the track: Firefox gives tracks' listeners trusted events alone. */
  fire(type: 'ended'): void;
  setMuted(isMuted: boolean): void;
  /** The system's own switch: it blurs no more. */
  bare(): void;
}

const KIND_OF = {audio: 'audioinput', video: 'videoinput'} as const;

export class FakeDevices {
  readonly devices: FakeDevice[] = [];
  /** Ids of those that another program has. */
  readonly busy = new Set<string>();
  /** Ids of those that blur: as soon as they are asked for it, or only when they are told to. */
  readonly blurring = new Map<string, 'asked' | 'told'>();
  readonly captures: FakeCapture[] = [];
  /** The constraints of every request. */
  readonly asked: MediaStreamConstraints[] = [];
  /** Called when a device has been asked for, before it is given. */
  onAsked: () => Promise<void> | void = () => undefined;
  /** Called when a camera has been told to blur or not to, before it does so. */
  onTold: () => Promise<void> | void = () => undefined;
  /** As in Firefox: a track that has ended tells no settings. */
  forgetsEnded = false;
  /** How often somebody has looked what there is. */
  looks = 0;
  readonly #original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  readonly #listeners = new Map<EventListener, AbortSignal | undefined>();

  constructor(...devices: [kind: MediaDeviceKind, deviceId: string, label?: string][]) {
    for (const device of devices) this.#add(...device);
    const own = {
      getUserMedia: (constraints: MediaStreamConstraints) => this.#capture(constraints),
      enumerateDevices: () => {
        this.looks++;
        return Promise.resolve([...this.devices]);
      },
      addEventListener: (
        _type: string,
        listener: EventListener,
        options?: AddEventListenerOptions,
      ) => void this.#listeners.set(listener, options?.signal),
      removeEventListener: (_type: string, listener: EventListener) =>
        void this.#listeners.delete(listener),
    };
    for (const [name, value] of Object.entries(own)) {
      Object.defineProperty(navigator.mediaDevices, name, {value, configurable: true});
    }
  }

  /** The page's own devices again, and nothing captured any more. */
  restore(): void {
    for (const name of Object.getOwnPropertyNames(navigator.mediaDevices)) {
      Reflect.deleteProperty(navigator.mediaDevices, name);
    }
    for (const {track} of this.captures) track.stop();
  }

  plug(kind: MediaDeviceKind, deviceId: string, label?: string): void {
    this.#add(kind, deviceId, label);
    this.#tellChange();
  }

  /** Ends what is captured from it. */
  unplug(deviceId: string): void {
    const at = this.devices.findIndex((device) => device.deviceId === deviceId);
    this.devices.splice(at, 1);
    for (const capture of this.captures) {
      if (capture.device.deviceId !== deviceId || capture.track.readyState === 'ended') continue;
      capture.track.stop();
      capture.fire('ended');
    }
    this.#tellChange();
  }

  /** What is captured now, as ids of its devices. */
  get live(): string[] {
    const live = this.captures.filter(({track}) => track.readyState === 'live');
    // A copy of a track is no second capture.
    return [...new Set(live.map(({device}) => device.deviceId))];
  }

  /** How many wait for devices to come and go. */
  get listening(): number {
    return [...this.#listeners.values()].filter((signal) => signal?.aborted !== true).length;
  }

  /** The last capture of this device. */
  last(deviceId: string): FakeCapture {
    const found = this.captures.findLast(({device}) => device.deviceId === deviceId);
    if (found === undefined) throw new Error(`${deviceId} was never captured`);
    return found;
  }

  async isLive(...deviceIds: string[]): Promise<void> {
    const wanted = [...deviceIds].sort().join();
    await until(
      () => [...this.live].sort().join() === wanted,
      `${wanted} is captured, and nothing else`,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; it is ${this.live.join()}`);
    });
  }

  #tellChange(): void {
    for (const [listener, signal] of this.#listeners) {
      if (signal?.aborted !== true) listener(new Event('devicechange'));
    }
  }

  #add(kind: MediaDeviceKind, deviceId: string, label = `The ${deviceId}`): void {
    this.devices.push({kind, deviceId, label});
  }

  async #capture(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    await this.onAsked();
    const stream = new MediaStream();
    for (const kind of ['audio', 'video'] as const) {
      const wanted = constraints[kind];
      if (!wanted) continue;
      stream.addTrack(await this.#open(kind, wanted === true ? {} : wanted));
    }
    return stream;
  }

  async #open(
    kind: 'audio' | 'video',
    {deviceId, backgroundBlur}: MediaTrackConstraints,
  ): Promise<MediaStreamTrack> {
    const all = this.devices.filter((device) => device.kind === KIND_OF[kind]);
    const isExact = typeof deviceId === 'object' && 'exact' in deviceId;
    const id = isExact ? deviceId.exact : deviceId;
    if (all.length === 0) throw new DOMException('none', 'NotFoundError');
    const device = all.find((each) => each.deviceId === id) ?? (isExact ? undefined : all[0]);
    if (device === undefined) throw new DOMException('deviceId', 'OverconstrainedError');
    if (this.busy.has(device.deviceId)) throw new DOMException('busy', 'NotReadableError');
    const [track] = (await this.#original({[kind]: true})).getTracks();
    const isAsked = this.blurring.get(device.deviceId) === 'asked';
    return this.#disguise(track!, device, isAsked && backgroundBlur === true);
  }

  /** A real track that says of itself what the test wants. Its clones do the same. */
  #disguise(track: MediaStreamTrack, device: FakeDevice, isAsked: boolean): MediaStreamTrack {
    let isBlurred = isAsked;
    const canBlur = this.blurring.has(device.deviceId);
    const apply = track.applyConstraints.bind(track);
    const heard: [type: string, listener: EventListener, signal?: AbortSignal][] = [];
    let isMuted = false;
    const clone = track.clone.bind(track);
    const own: PropertyDescriptorMap = {
      label: {value: device.label},
      muted: {get: () => isMuted},
      getSettings: {
        value: () =>
          this.forgetsEnded && track.readyState === 'ended'
            ? {}
            : {deviceId: device.deviceId, ...(canBlur && {backgroundBlur: isBlurred})},
      },
      getCapabilities: {value: () => (canBlur ? {backgroundBlur: [false, true]} : {})},
      applyConstraints: {
        value: async ({backgroundBlur, ...others}: MediaTrackConstraints = {}) => {
          await this.onTold();
          await apply(others);
          if (canBlur && typeof backgroundBlur === 'object') isBlurred = backgroundBlur.exact!;
        },
      },
      clone: {value: () => this.#disguise(clone(), device, isBlurred)},
      addEventListener: {
        value: (type: string, listener: EventListener, options?: AddEventListenerOptions) =>
          void heard.push(options?.signal ? [type, listener, options.signal] : [type, listener]),
      },
    };
    Object.defineProperties(track, own);
    const fire = (name: string): void => {
      for (const [type, listener, signal] of heard) {
        if (type === name && signal?.aborted !== true) listener(new Event(name));
      }
    };
    const setMuted = (value: boolean): void => {
      isMuted = value;
      fire(value ? 'mute' : 'unmute');
    };
    this.captures.push({device, track, fire, setMuted, bare: () => void (isBlurred = false)});
    return track;
  }
}
