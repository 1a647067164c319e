/** One clock for all who ask receivers: they do so in the same task, until the call is over; and what slow looks mean. */
import {expect} from 'chai';
import type {CareHost} from '../../widget/call/care/call-care.js';
import {ReceiverClock} from '../../widget/call/care/receiver-clock.js';
import {SilenceWatch} from '../../widget/call/care/silence-watch.js';
import type {Peer} from '../../widget/call/peer.js';
import {fakeTimers, type FakeTimers} from '../support/fake-timers.js';

describe('the clock of those who ask receivers', () => {
  let timers: FakeTimers;
  let over: AbortController;
  /** Who was called, by task. */
  let tasks: string[];

  beforeEach(() => {
    timers = fakeTimers();
    over = new AbortController();
    tasks = [];
    const clock = new ReceiverClock(over.signal);
    clock.onTick(() => tasks.push('each'));
    clock.onTick(() => (tasks[tasks.length - 1] += ' second'), 200);
  });

  afterEach(() => {
    over.abort();
    timers.restore();
  });

  it('calls all of them in one task', () => {
    timers.pass(400);
    expect(tasks).to.deep.equal(['each second', 'each', 'each second', 'each']);
  });

  it('leaves nobody out where it ticks slowly', () => {
    over.abort();
    const {setInterval} = globalThis;
    // As in a hidden page.
    Object.assign(globalThis, {setInterval: (task: () => void) => setInterval(task, 1_000)});
    const slow = new AbortController();
    const clock = new ReceiverClock(slow.signal);
    Object.assign(globalThis, {setInterval});
    let looks = 0;
    clock.onTick(() => looks++, 200);
    timers.pass(3_000);
    expect(looks).to.equal(3);
    slow.abort();
  });

  it('stands still when the call is over', () => {
    timers.pass(100);
    over.abort();
    timers.pass(1_000);
    expect(tasks).to.deep.equal(['each second']);
  });
});

describe('silence', () => {
  it('is not heard where nobody has looked: a hidden page looks once a second', () => {
    const timers = fakeTimers();
    try {
      let timestamp = 1;
      const receivers = [{getSynchronizationSources: () => [{timestamp}]}];
      const peer = {wasConnected: true, connectionState: 'connected', receivers} as unknown as Peer;
      const looks: (() => void)[] = [];
      const news: string[] = [];
      const silences = new SilenceWatch(
        {mesh: {remotes: [{peer}]}} as unknown as Pick<CareHost, 'mesh'>,
        {onTick: (look: () => void) => looks.push(look)} as unknown as ReceiverClock,
        () => news.push('silence'),
        () => news.push('sound'),
      );
      const look = (): void => looks.forEach((each) => each());
      for (let second = 0; second < 5; second++) {
        timestamp++;
        look();
        timers.pass(1_300);
        expect(silences.isSilent(peer)).to.equal(false);
      }
      expect(news).to.deep.equal([]);
      // Now nothing comes any more, which the next look finds.
      look();
      expect(silences.isSilent(peer)).to.equal(true);
      expect(news).to.deep.equal(['silence']);
      timestamp++;
      look();
      expect(news).to.deep.equal(['silence', 'sound']);
    } finally {
      timers.restore();
    }
  });
});
