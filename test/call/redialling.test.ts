/** When a relay that was lost is asked whether it is there, and how. */
import {expect} from 'chai';
import {Redialling} from '../../widget/call/redialling.js';
import {doubles} from '../support/doubles.js';
import {fakeTimers, type FakeTimers} from '../support/fake-timers.js';

describe('a relay that was lost', () => {
  const {put, restore} = doubles();
  let timers: FakeTimers;
  let asked: RequestInit[];
  let answers: (() => void)[];
  let dials: number;

  beforeEach(() => {
    [asked, answers, dials] = [[], [], 0];
    timers = fakeTimers();
    put(globalThis, 'fetch', {
      value: (_url: URL, init: RequestInit) => {
        asked.push(init);
        return new Promise<void>((resolve) => answers.push(resolve));
      },
    });
  });
  afterEach(() => {
    timers.restore();
    restore();
  });

  const redialling = (): Redialling => new Redialling('https://relay.example', () => dials++);

  it('is asked four times in the first second, then once in each, and dialled once it answers', async () => {
    const looks = redialling();
    looks.now();
    timers.pass(0);
    expect(asked.length).to.equal(1);
    timers.pass(999);
    expect(asked.length).to.equal(4);
    timers.pass(1);
    expect(asked.length).to.equal(5);
    timers.pass(3_000);
    expect(asked.length).to.equal(8);
    expect(dials).to.equal(0);
    for (const answer of answers) answer();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    expect(dials, 'of several answers the first').to.equal(1);
    looks.stop();
  });

  it('is asked without cookies, and nothing of it is kept', () => {
    const looks = redialling();
    looks.now();
    timers.pass(0);
    const {mode, cache, credentials} = asked[0]!;
    expect([mode, cache, credentials]).to.deep.equal(['no-cors', 'no-store', 'omit']);
    looks.stop();
  });
});
