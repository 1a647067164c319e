/** After many rings, whatever became of them, the page is as it was before. */
import {expect} from 'chai';
import {Ringer} from '../../widget/ringing/ringer.js';
import {until} from '../support/calls.js';
import {RingingPage} from '../support/ringing-page.js';

describe('fifty rings', () => {
  it('leave no sound, no listener, no timer, no lock and no title behind', async () => {
    const watch = new Watch();
    const page = new RingingPage();
    const title = document.title;
    try {
      const ringer = new Ringer();
      ringer.prepare();
      for (let round = 0; round < 50; round++) {
        const id = `leak-${String(round)}`;
        page.isHidden = round % 2 === 0;
        page.isSoundAllowed = round % 5 !== 0;
        ringer.ring({id, kind: round % 3 === 0 ? 'ring-back' : 'incoming', text: 'Ana'});
        // Some are stopped before they begin, some in their first moment, some when they are heard.
        if (round % 4 !== 0) await until(() => page.playing.length > 0, `ring ${String(round)}`);
        if (round % 10 === 1) await until(() => page.isHeard, `ring ${String(round)} to be heard`);
        page.isHidden = round % 6 === 0;
        ringer.stop(id, ([undefined, 'busy', 'ended'] as const)[round % 3]);
      }
      page.isHidden = true;
      await until(() => page.isAtRest, 'the sound to be at rest');
      expect(page.contexts).to.have.length(1);
      expect([...watch.timers.values()]).to.deep.equal([]);
      expect([...watch.listeners]).to.deep.equal([]);
      expect(document.title).to.equal(title);
      expect(page.openNotifications).to.have.length(0);
      expect(page.vibrations.at(-1)).to.equal(0);
      await until(async () => (await locksOfRings()).length === 0, 'the locks to be free');

      // The watch itself works: while it rings in a hidden page there are both.
      ringer.ring({id: 'last', kind: 'incoming', text: 'Ana'});
      expect(watch.timers.size).to.be.above(0);
      expect(watch.listeners.size).to.be.above(0);
      ringer.dispose();
      await until(() => page.contexts[0]!.state === 'closed', 'the context to be closed');
      expect([...watch.timers.values()]).to.deep.equal([]);
      expect([...watch.listeners]).to.deep.equal([]);
      expect(await locksOfRings()).to.deep.equal([]);
    } finally {
      page.restore();
      watch.end();
    }
  });
});

async function locksOfRings(): Promise<string[]> {
  const {held = [], pending = []} = await navigator.locks.query();
  return [...held, ...pending]
    .map(({name}) => name ?? '')
    .filter((name) => name.startsWith('video-chat-room:ring:'));
}

/** The timers of the code under test, and every listener on the document, until they are gone. */
class Watch {
  readonly timers = new Map<unknown, string>();
  readonly listeners = new Set<string>();
  readonly #forgetters: {type: string; listener: unknown; forget: () => unknown}[] = [];
  #count = 0;
  readonly #timers = {setTimeout, setInterval, clearTimeout, clearInterval};

  constructor() {
    const own = this.#timers as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const kind of ['Timeout', 'Interval']) {
      const set = (task: () => void, ...rest: unknown[]): unknown => {
        const stack = new Error('set here').stack ?? '';
        const fire = (): void => {
          if (kind === 'Timeout') this.timers.delete(timer);
          task();
        };
        const timer = own[`set${kind}`]!.call(globalThis, fire, ...rest);
        if (stack.includes('/widget/ringing/')) this.timers.set(timer, stack);
        return timer;
      };
      const clear = (timer: unknown): void => {
        this.timers.delete(timer);
        own[`clear${kind}`]!.call(globalThis, timer);
      };
      Object.assign(globalThis, {[`set${kind}`]: set, [`clear${kind}`]: clear});
    }
    document.addEventListener = (...args: Parameters<Document['addEventListener']>) => {
      const [type, listener, options] = args;
      const entry = `${type} ${String(++this.#count)}`;
      const forget = (): unknown => this.listeners.delete(entry);
      this.listeners.add(entry);
      this.#forgetters.push({type, listener, forget});
      if (typeof options === 'object') options.signal?.addEventListener('abort', forget);
      Document.prototype.addEventListener.apply(document, args);
    };
    document.removeEventListener = (...args: Parameters<Document['removeEventListener']>) => {
      for (const {type, listener, forget} of this.#forgetters) {
        if (type === args[0] && listener === args[1]) forget();
      }
      Document.prototype.removeEventListener.apply(document, args);
    };
  }

  end(): void {
    Object.assign(globalThis, this.#timers);
    Reflect.deleteProperty(document, 'addEventListener');
    Reflect.deleteProperty(document, 'removeEventListener');
  }
}
