/** What a link's statistics say, in the same terms for every browser: recorded looks, and cases of their own. */
import {expect} from 'chai';
import {LinkMeter, type LinkSample} from '../../widget/call/care/link-meter.js';
import {CHROMIUM_LOOKS, FIREFOX_LOOKS, type RecordedLook} from '../support/recorded-stats.js';

type Entry = RecordedLook['entries'][number];

/** What the meter makes of these looks, but for the first. */
function samplesOf(looks: readonly RecordedLook[], screens?: ReadonlySet<string>): LinkSample[] {
  const meter = new LinkMeter();
  return looks.flatMap(({atMs, entries}) => {
    const report = new Map(entries.map((entry) => [entry.id, entry]));
    return meter.read(report, atMs, screens) ?? [];
  });
}

const rounded = (sample: LinkSample | undefined): object =>
  Object.fromEntries(
    Object.entries(sample ?? {}).map(([field, value]) => [
      field,
      typeof value === 'number' ? Math.round(value * 100) / 100 : value,
    ]),
  );

/** Two looks, two seconds apart, at links with these entries. */
const between = (before: readonly Entry[], after: readonly Entry[]): LinkSample | undefined =>
  samplesOf([
    {atMs: 0, entries: before},
    {atMs: 2_000, entries: after},
  ])[0];

