/** What stands in for the system's own controls (`navigator.mediaSession`), as different browsers have them. */
type Handler = (details: {action: string; isActivating?: boolean}) => void;

/** As Chromium's, without windows: states are noted down; it answers nothing, or promises and breaks it. */
export class FakeSystem {
  readonly handlers = new Map<string, Handler>();
  readonly touched = new Set<string>();
  readonly told: string[] = [];
  metadataSet = 0;

  get metadata(): MediaMetadata | null {
    return null;
  }
  set metadata(_: MediaMetadata | null) {
    this.metadataSet++;
  }

  setActionHandler(action: string, handler: Handler | null): void {
    if (!this.knows(action)) throw new TypeError('no such action');
    this.touched.add(action);
    if (handler) this.handlers.set(action, handler);
    else this.handlers.delete(action);
  }
  setMicrophoneActive(isActive: boolean): unknown {
    this.told.push(`microphone ${String(isActive)}`);
    return undefined;
  }
  setCameraActive(isActive: boolean): unknown {
    this.told.push(`camera ${String(isActive)}`);
    return Promise.reject(new DOMException('hidden', 'InvalidStateError'));
  }

  press(action: string, isActivating?: boolean): void {
    this.handlers.get(action)!({action, ...(isActivating !== undefined && {isActivating})});
  }
  protected knows(action: string): boolean {
    return action !== 'enterpictureinpicture';
  }
}

/** As WebKit's: telling a state mutes what the page captures, or asks the person to let it go on. */
export class ActingSystem extends FakeSystem {
  readonly muted = {microphone: false, camera: false};

  override setMicrophoneActive(isActive: boolean): Promise<void> {
    this.told.push(`microphone ${String(isActive)}`);
    return this.#act('microphone', isActive);
  }
  override setCameraActive(isActive: boolean): Promise<void> {
    this.told.push(`camera ${String(isActive)}`);
    return this.#act('camera', isActive);
  }
  setScreenshareActive(): Promise<void> {
    return Promise.resolve();
  }

  /** A person's own switch in the browser, which tells the page what it has done. */
  muteAll(isMuted: boolean): void {
    this.muted.microphone = this.muted.camera = isMuted;
    for (const action of ['togglecamera', 'togglemicrophone']) this.press(action, !isMuted);
  }

  #act(kind: 'microphone' | 'camera', isActive: boolean): Promise<void> {
    if (isActive) return Promise.reject(new DOMException('no gesture', 'InvalidStateError'));
    this.muted[kind] = true;
    return Promise.resolve();
  }
}

export class WindowSystem extends FakeSystem {
  protected override knows(): boolean {
    return true;
  }
}

/** Instead of the browser's own, until `takeBack()`. */
export function give(value: FakeSystem | undefined): void {
  Object.defineProperty(navigator, 'mediaSession', {value, configurable: true});
}

export function takeBack(): void {
  Reflect.deleteProperty(navigator, 'mediaSession');
}
