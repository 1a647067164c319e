/**
 * Every screen looks as it does in the picture that is kept of it: in both themes, both directions,
 * three sizes. CONTRIBUTING.md says how to look at what differs, and how to keep what is wanted.
 */
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {clearOutput, keptNames, keptPicture, writeOutput} from './kept.js';
import {LOOKS} from './looks.js';
import {openStudio} from './studio.js';

test('every screen looks as it is kept', {skip: skipWithout('chromium')}, async (t) => {
  const studio = await openStudio();
  t.after(() => studio.close());
  clearOutput('failed');
  const names = new Set<string>();
  for (const look of LOOKS) {
    const sheet = await studio.take(look);
    for (const name of await studio.judge.add(sheet)) names.add(name);
  }

  await t.test('no picture is of a screen that is not there', () => {
    assert.deepEqual(
      keptNames().filter((name) => !names.has(name)),
      [],
    );
  });

  for (const name of names) {
    await t.test(name, async () => {
      const kept = keptPicture(name);
      assert.ok(kept, `There is no picture of ${name}: npm run gallery -- --update`);
      const differences = await studio.judge.compare(name, kept);
      const told = differences.map(({look, pixels, pictures}) => {
        const folder = `failed/${name}/${look}`;
        for (const [kind, png] of Object.entries(pictures)) {
          writeOutput(join(folder, `${kind}.png`), Buffer.from(png, 'base64'));
        }
        const what = pixels === null ? 'is of another size' : `${pixels} pixels differ`;
        return `${name}, ${look}: ${what}, see .cache/visual/${folder}`;
      });
      assert.equal(told.length, 0, told.join('\n'));
    });
  }
});
