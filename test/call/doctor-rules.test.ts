/** The doctor's rules: from facts to causes, each cause of the closed list at least once. */
import {expect} from 'chai';
import {ERROR_CODES, type ErrorCode} from '../../protocol/codes.js';
import {
  CODES_WITH_A_REASON,
  FOUND_CAUSES,
  type CauseCode,
} from '../../widget/call/doctor/causes.js';
import {diagnose} from '../../widget/call/doctor/diagnose.js';
import {NO_EVIDENCE, type Evidence, type LinkEvidence} from '../../widget/call/doctor/evidence.js';

const NONE = {host: 0, srflx: 0, prflx: 0, relay: 0};
const HOST = {...NONE, host: 2};
const SRFLX = {...HOST, srflx: 1};
const ALL = {...SRFLX, relay: 1};

const CALL: Evidence = {
  isOnline: true,
  status: 'in-call',
  signaling: 'open',
  carries: 'video',
  error: null,
  microphoneProblem: null,
  cameraProblem: null,
  relayAnswers: null,
  links: [],
};

/** A link that is being made and has all it needs, but for what `change` says. */
function link(change: Partial<LinkEvidence> = {}): Evidence {
  const made: LinkEvidence = {
    ...NO_EVIDENCE,
    peer: 'peer-1',
    connectionState: 'failed',
    isAnswered: true,
    hasStun: true,
    local: SRFLX,
    remote: SRFLX,
    ...change,
  };
  return {...CALL, links: [made]};
}

const up = (change: Partial<LinkEvidence>): Evidence =>
  link({connectionState: 'connected', hasBeenConnected: true, hasPath: true, ...change});

const failed = (code: ErrorCode, change: Partial<Evidence> = {}): Evidence => ({
  ...CALL,
  status: 'failed',
  error: {code, fatal: true},
  ...change,
});

const turn = {hasTurn: true} as const;

const CASES: readonly [what: string, evidence: Evidence, expected: readonly CauseCode[]][] = [
  ['all is well', up({roundTripMs: 30, lostOutgoing: 0.01, lostIncoming: 0.01}), []],
  ['no network at all', {...link(), isOnline: false}, ['offline']],
  [
    'no network, and the relay lost',
    {...CALL, isOnline: false, signaling: 'reconnecting'},
    ['offline'],
  ],
  ['the relay lost', {...CALL, signaling: 'reconnecting'}, ['relay-down']],
  ['the relay never reached', failed('relay-unreachable'), ['relay-down']],
  [
    'never reached, and nothing answers',
    failed('relay-unreachable', {relayAnswers: false}),
    ['relay-down'],
  ],
  [
    'never reached, but the web is',
    failed('relay-unreachable', {relayAnswers: true}),
    ['relay-blocked'],
  ],
  ['the relay says nothing', failed('relay-timeout'), ['relay-silent']],
  ['the other page is gone', link({present: false, hasBeenConnected: true}), ['other-side-away']],
  ['a link that is only beginning', link({isBeginning: true, isAnswered: false, remote: NONE}), []],
  [
    'one that is said to have failed',
    {
      ...link({isBeginning: true, isAnswered: false, remote: NONE}),
      error: {code: 'ice-failed', fatal: false},
    },
    ['other-side-silent'],
  ],
  ['no answer to the offer', link({isAnswered: false, remote: NONE}), ['other-side-silent']],
  ['no candidates of the other side', link({remote: NONE}), ['other-side-no-candidates']],
  ['no candidates of ours', link({local: NONE}), ['no-candidates']],
  ['relay only, without TURN', link({policy: 'relay', local: NONE}), ['turn-missing']],
  [
    'TURN turns us away',
    link({...turn, serverErrors: [{scheme: 'turn', code: 401}]}),
    ['turn-refused'],
  ],
  [
    'TURN over TLS is full',
    link({...turn, serverErrors: [{scheme: 'turns', code: 508}]}),
    ['turn-refused'],
  ],
  [
    'TURN does not answer',
    link({...turn, serverErrors: [{scheme: 'turn', code: 701}]}),
    ['turn-unreachable'],
  ],
  ['TURN does not answer, and the browser says nothing', link(turn), ['turn-unreachable']],
  ['relay only, TURN away', link({...turn, policy: 'relay', local: NONE}), ['turn-unreachable']],
  [
    'STUN does not answer',
    link({local: HOST, serverErrors: [{scheme: 'stun', code: 701}]}),
    ['udp-blocked'],
  ],
  ['two networks that do not meet', link(), ['no-turn']],
  ['one server of two is away', link({serverErrors: [{scheme: 'stun', code: 701}]}), ['no-turn']],
  ['even TURN does not help', link({...turn, local: ALL}), ['path-blocked']],
  [
    'a path that is gone',
    link({hasBeenConnected: true, connectionState: 'disconnected'}),
    ['path-lost'],
  ],
  [
    'a path without encryption',
    link({hasPath: true, connectionState: 'connecting'}),
    ['encryption-failed'],
  ],
  ['descriptions that do not fit', failed('negotiation-failed'), ['descriptions-refused']],
  ['no path, told once', {...link(), error: {code: 'ice-failed', fatal: false}}, ['no-turn']],
  ['no path to somebody who has left', failed('ice-failed'), ['unknown']],
  ['something unexpected', failed('internal'), ['unknown']],
  ['too few processors', up({limitation: 'cpu'}), ['device-overloaded']],
  ['what we send is lost', up({lostOutgoing: 0.06}), ['weak-upload']],
  ['we may send next to nothing', up({availableBitrate: 100_000}), ['weak-upload']],
  ['what they send is lost', up({lostIncoming: 0.06}), ['weak-download']],
  ['a satellite', up({roundTripMs: 900}), ['slow-network']],
  [
    'everything at once',
    up({limitation: 'cpu', lostOutgoing: 0.2, lostIncoming: 0.2, roundTripMs: 2000}),
    ['device-overloaded', 'weak-upload', 'weak-download', 'slow-network'],
  ],
  [
    'two devices that are refused',
    {
      ...CALL,
      microphoneProblem: 'media-permission-denied',
      cameraProblem: 'media-permission-denied',
    },
    ['media-permission-denied'],
  ],
  [
    'a device and the path: the end of the call first',
    {...failed('room-full'), cameraProblem: 'media-in-use'},
    ['room-full', 'media-in-use'],
  ],
];

describe('the doctor’s rules', () => {
  for (const [what, evidence, expected] of CASES) {
    it(`${what}: ${expected.join(', ') || 'nothing'}`, () => {
      expect(diagnose(evidence).map(({code}) => code)).to.deep.equal(expected);
    });
  }

  const plain = ERROR_CODES.filter(
    (code) => !(CODES_WITH_A_REASON as readonly string[]).includes(code),
  );
  for (const code of plain) {
    it(`a failure that says what it is: ${code}`, () => {
      expect(diagnose(failed(code))).to.deep.equal([{code, peer: null, fatal: true}]);
    });
  }

  it('find every cause of the list', () => {
    const found = new Set(
      CASES.flatMap(([, evidence]) => diagnose(evidence)).map(({code}) => code),
    );
    expect(FOUND_CAUSES.filter((cause) => !found.has(cause))).to.deep.equal([]);
  });

  it('say with whom the trouble is', () => {
    const one = link().links[0]!;
    const causes = diagnose({...CALL, links: [one, {...one, peer: 'peer-2', present: false}]});
    expect(causes.map(({code, peer}) => [code, peer])).to.deep.equal([
      ['no-turn', 'peer-1'],
      ['other-side-away', 'peer-2'],
    ]);
  });
});
