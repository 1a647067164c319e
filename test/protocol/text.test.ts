/** Names and lengths as people mean them, and the closed lists of codes. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {END_REASONS, ERROR_CODES} from '../../protocol/codes.js';
import {
  codePointLength,
  isRoomName,
  normalizeRoomName,
  toDisplayName,
  utf8Length,
} from '../../protocol/text.js';

test('lengths are counted as people and as networks count them', () => {
  for (const text of ['', 'a', 'é', '日本', '🌟', 'a🌟é', '\ud800']) {
    assert.equal(utf8Length(text), new TextEncoder().encode(text).length, text);
  }
  assert.equal(codePointLength('🌟a'), 2);
});

test('no code and no reason stands for two things', () => {
  assert.equal(new Set(ERROR_CODES).size, ERROR_CODES.length);
  assert.equal(new Set(END_REASONS).size, END_REASONS.length);
});

test('a typed room name becomes the one form that the relay takes', () => {
  const table: readonly (readonly [typed: string, name: string, isRoom: boolean])[] = [
    [' lobby ', 'lobby', true],
    ['e\u0301', '\u00e9', true],
    ['🌟'.repeat(64), '🌟'.repeat(64), true],
    ['🌟'.repeat(65), '🌟'.repeat(65), false],
    ['', '', false],
    ['  ', '', false],
    ['a\u202eb', 'a\u202eb', false],
    ['a\u200bb', 'a\u200bb', false],
    ['a\u200eb', 'a\u200eb', false],
    ['a\u200fb', 'a\u200fb', false],
    ['a\u2060b', 'a\u2060b', false],
    ['a\ufeffb', 'a\ufeffb', false],
    ['\u200b', '\u200b', false],
    ['\u200c', '\u200c', false],
    ['\u200d', '\u200d', false],
    ['\u2060', '\u2060', false],
    ['\ufeff', '', false],
    ['\u3164', '\u3164', false],
    ['\u2800', '\u2800', false],
    ['\u00ad', '\u00ad', false],
    // A family of emoji and a Persian word, which the joiners hold together.
    ['👩\u200d👧', '👩\u200d👧', true],
    ['می\u200cخواهم', 'می\u200cخواهم', true],
    ['!', '!', true],
    ['__proto__', '__proto__', true],
    ['../x', '../x', true],
  ];
  for (const [typed, name, isRoom] of table) {
    assert.equal(normalizeRoomName(typed), name, JSON.stringify(typed));
    assert.equal(isRoomName(name), isRoom, JSON.stringify(name));
  }
  assert.equal(isRoomName(' lobby'), false, 'blanks around it');
  assert.equal(isRoomName('e\u0301'), false, 'not composed');
});

test('a typed name is made fit for the others, whatever it is', () => {
  assert.equal(toDisplayName('  Ana\u202e\n '), 'Ana');
  assert.equal(codePointLength(toDisplayName('🌟'.repeat(100))), 80);
  assert.equal(toDisplayName('\u0000'), '');
  assert.equal(toDisplayName('A\u200bn\ufeffa\u2060'), 'Ana');
  assert.equal(toDisplayName('\u200d\u200c'), '', 'nothing of it can be seen');
  assert.equal(toDisplayName('👩\u200d👧'), '👩\u200d👧');
});
