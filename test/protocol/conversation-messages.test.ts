/** What people say to each other over a data channel: another person's machine, believed only after parsing. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toChatText} from '../../protocol/chat-text.js';
import {parseConversationMessage} from '../../protocol/conversation-messages.js';
import {MAX_CHAT_LENGTH, MAX_FILE_BYTES} from '../../protocol/conversation-limits.js';
import {MAX_ID_LENGTH} from '../../protocol/limits.js';

const offer = {
  type: 'file-offer',
  file: 0xffff_ffff,
  name: 'a.txt',
  mimeType: '',
  size: MAX_FILE_BYTES,
};

const draftEdit = {type: 'draft-edit', version: 1, at: 0, remove: 0, insert: 'a'};

test('messages of each kind come through, up to their limits', () => {
  const messages = [
    {type: 'ready'},
    {type: 'chat', id: 'x', text: ''},
    {type: 'chat', id: 'x'.repeat(MAX_ID_LENGTH), text: '😀'.repeat(MAX_CHAT_LENGTH)},
    {type: 'chat-taken', id: 'x'},
    {type: 'typing', isTyping: true},
    {type: 'draft', version: 0, text: ''},
    {type: 'draft', version: 0xffff_ffff, text: '😀'.repeat(MAX_CHAT_LENGTH)},
    {type: 'draft-edit', version: 1, at: 0, remove: MAX_CHAT_LENGTH, insert: ''},
    {...draftEdit, at: MAX_CHAT_LENGTH, insert: '😀'.repeat(MAX_CHAT_LENGTH)},
    offer,
    {...offer, file: 0, name: '', mimeType: 'a/b', size: 0},
    {type: 'file-have', file: 1, bytes: MAX_FILE_BYTES},
    {type: 'file-done', file: 1},
    {type: 'file-withdraw', file: 1, reason: 'cancelled'},
    {type: 'file-refuse', file: 1, reason: 'failed'},
  ];
  for (const message of messages) {
    const text = JSON.stringify(message);
    assert.deepEqual(parseConversationMessage(text), message, text.slice(0, 60));
  }
});

test('anything else is nothing, not an error', () => {
  const wrong: unknown[] = [
    null,
    7,
    'ready',
    [],
    {},
    {type: 'message', data: 1},
    {type: 'chat'},
    {type: 'chat', id: '', text: 'a'},
    {type: 'chat', id: 'x'.repeat(MAX_ID_LENGTH + 1), text: 'a'},
    {type: 'chat', id: 7, text: 'a'},
    {type: 'chat', id: 'x', text: {}},
    {type: 'chat', id: 'x', text: 'a'.repeat(MAX_CHAT_LENGTH + 1)},
    {type: 'chat', id: 'x', text: '😀'.repeat(MAX_CHAT_LENGTH + 1)},
    {type: 'chat-taken', id: null},
    {type: 'typing', isTyping: 1},
    {type: 'draft', version: 1},
    {type: 'draft', text: 'a'},
    {type: 'draft', version: -1, text: 'a'},
    {type: 'draft', version: 1.5, text: 'a'},
    {type: 'draft', version: 0x1_0000_0000, text: 'a'},
    {type: 'draft', version: 1, text: null},
    {type: 'draft', version: 1, text: 'a'.repeat(MAX_CHAT_LENGTH + 1)},
    {...draftEdit, version: '1'},
    {...draftEdit, at: -1},
    {...draftEdit, at: 0.5},
    {...draftEdit, at: MAX_CHAT_LENGTH + 1},
    {...draftEdit, remove: -1},
    {...draftEdit, remove: null},
    {...draftEdit, remove: MAX_CHAT_LENGTH + 1},
    {...draftEdit, insert: 1},
    {...draftEdit, insert: 'a'.repeat(MAX_CHAT_LENGTH + 1)},
    {...offer, file: -1},
    {...offer, file: 0x1_0000_0000},
    {...offer, file: 1.5},
    {...offer, file: '1'},
    {...offer, name: null},
    {...offer, name: 'x'.repeat(10_000)},
    {...offer, mimeType: 'x'.repeat(10_000)},
    {...offer, size: -1},
    {...offer, size: 0.5},
    {...offer, size: MAX_FILE_BYTES + 1},
    {...offer, size: null},
    {type: 'file-have', file: 1, bytes: -1},
    {type: 'file-have', file: 1},
    {type: 'file-done'},
    {type: 'file-withdraw', file: 1},
    {type: 'file-refuse', file: 1, reason: 'because'},
  ];
  for (const value of wrong) {
    const text = JSON.stringify(value);
    assert.equal(parseConversationMessage(text), null, text.slice(0, 60));
  }
  for (const text of ['', '{', '['.repeat(60_000), ' '.repeat(70_000)]) {
    assert.equal(parseConversationMessage(text), null, text.slice(0, 60));
  }
});

test('what is not asked for is cut off', () => {
  const text = '{"type":"typing","isTyping":true,"__proto__":{"a":1},"more":1}';
  assert.deepEqual(parseConversationMessage(text), {type: 'typing', isTyping: true});
});

test('a chat text keeps what can be read, and nothing that cannot', () => {
  const cases: readonly (readonly [typed: string, shown: string])[] = [
    ['  hello  ', 'hello'],
    ['a\r\nb\rc\n\td', 'a\nb\nc\n\td'],
    ['a\u0000b\u001b[31mc\u007f\u0085', 'ab[31mc'],
    ['evil\u202etxt.exe', 'eviltxt.exe'],
    ['\u200fשלום\u200f', '\u200fשלום\u200f'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩\u200d👧', '👩\u200d👧'],
    ['half a pair: \ud83d', 'half a pair: \ufffd'],
    ['<b>&amp;</b>', '<b>&amp;</b>'],
    ['\u0000\n ', ''],
  ];
  for (const [typed, shown] of cases) {
    assert.equal(toChatText(typed), shown);
    assert.equal(toChatText(shown), shown, 'made twice, it is the same');
  }
});
