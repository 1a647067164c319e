/** The page's own timers and clock, standing still until they are told to move. */

export interface FakeTimers {
  /** Timers fire in order, each at its own moment. */
  pass(ms: number): void;
  restore(): void;
}

export function fakeTimers(): FakeTimers {
  const {setTimeout, clearTimeout, setInterval, clearInterval} = globalThis;
  const now = performance.now.bind(performance);
  const timers = new Map<number, {readonly atMs: number; readonly task: () => void}>();
  let nowMs = 1_000;
  let lastId = 0;
  const set = (id: number, task: () => void, ms: number): number => (
    timers.set(id, {atMs: nowMs + Math.max(ms, 0), task}),
    id
  );
  const clear = (id: number): boolean => timers.delete(id);
  Object.assign(globalThis, {
    setTimeout: (task: () => void, ms = 0) => set(++lastId, task, ms),
    clearTimeout: clear,
    setInterval(task: () => void, ms: number) {
      const id = ++lastId;
      const turn = (): void => {
        set(id, turn, ms);
        task();
      };
      return set(id, turn, ms);
    },
    clearInterval: clear,
  });
  performance.now = () => nowMs;
  return {
    pass(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].sort(([, a], [, b]) => a.atMs - b.atMs);
        if (next === undefined || next[1].atMs > untilMs) break;
        timers.delete(next[0]);
        nowMs = next[1].atMs;
        next[1].task();
      }
      nowMs = untilMs;
    },
    restore() {
      Object.assign(globalThis, {setTimeout, clearTimeout, setInterval, clearInterval});
      performance.now = now;
    },
  };
}
