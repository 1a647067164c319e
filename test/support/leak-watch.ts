/**
 * Counts in a page what code can forget to close or to take back: connections, sockets, timers, and
 * listeners on the page's own long-lived objects.
 */
import {poll} from './e2e.js';
import type {Visitor} from './visitor.js';

interface Watch {
  /** Ever made. */
  readonly made: {connections: number; sockets: number; timers: number};
  readonly openConnections: Set<unknown>;
  readonly openSockets: Set<unknown>;
  /** By its number: how long it takes and who started it. */
  readonly timers: Map<unknown, string>;
  listeners: number;
}

/** For `Visitor.open()`: it runs in the page, before any of the page's own code. */
export function watchForLeaks(): void {
  const watch: Watch = {
    made: {connections: 0, sockets: 0, timers: 0},
    openConnections: new Set(),
    openSockets: new Set(),
    timers: new Map(),
    listeners: 0,
  };
  Object.assign(globalThis, {watch});

  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      watch.made.connections++;
      watch.openConnections.add(this);
    }
    override close(): void {
      super.close();
      watch.openConnections.delete(this);
    }
  };

  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      watch.made.sockets++;
      watch.openSockets.add(this);
      super.addEventListener('close', () => watch.openSockets.delete(this));
    }
  };

  const timers = globalThis as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const kind of ['Timeout', 'Interval'] as const) {
    const set = timers[`set${kind}`]!;
    const clear = timers[`clear${kind}`]!;
    timers[`set${kind}`] = (handler, ms, ...args) => {
      const id = set.call(
        globalThis,
        (...values: unknown[]) => {
          if (kind === 'Timeout') watch.timers.delete(id);
          return (handler as (...values: unknown[]) => unknown)(...values);
        },
        ms,
        ...args,
      );
      const stack = new Error().stack ?? '';
      watch.made.timers++;
      watch.timers.set(id, `${kind} of ${String(ms)} ms\n${stack}`);
      return id;
    };
    timers[`clear${kind}`] = (id) => {
      watch.timers.delete(id);
      return clear.call(globalThis, id);
    };
  }

  // What is added to the page's own long-lived objects must be taken off again.
  for (const target of [window, document, navigator.mediaDevices]) {
    const live = new Set<unknown>();
    const {addEventListener, removeEventListener} = target;
    target.addEventListener = function (
      this: EventTarget,
      ...args: Parameters<EventTarget['addEventListener']>
    ) {
      const [, listener, options] = args;
      if (!live.has(listener)) watch.listeners++;
      live.add(listener);
      const signal = typeof options === 'object' ? options?.signal : undefined;
      signal?.addEventListener('abort', () => {
        if (live.delete(listener)) watch.listeners--;
      });
      addEventListener.apply(this, args as never);
    } as never;
    target.removeEventListener = function (
      this: EventTarget,
      ...args: Parameters<EventTarget['removeEventListener']>
    ) {
      if (live.delete(args[1])) watch.listeners--;
      removeEventListener.apply(this, args as never);
    } as never;
  }
}

export interface Left {
  readonly connections: number;
  readonly sockets: number;
  readonly timersStarted: number;
  readonly listeners: number;
  /** Those that have neither fired nor been taken back. */
  readonly timers: readonly string[];
}

/** What there is when every connection and every socket is closed. */
export function whatIsLeft({page}: Visitor): Promise<Left> {
  return poll(
    () =>
      page.evaluate(() => {
        const {watch} = globalThis as unknown as {watch: Watch};
        if (watch.openConnections.size > 0 || watch.openSockets.size > 0) return null;
        const {timers: timersStarted, ...made} = watch.made;
        const timers = [...watch.timers.values()];
        return {...made, timersStarted, listeners: watch.listeners, timers};
      }),
    {what: 'every connection and socket to be closed'},
  );
}
