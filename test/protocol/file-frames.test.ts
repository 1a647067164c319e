/** Pieces of files, and the names that come with them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MAX_PIECE_BYTES, parseFileFrame, toFileFrame} from '../../protocol/file-frames.js';
import {toFileName, toFileType} from '../../protocol/file-name.js';
import {MAX_FILE_NAME_LENGTH} from '../../protocol/conversation-limits.js';
import {MAX_PEER_FRAME_BYTES} from '../../protocol/limits.js';

test('a piece and an end come through', () => {
  const piece = {file: 0xffff_fffe, isEnd: false, bytes: new Uint8Array([1, 2, 3])};
  const end = {file: 0, isEnd: true, bytes: new Uint8Array(32).fill(7)};
  const most = {file: 1, isEnd: false, bytes: new Uint8Array(MAX_PIECE_BYTES).fill(1)};
  for (const frame of [piece, end, most]) {
    const {buffer} = toFileFrame(frame);
    assert.ok(buffer.byteLength <= MAX_PEER_FRAME_BYTES, 'it fits into a frame');
    assert.deepEqual(parseFileFrame(buffer), frame);
  }
});

test('anything else is nothing', () => {
  const wrong = [
    [],
    [1],
    [1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 1],
    [3, 0, 0, 0, 0, 1],
    [2, 0, 0, 0, 0, ...new Uint8Array(31)],
    [2, 0, 0, 0, 0, ...new Uint8Array(33)],
    [1, 0, 0, 0, 0, ...new Uint8Array(MAX_PIECE_BYTES + 1)],
  ];
  for (const bytes of wrong) assert.equal(parseFileFrame(new Uint8Array(bytes).buffer), null);
});

test('a name is a name and nothing else', () => {
  const long = 'n'.repeat(300);
  const cases: readonly (readonly [given: string, kept: string])[] = [
    ['report.pdf', 'report.pdf'],
    ['Übersicht (2).tar.gz', 'Übersicht (2).tar.gz'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\evil.dll', 'evil.dll'],
    ['folder/', 'file'],
    ['..', 'file'],
    ['', 'file'],
    ['.htaccess', 'htaccess'],
    ['name. ', 'name'],
    ['a\u0000b\nc\u001b.txt', 'abc.txt'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\u200b\u2066b\ufeff.txt', 'ab.txt'],
    ['a<b>:"c"|?*.txt', 'abc.txt'],
    ['نامه\u200cها.txt', 'نامه\u200cها.txt'],
    ['\ud83d.txt', 'txt'],
    [`${long}.docx`, `${'n'.repeat(MAX_FILE_NAME_LENGTH - 5)}.docx`],
    ['😀'.repeat(200), '😀'.repeat(MAX_FILE_NAME_LENGTH)],
    [`${long}.${long}`, 'n'.repeat(MAX_FILE_NAME_LENGTH)],
  ];
  for (const [given, kept] of cases) {
    assert.equal(toFileName(given), kept, JSON.stringify(given));
    assert.equal(toFileName(kept), kept, 'made twice, it is the same');
  }
});

test('a type is a media type or nothing', () => {
  const cases: readonly (readonly [given: string, kept: string])[] = [
    ['image/png', 'image/png'],
    ['text/plain;charset=utf-8', 'text/plain'],
    ['Application/VND.ms-excel', 'application/vnd.ms-excel'],
    ['', ''],
    ['text', ''],
    ['text/html, x/y', ''],
    [`text/${'x'.repeat(200)}`, ''],
    ['a/b\r\nSet-Cookie: x', ''],
  ];
  for (const [given, kept] of cases) assert.equal(toFileType(given), kept, given);
});
