/** What comes over a data channel: another person's machine, believed only after parsing. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
  MAX_CANDIDATE_LENGTH,
  MAX_CANDIDATES_PER_SIGNAL,
  MAX_SDP_LENGTH,
} from '../../protocol/limits.js';
import {parseCareMessage} from '../../protocol/care-messages.js';
import {parsePeerMessage} from '../../protocol/peer-messages.js';

/** Whichever of the two understands it; never both. */
function parse(text: string): unknown {
  const [first, second] = [parsePeerMessage(text), parseCareMessage(text)];
  assert.ok(first === null || second === null, text);
  return first ?? second;
}

const media = {
  type: 'media-state',
  microphoneEnabled: true,
  cameraEnabled: false,
  screenSharing: false,
};

const description = {type: 'offer', sdp: 'v=0'};
const candidate = {candidate: 'c', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u'};

test('messages of each kind come through', () => {
  const signals = [{description}, {description: {...description, type: 'answer'}}];
  const batches = [{candidates: [candidate, candidate]}, {candidates: []}];
  for (const message of [
    media,
    {type: 'leave'},
    {type: 'restart'},
    {type: 'picture-loss'},
    {type: 'identity', peerId: 'p', personId: 'q', isAnswer: false},
    ...[...signals, ...batches].map((signal) => ({type: 'signal', ...signal})),
  ]) {
    assert.deepEqual(parse(JSON.stringify(message)), message);
  }
});

test('what is said of pictures beside that is optional, and left out if it makes no sense', () => {
  for (const more of [
    {lowData: true, pictureHeight: 0},
    {lowData: false, pictureHeight: null},
    {},
  ]) {
    const message = {...media, ...more};
    assert.deepEqual(parse(JSON.stringify(message)), message);
  }
  for (const pictureHeight of ['180', 181, -1, 1e9, true, {}]) {
    const wrong = {...media, lowData: 'yes', pictureHeight};
    assert.deepEqual(parse(JSON.stringify(wrong)), media);
  }
});

test('anything else is nothing, not an error', () => {
  const texts = [
    '',
    '{',
    'null',
    '7',
    '"leave"',
    '[]',
    '{}',
    '{"type":"unknown"}',
    '{"type":7}',
    '{"type":"media-state"}',
    JSON.stringify({...media, cameraEnabled: 'yes'}),
    '['.repeat(100_000),
    '{"type":"identity","peerId":"p"}',
    JSON.stringify({type: 'identity', peerId: 'x'.repeat(65), personId: 'q', isAnswer: true}),
    ...[
      {},
      {description: null},
      {description: {type: 'rollback', sdp: ''}},
      {description: {type: 'offer'}},
      {description: {type: 'offer', sdp: 'x'.repeat(MAX_SDP_LENGTH + 1)}},
      {candidates: {}},
      {candidates: [null]},
      {candidates: [{}]},
      {candidates: [candidate, {...candidate, candidate: 'x'.repeat(MAX_CANDIDATE_LENGTH + 1)}]},
      {candidates: [{...candidate, sdpMid: 7}]},
      {candidates: [{...candidate, sdpMid: 'x'.repeat(65)}]},
      {candidates: [{...candidate, sdpMLineIndex: '0'}]},
      {candidates: [{...candidate, usernameFragment: {}}]},
      {candidates: Array.from({length: MAX_CANDIDATES_PER_SIGNAL + 1}, () => candidate)},
    ].map((signal) => JSON.stringify({type: 'signal', ...signal})),
  ];
  for (const text of texts) assert.equal(parse(text), null, text.slice(0, 40));
});

test('what is not asked for is cut off', () => {
  assert.deepEqual(parse('{"type":"leave","__proto__":{"a":1},"more":1}'), {
    type: 'leave',
  });
  const more = {type: 'signal', candidates: [{...candidate, more: 1}], linkId: 'another'};
  assert.deepEqual(parse(JSON.stringify(more)), {
    type: 'signal',
    candidates: [candidate],
  });
});

test('what a candidate may leave out is null', () => {
  const text = JSON.stringify({type: 'signal', candidates: [{candidate: ''}]});
  const rest = {sdpMid: null, sdpMLineIndex: null, usernameFragment: null};
  assert.deepEqual(parse(text), {
    type: 'signal',
    candidates: [{candidate: '', ...rest}],
  });
});
