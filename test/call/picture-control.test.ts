/** How large a picture a link is given: single verdicts as tables, and whole minutes in a closed loop with a simulated link. */
import {expect} from 'chai';
import type {LinkSample} from '../../widget/call/care/link-meter.js';
import {
  control,
  freshPicture,
  MAX_PATIENCE_MS,
  PATIENCE_MS,
  resettle,
  SETTLE_MS,
  type PictureHeight,
  type PictureMemory,
} from '../../widget/call/care/picture-control.js';
import {SimulatedLink, type SimulatedLinkOptions} from '../support/simulated-link.js';

const LOOK_MS = 2_000;

const FINE: LinkSample = {
  atMs: 0,
  picturePacketsSent: 200,
  packetsSent: 300,
  packetsReported: 300,
  packetsReportedLost: 0,
  reportAgeMs: 300,
  roundTripMs: 40,
  availableBitrate: null,
  packetsReceived: 300,
  packetsMissed: 0,
  concealed: 0,
  frozenMs: 0,
  isUndecodable: false,
  isBack: false,
};

const lossOf = (share: number): Partial<LinkSample> => ({packetsReportedLost: 300 * share});

/** A link that has been fine for a while, at this height. */
function settledAt(height: PictureHeight, patienceMs = PATIENCE_MS): PictureMemory {
  const start = {...freshPicture(0), height, patienceMs};
  return [2_000, 4_000].reduce((memory, atMs) => control(memory, {...FINE, atMs}), start);
}

/** The heights after each of these looks. */
function heightsAfter(
  start: PictureMemory,
  looks: readonly Partial<LinkSample>[],
): PictureHeight[] {
  let memory = start;
  return looks.map((look) => {
    memory = control(memory, {...FINE, atMs: memory.atMs + LOOK_MS, ...look});
    return memory.height;
  });
}

const times = <T>(count: number, value: T): T[] => Array.from({length: count}, () => value);

describe('the picture that a link is given', () => {
  for (const [what, from, looks, expected] of [
    ['stays on a link that is fine', 720, times(4, {}), [720, 720, 720, 720]],
    ['is a step smaller under strain', 720, times(2, lossOf(0.2)), [720, 360]],
    ['is much smaller at once in a flood', 720, times(1, lossOf(0.45)), [180]],
    [
      'is much smaller at once in one that the browser will adapt to',
      720,
      times(1, {...lossOf(0.9), availableBitrate: 90_000}),
      [180],
    ],
    ['is gone at once where the browser would choke the link', 720, times(1, lossOf(0.9)), [0]],
    ['outlasts one bad look', 720, [lossOf(0.14), {}, {}], [720, 720, 720]],
    ['outlasts a loss of 5 %', 720, times(9, lossOf(0.05)), times(9, 720)],
    ['gives way to a queue', 360, times(2, {roundTripMs: 600}), [360, 180]],
    ['is gone when no reports come', 360, times(1, {reportAgeMs: 6_000}), [0]],
    ['is not when they are only late', 360, times(1, {reportAgeMs: 3_000}), [360]],
    [
      'is gone when they are late and much that comes is lost, too',
      360,
      times(1, {reportAgeMs: 3_000, packetsMissed: 300}),
      [0],
    ],
    [
      'gives way when the browser’s estimate breaks down',
      720,
      times(1, {availableBitrate: 0}),
      [180],
    ],
    ['waits longer for those on sound alone', 0, times(1, {reportAgeMs: 6_000}), [0]],
    ['gives way to the sound at the end', 180, times(1, lossOf(0.5)), [0]],
    ['cannot be smaller than none', 0, times(3, lossOf(0.5)), [0, 0, 0]],
    [
      'is not to blame for a link that is gone',
      720,
      times(3, {packetsReceived: 0, packetsReported: 0, reportAgeMs: 9_000}),
      [720, 720, 720],
    ],
    [
      'takes the browser’s word for what does not fit',
      360,
      times(6, {availableBitrate: 80_000}),
      [360, 360, 360, 180, 180, 180],
    ],
    [
      'keeps what the browser can fit in by itself',
      720,
      times(8, {availableBitrate: 300_000}),
      times(8, 720),
    ],
    ['is tried larger after some calm', 180, times(6, {}), [180, 180, 180, 360, 360, 360]],
    ['is tried larger late while packets are lost', 180, times(18, lossOf(0.05)), times(18, 180)],
    [
      'is tried larger in spite of that where there is room',
      180,
      times(6, {...lossOf(0.05), availableBitrate: 900_000}),
      [180, 180, 180, 360, 360, 360],
    ],
  ] as [string, PictureHeight, Partial<LinkSample>[], PictureHeight[]][]) {
    it(what, () => {
      expect(heightsAfter(settledAt(from), looks)).to.deep.equal(expected);
    });
  }

  it('does not count against a new height what is told of the one before', () => {
    const memory = control(settledAt(720), {...FINE, ...lossOf(0.45), atMs: 6_000});
    expect(memory.height).to.equal(180);
    const late = control(memory, {...FINE, ...lossOf(0.6), atMs: 6_000 + SETTLE_MS - 500});
    expect(late.height).to.equal(180);
    expect(heightsAfter(late, times(2, {}))).to.deep.equal([180, 180]);
  });

  it('waits twice as long after each trial that fails, up to a limit, and forgets when one holds', () => {
    let memory = settledAt(180, 40_000);
    const runUntil = (look: Partial<LinkSample>, isReached: () => boolean): void => {
      for (let looks = 0; !isReached(); looks++) {
        expect(looks, 'looks').to.be.below(200);
        memory = control(memory, {...FINE, atMs: memory.atMs + LOOK_MS, ...look});
      }
    };
    for (const patienceMs of [80_000, MAX_PATIENCE_MS, MAX_PATIENCE_MS]) {
      runUntil({}, () => memory.height === 360);
      runUntil(lossOf(0.3), () => memory.height === 180);
      expect(memory.patienceMs).to.equal(patienceMs);
    }
    runUntil({}, () => memory.height === 720 && !memory.isTrial);
    expect(memory.patienceMs).to.equal(PATIENCE_MS);
  });

  it('forgets what it knew of a link that was lost, but not the height', () => {
    const memory = resettle(settledAt(180, MAX_PATIENCE_MS), 50_000);
    expect([memory.height, memory.patienceMs, memory.sinceMs]).to.deep.equal([180, 10_000, 50_000]);
  });
});

