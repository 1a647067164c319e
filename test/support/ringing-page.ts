/**
 * What a page that rings does to its surroundings, made visible: an AudioContext that tells what is
 * really to be heard of it and may be refused sound, a visibility that a test sets, and stand-ins
 * for notifications and vibration, which no browser under test has.
 */

export interface FakeNotification extends EventTarget {
  readonly title: string;
  readonly options: NotificationOptions;
  isOpen: boolean;
}

type Page = Window & typeof globalThis;

export class RingingPage {
  readonly contexts: AudioContext[] = [];
  readonly notifications: FakeNotification[] = [];
  /** The patterns asked for; 0 ends one. */
  readonly vibrations: VibratePattern[] = [];
  /** How many tones have begun, ever. */
  begun = 0;
  /** Whether the browser lets sound through. */
  isSoundAllowed = true;
  permission: NotificationPermission = 'granted';
  /** What `new Notification` throws, if anything. */
  notificationError: Error | null = null;
  wasTouched = true;
  readonly page: Page;
  #isHidden = false;
  readonly #undo: (() => void)[] = [];
  /** Between the tones and the loudspeaker. */
  readonly taps = new Map<AudioContext, AnalyserNode>();
  readonly sources = new Set<AudioBufferSourceNode>();

  constructor(page: Page = window) {
    this.page = page;
    this.#replace(page, 'AudioContext', {value: tappedContext(this)});
    this.#replace(page, 'AudioBufferSourceNode', {value: watchedSource(this)});
    this.#replace(page, 'Notification', {value: fakeNotification(this)});
    this.#replace(page.navigator, 'vibrate', {
      value: (pattern: VibratePattern) => this.vibrations.push(pattern) > 0,
    });
    this.#replace(page.navigator, 'userActivation', {
      get: () => ({hasBeenActive: this.wasTouched, isActive: false}),
    });
    this.#replace(page.document, 'hidden', {get: () => this.#isHidden});
  }

  set isHidden(isHidden: boolean) {
    this.#isHidden = isHidden;
    this.page.document.dispatchEvent(new Event('visibilitychange'));
  }

  get isHidden(): boolean {
    return this.#isHidden;
  }

  get openNotifications(): FakeNotification[] {
    return this.notifications.filter(({isOpen}) => isOpen);
  }

  /** The lengths in seconds of the tones that have begun and were not told to stop, oldest first. */
  get playing(): number[] {
    return [...this.sources].map(({buffer}) => Math.round(buffer!.duration * 1000) / 1000);
  }

  /** Whether something other than silence comes out now, or has just come out. */
  get isHeard(): boolean {
    return [...this.taps].some(([{state}, tap]) => {
      const samples = new Float32Array(tap.fftSize);
      tap.getFloatTimeDomainData(samples);
      return state === 'running' && samples.some((sample) => Math.abs(sample) > 0.01);
    });
  }

  get isAtRest(): boolean {
    return this.sources.size === 0 && this.contexts.every(({state}) => state !== 'running');
  }

  /** Takes a property away, as in a browser that does not have it. */
  without(target: object, name: string): void {
    this.#replace(target, name, {value: undefined});
  }

  touch(type = 'pointerdown'): void {
    this.wasTouched = true;
    this.isSoundAllowed = true;
    this.page.document.body.dispatchEvent(new Event(type, {bubbles: true, composed: true}));
  }

  restore(): void {
    for (const undo of this.#undo.toReversed()) undo();
    for (const context of this.contexts) {
      // Firefox says only a while later that it is closed.
      context.close().catch(() => undefined);
    }
  }

  #replace(target: object, name: string, property: PropertyDescriptor): void {
    const own = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, {...property, configurable: true});
    this.#undo.push(() => {
      if (own) Object.defineProperty(target, name, own);
      else Reflect.deleteProperty(target, name);
    });
  }
}

function tappedContext(world: RingingPage): typeof AudioContext {
  return class extends world.page.AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      const tap = this.createAnalyser();
      tap.connect(super.destination);
      world.contexts.push(this);
      world.taps.set(this, tap);
      if (!world.isSoundAllowed) void this.suspend();
    }
    override get destination(): AudioDestinationNode {
      return world.taps.get(this) as unknown as AudioDestinationNode;
    }
    override resume(): Promise<void> {
      // As in Chromium: neither granted nor refused until there is a gesture.
      return world.isSoundAllowed ? super.resume() : new Promise(() => undefined);
    }
  };
}

function watchedSource(world: RingingPage): typeof AudioBufferSourceNode {
  return class extends world.page.AudioBufferSourceNode {
    override start(...args: Parameters<AudioBufferSourceNode['start']>): void {
      super.start(...args);
      world.begun++;
      world.sources.add(this);
      this.addEventListener('ended', () => world.sources.delete(this));
    }
    override stop(when?: number): void {
      super.stop(when);
      world.sources.delete(this);
    }
  };
}

function fakeNotification(world: RingingPage): typeof Notification {
  const Fake = class extends EventTarget implements FakeNotification {
    isOpen = true;
    readonly title: string;
    readonly options: NotificationOptions;
    static get permission(): NotificationPermission {
      return world.permission;
    }
    static requestPermission(): never {
      throw new Error('nobody may ask');
    }
    constructor(title: string, options: NotificationOptions) {
      super();
      if (world.notificationError) throw world.notificationError;
      this.title = title;
      this.options = options;
      world.notifications.push(this);
    }
    close(): void {
      this.isOpen = false;
    }
  };
  return Fake as unknown as typeof Notification;
}
