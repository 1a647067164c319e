/** What the bundle renames must not be what a page, a relay or a script calls by its name. */
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {INTERNAL_NAMES} from '../../scripts/lib/internal-names.mjs';
import {ROOT} from '../../scripts/lib/project.mjs';
import {ENGLISH} from '../../widget/strings/english.js';

const PUBLIC = [
  'docs/API.md',
  'protocol/messages.ts',
  'protocol/shapes.ts',
  'protocol/care-messages.ts',
  'protocol/peer-messages.ts',
  'protocol/conversation-messages.ts',
  'protocol/host-messages.ts',
  'protocol/file-frames.ts',
  'widget/call/talk-state.ts',
  'widget/call/call-state.ts',
  'widget/call/call-events.ts',
  'widget/call/call-options.ts',
  'widget/call/doctor/causes.ts',
  'widget/call/doctor/check.ts',
  'widget/call/doctor/evidence.ts',
  'widget/call/doctor/journal.ts',
];

test('no internal name is public', async () => {
  for (const file of PUBLIC) {
    const text = await readFile(join(ROOT, file), 'utf8');
    const found = INTERNAL_NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
    assert.deepEqual(found, [], file);
  }
});

test('no internal name is listed twice', () => {
  assert.equal(new Set(INTERNAL_NAMES).size, INTERNAL_NAMES.length, 'a name stands twice');
});

// A property is renamed, a string that names it is not: there would be a text under another key
// than the one that `t('callAgain')` asks for.
test('no internal name is the key of a text', () => {
  const keys = new Set(Object.keys(ENGLISH));
  assert.deepEqual(
    INTERNAL_NAMES.filter((name) => keys.has(name)),
    [],
  );
});

test('no internal name is a string in a library that is in the bundle', async () => {
  const libraries = ['lit-html', 'lit-element', '@lit/reactive-element'];
  for (const library of libraries) {
    const file = join(ROOT, 'node_modules', library, `${library.split('/').at(-1)}.js`);
    const text = await readFile(file, 'utf8');
    // lit looks for some of its own by their names: `hasOwnProperty("finalized")`.
    const found = INTERNAL_NAMES.filter((name) => new RegExp(`(["'\`])${name}\\1`).test(text));
    assert.deepEqual(found, [], library);
  }
});
