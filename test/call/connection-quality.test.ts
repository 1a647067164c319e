/** How good a link is said to be: what was measured, look by look, and what is said of it. */
import {expect} from 'chai';
import type {Quality} from '../../widget/call/call-state.js';
import {freshQuality, judge, type LinkFacts} from '../../widget/call/care/connection-quality.js';
import type {LinkSample} from '../../widget/call/care/link-meter.js';

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

type Look = Partial<LinkSample> & Partial<LinkFacts>;

/** What is said after each of these looks, two seconds apart. */
function qualities(looks: readonly Look[], from: Quality = 'good'): Quality[] {
  let memory = {...freshQuality(0), quality: from};
  return looks.map((look, index) => {
    const nowMs = (index + 1) * LOOK_MS;
    const facts = {isConnected: true, expectsMedia: true, isHeldBack: false, ...look, nowMs};
    memory = judge(memory, {...FINE, ...look, atMs: nowMs}, facts);
    return memory.quality;
  });
}

const times = <T>(count: number, value: T): T[] => Array.from({length: count}, () => value);
const LOSSY = {packetsReportedLost: 60};
const SILENT = {packetsReceived: 0};

describe('how good a link is', () => {
  for (const [what, from, looks, expected] of [
    ['good while all is fine', 'good', times(3, {}), ['good', 'good', 'good']],
    ['poor when much is lost of what we send', 'good', times(2, LOSSY), ['good', 'poor']],
    [
      'poor when much is lost of what comes',
      'good',
      times(2, {packetsMissed: 60}),
      ['good', 'poor'],
    ],
    [
      'poor when the sound is made up',
      'good',
      times(3, {concealed: 0.2}),
      ['good', 'good', 'poor'],
    ],
    [
      'poor when words come late',
      'good',
      times(4, {roundTripMs: 1_500}),
      ['good', 'good', 'poor', 'poor'],
    ],
    [
      'poor when the picture stands still',
      'good',
      times(4, {frozenMs: 1_900}),
      ['good', 'good', 'poor', 'poor'],
    ],
    [
      'good in spite of one bad look',
      'good',
      [{packetsReportedLost: 30}, {}, {}],
      times(3, 'good'),
    ],
    [
      'good in spite of a loss of 5 %',
      'good',
      times(9, {packetsReportedLost: 15}),
      times(9, 'good'),
    ],
    [
      'good again only after a while',
      'poor',
      times(5, {}),
      ['poor', 'poor', 'poor', 'good', 'good'],
    ],
    [
      'not good again with half of what is bad',
      'poor',
      times(9, {packetsReportedLost: 15}),
      times(9, 'poor'),
    ],
    ['poor at once where a picture is held back', 'good', [{isHeldBack: true}], ['poor']],
    ['poor for as long as it is', 'poor', times(6, {isHeldBack: true}), times(6, 'poor')],
    ['lost when nothing comes', 'good', times(3, SILENT), ['good', 'lost', 'lost']],
    [
      'not lost when nothing should come',
      'good',
      times(4, {...SILENT, expectsMedia: false}),
      times(4, 'good'),
    ],
    ['lost without a path, at once', 'good', [{isConnected: false}], ['lost']],
    ['good until it has had one', 'good', times(3, {isConnected: null}), times(3, 'good')],
    [
      'poor when something comes again, and good when it goes on',
      'lost',
      [...times(2, SILENT), ...times(4, {})],
      ['lost', 'lost', 'poor', 'poor', 'poor', 'good'],
    ],
  ] as [string, Quality, Look[], Quality[]][]) {
    it(`is ${what}`, () => {
      expect(qualities(looks, from)).to.deep.equal(expected);
    });
  }

  it('keeps what it knows when nothing could be measured', () => {
    const facts = {isConnected: true, expectsMedia: true, isHeldBack: false, nowMs: 5_000};
    expect(judge({...freshQuality(0), quality: 'poor'}, null, facts).quality).to.equal('poor');
  });
});