describe('the meter of a link', () => {
  it('a screen may stand still, and its tab be silent: only what is lost of it counts', () => {
    const at = (packetsReceived: number, totalFreezesDuration: number, made: number): Entry[] => {
      const all = {type: 'inbound-rtp', packetsReceived, packetsLost: packetsReceived / 10};
      const concealedSamples = made;
      return [
        {...all, id: 'v', kind: 'video', trackIdentifier: 'screen', totalFreezesDuration},
        {
          ...{...all, id: 'a', kind: 'audio', trackIdentifier: 'sound'},
          ...{totalSamplesReceived: 2 * made, concealedSamples},
        },
      ];
    };
    const looks = [
      {atMs: 0, entries: at(10, 0, 10)},
      {atMs: 2_000, entries: at(30, 2, 90)},
    ];
    const facts = ([sample]: LinkSample[]): unknown[] => [
      sample?.packetsReceived,
      sample?.packetsMissed,
      sample?.concealed,
      sample?.frozenMs,
    ];
    expect(facts(samplesOf(looks, new Set(['screen', 'sound'])))).to.deep.equal([40, 4, 0, 0]);
    expect(facts(samplesOf(looks))).to.deep.equal([40, 4, 0.5, 2_000]);
  });

  it('has nothing to compare the first look with', () => {
    expect(samplesOf(CHROMIUM_LOOKS.slice(0, 1))).to.deep.equal([]);
  });

  it('reads what Chromium says', () => {
    expect(samplesOf(CHROMIUM_LOOKS).map(rounded)).to.deep.equal([
      {
        ...{atMs: 14_103, availableBitrate: 51_873, roundTripMs: 290, reportAgeMs: 0},
        ...{
          packetsSent: 235,
          picturePacketsSent: 133,
          packetsReported: 133,
          packetsReportedLost: 0,
        },
        ...{packetsReceived: 62, packetsMissed: 111, concealed: 0.7, frozenMs: 296},
        isUndecodable: false,
        isBack: false,
      },
      {
        ...{atMs: 16_109, availableBitrate: 60_184, roundTripMs: 364, reportAgeMs: 0},
        ...{packetsSent: 184, picturePacketsSent: 84},
        ...{packetsReported: 286, packetsReportedLost: 98.58},
        ...{packetsReceived: 112, packetsMissed: 29, concealed: 0.28, frozenMs: 2_748},
        isUndecodable: false,
        isBack: false,
      },
    ]);
  });

  it('reads what Firefox says', () => {
    expect(samplesOf(FIREFOX_LOOKS).map(rounded)).to.deep.equal([
      {
        ...{atMs: 16_291, availableBitrate: null, roundTripMs: 390, reportAgeMs: 0},
        ...{packetsSent: 371, picturePacketsSent: 289},
        ...{packetsReported: 289, packetsReportedLost: 247.1},
        ...{packetsReceived: 43, packetsMissed: 186, concealed: 0.63, frozenMs: 233},
        isUndecodable: false,
        isBack: false,
      },
      {
        ...{atMs: 18_317, availableBitrate: null, roundTripMs: null, reportAgeMs: 2_026},
        ...{packetsSent: 229, picturePacketsSent: 148, packetsReported: 0, packetsReportedLost: 0},
        // The picture's counters began anew meanwhile.
        ...{packetsReceived: 42, packetsMissed: 73, concealed: 0.61, frozenMs: 0},
        isUndecodable: false,
        isBack: false,
      },
    ]);
  });

  it('takes a report for new when it is, and counts what was sent since the one before', () => {
    const sent = (packetsSent: number): Entry => ({id: 'o', type: 'outbound-rtp', packetsSent});
    const told = (timestamp: number): Entry => ({
      ...{id: 'r', type: 'remote-inbound-rtp', localId: 'o', timestamp},
      ...{fractionLost: 0.25, roundTripTime: 0.08},
    });
    const looks = [
      [0, sent(100), told(1)],
      [2_000, sent(200), told(1)],
      [4_000, sent(300), told(2)],
      [6_000, sent(340), told(2)],
    ] as const;
    const samples = samplesOf(looks.map(([atMs, ...entries]) => ({atMs, entries})));
    expect(
      samples.map(({packetsReported, packetsReportedLost, reportAgeMs, roundTripMs}) => [
        packetsReported,
        packetsReportedLost,
        reportAgeMs,
        roundTripMs,
      ]),
    ).to.deep.equal([
      [0, 0, 2_000, null],
      [200, 50, 0, 80],
      [0, 0, 2_000, null],
    ]);
  });

  it('does not mistake counters that begin anew, or a late packet, for a loss', () => {
    const incoming = (packetsReceived: number, packetsLost: number): Entry => ({
      ...{id: 'i', type: 'inbound-rtp', kind: 'video'},
      packetsReceived,
      packetsLost,
    });
    const anew = between([incoming(900, 30)], [incoming(20, 2)]);
    expect([anew?.packetsReceived, anew?.packetsMissed]).to.deep.equal([20, 2]);
    const late = between([incoming(900, 30)], [incoming(960, 29)]);
    expect([late?.packetsReceived, late?.packetsMissed]).to.deep.equal([60, 0]);
  });

  it('knows a picture that comes and of which nothing can be made', () => {
    const picture = (packetsReceived: number, framesDecoded: number, packetsLost = 0): Entry[] => [
      {...{id: 'v', type: 'inbound-rtp'}, packetsReceived, framesDecoded, packetsLost},
      {id: 'a', type: 'inbound-rtp', kind: 'audio', packetsReceived: 10 * packetsReceived},
    ];
    const isUndecodable = (before: Entry[], after: Entry[]): boolean | undefined =>
      between(before, after)?.isUndecodable;
    expect(isUndecodable(picture(100, 30), picture(160, 30))).to.equal(true);
    expect(isUndecodable(picture(100, 30), picture(160, 31))).to.equal(false);
    expect(isUndecodable(picture(100, 30), picture(110, 30)), 'too little').to.equal(false);
    expect(isUndecodable(picture(100, 30), picture(160, 30, 6)), 'weak').to.equal(false);
    expect(isUndecodable(picture(100, 30), picture(40, 0)), 'counts anew').to.equal(true);
    expect(isUndecodable(picture(100, 30), picture(40, 2)), 'counts anew').to.equal(false);
  });

  describe('says that it is another link than before', () => {
    /** A look each second; sound comes all the time, or so it looks. */
    const looks = (...more: readonly (readonly Entry[])[]): RecordedLook[] =>
      more.map((entries, second) => ({
        atMs: second * 1_000,
        entries: [
          {id: 'i', type: 'inbound-rtp', kind: 'audio', packetsReceived: 10 * second},
          ...entries,
        ],
      }));
    const backs = (samples: readonly LinkSample[]): boolean[] => samples.map(({isBack}) => isBack);

    it('when it has another path, however the browser tells the pair in use', () => {
      const chromium = (selectedCandidatePairId: string): Entry[] => [
        {id: 't', type: 'transport', selectedCandidatePairId},
      ];
      const firefox = (pair: string): Entry[] =>
        ['a', 'b'].map((id) => ({id, type: 'candidate-pair', selected: id === pair}));
      for (const path of [chromium, firefox]) {
        const samples = samplesOf(looks(path('a'), path('a'), path('b'), [], path('b'), path('a')));
        expect(backs(samples)).to.deep.equal([false, true, false, false, true]);
      }
    });

    it('after a silence that falls between two looks, and what was missed then does not count', () => {
      const meter = new LinkMeter();
      const samples = looks([], [], [], [], []).flatMap(({atMs, entries}) => {
        const missed = {id: 'm', type: 'inbound-rtp', packetsLost: atMs >= 3_000 ? 70 : 0};
        const report = new Map([...entries, missed].map((entry) => [entry.id, entry]));
        return meter.read(report, atMs, new Set(), atMs >= 3_000 ? 2_800 : -Infinity) ?? [];
      });
      expect(backs(samples)).to.deep.equal([false, false, true, false]);
      expect(samples.map(({packetsMissed}) => packetsMissed)).to.deep.equal([0, 0, 0, 0]);
    });
  });
});