interface Run {
  readonly heights: readonly PictureHeight[];
  readonly changes: number;
  /** The share of the sound that was lost, of all. */
  readonly soundLost: number;
}

/** Some minutes of a call on this link, from where it stands. */
function run(link: SimulatedLink, memory: PictureMemory, minutes: number): [PictureMemory, Run] {
  const heights: PictureHeight[] = [];
  const from = link.soundLost.length;
  let changes = 0;
  let present = memory;
  for (const until = link.nowMs + minutes * 60_000; link.nowMs < until;) {
    const next = control(present, link.look(present.height, LOOK_MS));
    if (next.height !== present.height) changes++;
    present = next;
    heights.push(next.height);
  }
  const lost = link.soundLost.slice(from);
  return [present, {heights, changes, soundLost: lost.reduce((a, b) => a + b, 0) / lost.length}];
}

const shareOf = (run: Run, height: PictureHeight): number =>
  run.heights.filter((each) => each === height).length / run.heights.length;

describe('a picture in a closed loop with its link', () => {
  for (const browser of ['fits', 'floods'] as const) {
    for (const [capacity, loss, height] of [
      [60_000, 0, 0],
      [100_000, 0, browser === 'fits' ? 180 : 0],
      [150_000, 0.05, 180],
      [200_000, 0.05, browser === 'fits' ? 360 : 180],
      [700_000, 0, browser === 'fits' ? 720 : 360],
      [700_000, 0.05, browser === 'fits' ? 720 : 360],
      [1_200_000, 0, browser === 'fits' ? 720 : 360],
      [4_000_000, 0, 720],
      [4_000_000, 0.05, 720],
    ] as const) {
      const name = `${capacity / 1_000} kbit/s, ${loss * 100} % lost, a browser that ${browser}`;
      it(`finds its height and does not swing: ${name}`, () => {
        const link = new SimulatedLink({capacity, loss, browser, seed: 5});
        const [found, first] = run(link, freshPicture(0), 2);
        const [, rest] = run(link, found, 20);
        const told = `${JSON.stringify(first)} ${JSON.stringify({...rest, heights: null})}`;
        expect(shareOf(rest, height), told).to.be.above(0.7);
        // In the end a trial every two minutes, there and back; the first ones come sooner.
        expect(rest.changes, told).to.be.at.most(24);
        expect(rest.soundLost, told).to.be.below(loss + 0.03);
        expect(first.soundLost, told).to.be.below(loss + 0.12);
      });
    }

    it(`comes back when the link does: a browser that ${browser}`, () => {
      const good: SimulatedLinkOptions = {capacity: 4_000_000, browser};
      const link = new SimulatedLink(good);
      const [before, whole] = run(link, freshPicture(0), 1);
      expect(whole.changes).to.equal(0);
      link.options = {...good, capacity: 150_000, loss: 0.05};
      const [weak, small] = run(link, before, 1);
      expect(Math.min(...small.heights)).to.be.at.most(180);
      expect(small.soundLost).to.be.below(browser === 'fits' ? 0.1 : 0.14);
      link.options = good;
      const [, back] = run(link, weak, 2);
      expect(back.heights.indexOf(720) * LOOK_MS, back.heights.join()).to.be.within(1, 60_000);
      expect(back.heights.at(-1)).to.equal(720);
      expect(back.changes, back.heights.join()).to.be.at.most(3);
    });
  }
});
