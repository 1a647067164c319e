/** What is made of a link that was away for some seconds: statistics as browsers give them, through the meter and the controller. */
import {expect} from 'chai';
import {LinkMeter, type LinkSample} from '../../widget/call/care/link-meter.js';
import {control, freshPicture, type PictureHeight} from '../../widget/call/care/picture-control.js';

interface Second {
  /** Nothing arrives anywhere. */
  readonly isAway?: boolean;
  /** What both sides miss of what is sent. */
  readonly loss?: number;
  /** What the browser thinks the link takes. */
  readonly estimate?: number;
}

/** Packets a second, and how often the other side reports on them. */
const STREAMS = [
  {kind: 'audio', rate: 50, everyMs: 5_000},
  {kind: 'video', rate: 150, everyMs: 1_000},
] as const;

/** What is measured, and how large the picture is, second by second. */
function watch(
  seconds: readonly Second[],
  from: PictureHeight = 720,
): {heights: PictureHeight[]; samples: LinkSample[]} {
  const meter = new LinkMeter();
  let picture = {...freshPicture(0), height: from};
  const heights: PictureHeight[] = [];
  const samples: LinkSample[] = [];
  const streams = STREAMS.map((stream) => ({
    ...{
      ...stream,
      reportedAt: 0,
      missed: 0,
      fractionLost: 0,
      arrived: 0,
      gap: 0,
      newlyMissed: 0,
      sinceReport: 0,
    },
  }));
  seconds.forEach(({isAway = false, loss = 0, estimate}, second) => {
    const atMs = second * 1_000;
    const entries = new Map<string, object>();
    entries.set('pair', {id: 'pair', type: 'candidate-pair', availableOutgoingBitrate: estimate});
    for (const stream of streams) {
      const {kind, rate, everyMs} = stream;
      stream.newlyMissed += rate * (isAway ? 1 : loss);
      stream.sinceReport += rate;
      if (isAway) stream.gap += rate;
      else {
        stream.arrived += rate * (1 - loss);
        // The first packet shows how many did not come.
        stream.missed += stream.gap + rate * loss;
        stream.gap = 0;
        // The media is there before the first report on it.
        const wasAway = seconds[second - 1]?.isAway ?? false;
        if (!wasAway && atMs - stream.reportedAt >= everyMs) {
          stream.fractionLost = stream.newlyMissed / stream.sinceReport;
          [stream.newlyMissed, stream.sinceReport, stream.reportedAt] = [0, 0, atMs];
        }
      }
      const [id, sent] = [`in-${kind}`, rate * (second + 1)];
      entries.set(id, {
        ...{id, type: 'inbound-rtp', kind},
        ...{packetsReceived: stream.arrived, packetsLost: stream.missed},
      });
      entries.set(`out-${kind}`, {
        id: `out-${kind}`,
        type: 'outbound-rtp',
        kind,
        packetsSent: sent,
      });
      entries.set(`report-${kind}`, {
        ...{id: `report-${kind}`, type: 'remote-inbound-rtp', localId: `out-${kind}`},
        ...{timestamp: stream.reportedAt, fractionLost: stream.fractionLost, roundTripTime: 0.04},
      });
    }
    const sample = meter.read(entries, atMs);
    if (sample === null) return;
    samples.push(sample);
    picture = control(picture, sample);
    heights.push(picture.height);
  });
  return {heights, samples};
}

const times = (count: number, second: Second): Second[] =>
  Array.from({length: count}, () => second);

describe('after an outage', () => {
  for (const [browser, fine, regrowing] of [
    ['that estimates the link', {estimate: 3_000_000}, {estimate: 30_000}],
    ['that does not', {}, {}],
  ] as const) {
    for (const away of [3, 10, 40]) {
      for (const height of [720, 360, 180] as const) {
        it(`of ${away} s the picture is what it was: ${height} in a browser ${browser}`, () => {
          // Not long enough for a trial of a larger one.
          const seconds = [
            ...times(8, fine),
            ...times(away, {...regrowing, isAway: true}),
            ...times(6, regrowing),
            ...times(3, fine),
          ];
          const {heights} = watch(seconds, height);
          expect(heights).to.deep.equal(heights.map(() => height));
        });
      }
    }

    it(`a link that is weak is found out soon: a browser ${browser}`, () => {
      const weak = times(10, {...regrowing, loss: 0.6});
      const {heights} = watch([...times(8, fine), ...times(10, {isAway: true}), ...weak]);
      expect(heights.slice(0, 18)).to.deep.equal(heights.slice(0, 18).map(() => 720));
      expect(heights.at(-1)).to.be.at.most(180);
    });
  }

  it('nothing that was missed in it counts, and the time before is no lack of reports', () => {
    const {samples} = watch([...times(8, {}), ...times(10, {isAway: true}), ...times(10, {})]);
    expect(samples.filter(({isBack}) => isBack)).to.have.length(1);
    const sum = (field: 'packetsReportedLost' | 'packetsMissed'): number =>
      samples.reduce((all, sample) => all + sample[field], 0);
    expect([sum('packetsReportedLost'), sum('packetsMissed')]).to.deep.equal([0, 0]);
    const after = samples.slice(samples.findIndex(({isBack}) => isBack));
    expect(Math.max(...after.map(({reportAgeMs}) => reportAgeMs))).to.be.at.most(2_000);
  });

  it('but a link over which much is lost all the time was never away', () => {
    const {samples, heights} = watch([...times(8, {}), ...times(10, {loss: 0.9})]);
    expect(samples.some(({isBack}) => isBack)).to.equal(false);
    expect(heights.at(-1)).to.equal(0);
  });
});
