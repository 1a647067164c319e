/** The ringer's sound: what is heard and when, in browsers that allow it and in those that wait. */
import {expect} from 'chai';
import {Ringer} from '../../widget/ringing/ringer.js';
import {BUSY, ENDED, RING, RING_BACK, renderTone} from '../../widget/ringing/tones.js';
import {until} from '../support/calls.js';
import {RingingPage} from '../support/ringing-page.js';

describe('a ringer', () => {
  let page: RingingPage;
  let ringer: Ringer;
  let count = 0;
  beforeEach(() => {
    page = new RingingPage();
    ringer = new Ringer();
  });
  afterEach(() => {
    ringer.dispose();
    page.restore();
  });

  const ring = (kind: 'incoming' | 'ring-back' = 'incoming'): string => {
    const id = `invitation-${String(++count)}`;
    ringer.ring({id, kind, text: 'Ana is calling you'});
    return id;
  };
  const plays = (...tones: {duration: number}[]): Promise<void> =>
    until(
      () => page.playing.join() === tones.map(({duration}) => duration).join(),
      `${tones.map(({duration}) => duration).join()} to play`,
    );
  const rests = (): Promise<void> => until(() => page.isAtRest, 'the sound to be at rest');

  it('is heard until it is stopped', async () => {
    const id = ring();
    await until(() => page.isHeard, 'the ring to be heard');
    expect(page.playing).to.deep.equal([RING.duration]);
    ringer.stop(id);
    await rests();
    expect(page.isHeard).to.equal(false);
  });

  it('is another tone for the caller', async () => {
    const id = ring('ring-back');
    await until(() => page.isHeard, 'the ring-back to be heard');
    expect(page.playing).to.deep.equal([RING_BACK.duration]);
    expect([...page.sources].map(({loop}) => loop)).to.deep.equal([true]);
    ringer.stop(id);
    await rests();
  });

  it('needs no timer to ring', async () => {
    const {setTimeout, setInterval} = window;
    const timers: string[] = [];
    const counted =
      (set: (task: () => void, delayMs?: number) => unknown) =>
      (task: () => void, delayMs?: number): unknown => {
        const stack = new Error('set here').stack ?? '';
        if (stack.includes('/widget/ringing/')) timers.push(stack);
        return set(task, delayMs);
      };
    Object.assign(window, {setTimeout: counted(setTimeout), setInterval: counted(setInterval)});
    try {
      const id = ring();
      await until(() => page.isHeard, 'the ring to be heard');
      ringer.stop(id);
      await rests();
      expect(timers).to.deep.equal([]);
      // The watch itself works: what is played once has a deadline.
      ringer.play('ended');
      await plays(ENDED);
      expect(timers).to.have.length(1);
    } finally {
      Object.assign(window, {setTimeout, setInterval});
    }
  });

  for (const ending of ['busy', 'ended'] as const) {
    it(`ends with the tone "${ending}", heard once`, async () => {
      const id = ring('ring-back');
      await until(() => page.isHeard, 'the ring-back to be heard');
      ringer.stop(id, ending);
      await plays(ending === 'busy' ? BUSY : ENDED);
      expect([...page.sources].map(({loop}) => loop)).to.deep.equal([false]);
      await until(() => page.isHeard, 'the ending to be heard');
      await rests();
    });
  }

  it('is at rest again if it is stopped before it has begun', async () => {
    ringer.stop(ring('ring-back'));
    // Long enough for a tone to be made: what is aborted says nothing.
    await renderTone(RING_BACK, 16_000);
    await rests();
    expect(page.contexts.map(({state}) => state)).to.deep.equal(['suspended']);
    expect(page.begun).to.equal(0);
  });

  it('plays an ending also when nothing rang before', async () => {
    ringer.play('busy');
    await until(() => page.isHeard, 'the busy tone to be heard');
    await rests();
  });

  it('lets the oldest of several be heard, then the next', async () => {
    const [first, second, third] = [ring('ring-back'), ring(), ring()];
    await plays(RING_BACK);
    ringer.stop(second);
    // Something else rings: an ending would only be confusing.
    ringer.stop(first, 'ended');
    await plays(RING);
    ringer.stop(third);
    await rests();
  });

  it('rings once for an id, and may be stopped as often as one likes', async () => {
    const id = ring();
    await plays(RING);
    ringer.ring({id, kind: 'incoming', text: 'again'});
    expect(page.playing).to.deep.equal([RING.duration]);
    ringer.stop(id);
    ringer.stop(id, 'busy');
    ringer.stop('never-heard-of', 'ended');
    expect(page.playing).to.deep.equal([]);
    await rests();
  });

  it('is silent while it is muted, and goes on when it is not', async () => {
    ringer.isMuted = true;
    const id = ring('ring-back');
    expect(page.contexts).to.have.length(0);
    ringer.isMuted = false;
    await plays(RING_BACK);
    ringer.isMuted = true;
    await rests();
    ringer.stop(id, 'busy');
    expect(page.playing).to.deep.equal([]);
  });

  for (const type of ['pointerdown', 'pointerup', 'touchend', 'keydown']) {
    it(`waits for a gesture (${type}) where the browser wants one`, async () => {
      page.isSoundAllowed = false;
      const id = ring();
      await plays(RING);
      expect(page.isAtRest).to.equal(false);
      expect(page.isHeard).to.equal(false);
      const stopEvents = (event: Event): void => event.stopPropagation();
      document.body.addEventListener(type, stopEvents);
      page.touch(type);
      document.body.removeEventListener(type, stopEvents);
      await until(() => page.isHeard, 'the ring to be heard');
      ringer.stop(id);
      await rests();
    });
  }

  it('says nothing at a gesture that comes after the ring', async () => {
    page.isSoundAllowed = false;
    const id = ring();
    await plays(RING);
    ringer.stop(id, 'ended');
    page.touch();
    await audioHasSettled();
    expect(page.isHeard).to.equal(false);
    // The ending gives up by itself if the browser never lets it be heard.
    await rests();
  });

  it('keeps nothing of a ring that was never heard for the next time that sound runs', async () => {
    page.isSoundAllowed = false;
    const id = ring();
    await plays(RING);
    ringer.stop(id);
    page.isSoundAllowed = true;
    const context = page.contexts[0]!;
    await context.resume();
    await until(() => context.currentTime > 0.2, 'the audio clock to have moved');
    expect(page.isHeard).to.equal(false);
  });

  it('rings also right after it has come to rest', async () => {
    for (let round = 0; round < 5; round++) {
      const id = ring();
      await until(() => page.isHeard, `ring ${String(round)} to be heard`);
      ringer.stop(id);
      await until(() => !page.isHeard, 'silence');
    }
    expect(page.contexts).to.have.length(1);
  });

  it('can be prepared by a gesture, which leaves nothing running', async () => {
    ringer.prepare();
    expect(page.contexts).to.have.length(1);
    await rests();
    ring();
    await until(() => page.isHeard, 'the ring to be heard');
    expect(page.contexts).to.have.length(1);
  });

  it('does without Web Audio, and without a device for it', () => {
    page.without(window, 'AudioContext');
    const id = ring('ring-back');
    ringer.prepare();
    ringer.stop(id, 'busy');
    expect(page.playing).to.deep.equal([]);
  });

  it('is over for good when it is disposed of, by method or by signal', async () => {
    const life = new AbortController();
    const other = new Ringer({signal: life.signal});
    other.ring({id: 'by-signal', kind: 'ring-back', text: ''});
    ring('ring-back');
    await until(() => page.isHeard, 'both');
    expect(page.playing).to.have.length(2);
    life.abort();
    expect(page.playing).to.have.length(1);
    ringer.dispose();
    await rests();
    expect(page.contexts.map(({state}) => state)).to.deep.equal(['closed', 'closed']);
    for (const gone of [ringer, other, new Ringer({signal: life.signal})]) {
      gone.ring({id: 'too-late', kind: 'incoming', text: ''});
      gone.play('busy');
      gone.prepare();
      gone.stop('too-late', 'busy');
    }
    expect(page.contexts).to.have.length(2);
  });

  it('lets none of the others begin when it is disposed of', async () => {
    ring('ring-back');
    ring('ring-back');
    await plays(RING_BACK);
    const {begun} = page;
    ringer.dispose();
    expect(page.begun).to.equal(begun);
    expect(page.playing).to.deep.equal([]);
  });

  /** Everything that a promise or the audio thread could still do has had its chance. */
  async function audioHasSettled(): Promise<void> {
    const context = page.contexts.at(-1)!;
    await context.suspend();
  }
});
