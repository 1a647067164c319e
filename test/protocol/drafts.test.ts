/** How a text in the making is told: whatever is done to it, the other side has the same text. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toChatText} from '../../protocol/chat-text.js';
import {MAX_CHAT_LENGTH} from '../../protocol/conversation-limits.js';
import {edited, editOf} from '../../protocol/drafts.js';
import {randomFrom} from '../support/random.js';

test('an edit is the one stretch that differs, counted in code points', () => {
  const cases = [
    ['', 'a', {at: 0, remove: 0, insert: 'a'}],
    ['hello', 'hello!', {at: 5, remove: 0, insert: '!'}],
    ['hello', '', {at: 0, remove: 5, insert: ''}],
    ['hello', 'hallo', {at: 1, remove: 1, insert: 'a'}],
    ['aa', 'aaa', {at: 2, remove: 0, insert: 'a'}],
    ['aaa', 'aa', {at: 2, remove: 1, insert: ''}],
    ['😀b', '😀😀b', {at: 1, remove: 0, insert: '😀'}],
    // Their first halves are the same: in UTF-16 units the edit would begin between two halves.
    ['😀', '😁', {at: 0, remove: 1, insert: '😁'}],
    ['👩\u200d👧', '👩\u200d👦', {at: 2, remove: 1, insert: '👦'}],
    ['שלום', 'שלום לך', {at: 4, remove: 0, insert: ' לך'}],
    ['same', 'same', {at: 4, remove: 0, insert: ''}],
  ] as const;
  for (const [before, after, edit] of cases) {
    assert.deepEqual(editOf(before, after), edit, `${before} → ${after}`);
    assert.equal(edited(before, edit), after);
  }
});

test('what cannot have been meant for this text changes nothing', () => {
  const text = 'a😀';
  assert.equal(edited(text, {at: 2, remove: 0, insert: 'b'}), 'a😀b');
  for (const edit of [
    {at: 3, remove: 0, insert: 'b'},
    {at: 0, remove: 3, insert: ''},
    {at: 2, remove: 1, insert: ''},
    {at: 0, remove: 0, insert: 'x'.repeat(MAX_CHAT_LENGTH - 1)},
  ]) {
    assert.equal(edited(text, edit), null, JSON.stringify(edit).slice(0, 60));
  }
  assert.notEqual(edited(text, {at: 0, remove: 0, insert: 'x'.repeat(MAX_CHAT_LENGTH - 2)}), null);
});

test('after any number of any edits the receiver has what the sender has', () => {
  const seed = Math.floor(Math.random() * 1_000_000);
  console.log(`seed ${seed}`);
  const random = randomFrom(seed);
  const upTo = (max: number): number => Math.floor(random() * max);
  const pieces = [
    'a',
    'aa',
    ' ',
    '\n',
    '😀',
    '😁',
    '👩\u200d👧',
    'e\u0301',
    'שלום',
    '\ud83d',
    '\u202e',
  ];
  let typed = '';
  let told = '';
  let received = '';
  for (let step = 0; step < 5000; step++) {
    const [at, length] = [upTo(typed.length + 1), upTo(4)];
    const insert = Array.from({length: upTo(3)}, () => pieces[upTo(pieces.length)]).join('');
    // In UTF-16 units, as no field does it: halves of pairs come about, too.
    typed = typed.slice(0, at) + insert + typed.slice(at + length);
    const text = toChatText(typed);
    const wire = JSON.parse(JSON.stringify(editOf(told, text))) as ReturnType<typeof editOf>;
    received = edited(received, wire) ?? '(refused)';
    told = text;
    assert.equal(received, text, `step ${step}`);
  }
});
