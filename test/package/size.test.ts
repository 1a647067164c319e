/**
 * The bundle stays within what bench/budgets.json allows.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {
  chunkName,
  limitOf,
  measureBundle,
  readBudgets,
  totalOf,
  type Stage,
} from '../../bench/lib/bundle-size.js';

describe('the bundle', () => {
  const budgets = readBudgets();
  const chunks = measureBundle(budgets);
  const table = chunks.map(({file, stage, gzip}) => `${gzip} ${file} (${stage})`).join('\n');

  it('is measured whole: an entry, and chunks that load later', () => {
    assert.equal(chunks[0]?.file, 'video-chat-room.js');
    assert.ok(
      chunks.some(({stage}) => stage === 'first call'),
      table,
    );
  });

  it('costs an idle element no more than its budget', () => {
    assert.ok(totalOf(chunks, ['idle'], 'gzip') <= budgets.idle.gzip, table);
  });

  it('costs a first call no more than its budget', () => {
    assert.ok(totalOf(chunks, ['idle', 'first call'], 'gzip') <= budgets.firstCall.gzip, table);
  });

  it('costs no more than their budgets with what is fetched while it rings, and while one waits', () => {
    const stages: Stage[] = ['idle', 'first call', 'ringing'];
    assert.ok(totalOf(chunks, stages, 'gzip') <= budgets.ringing.gzip, table);
    stages.push('waiting');
    assert.ok(totalOf(chunks, stages, 'gzip') <= budgets.waiting.gzip, table);
  });

  it('has every chunk that the budgets do not count, and none of them at once', () => {
    const {ringingChunks, waitingChunks, aheadChunks, onDemandChunks, languageChunks} = budgets;
    const listed = [
      ...ringingChunks,
      ...waitingChunks,
      ...aheadChunks,
      ...onDemandChunks,
      ...languageChunks,
    ].toSorted();
    const late = chunks.filter(({stage}) => stage !== 'idle' && stage !== 'first call');
    assert.deepEqual(late.map(({file}) => chunkName(file)).toSorted(), listed, table);
  });

  it('has a limit for every chunk that comes later, and stays within it', () => {
    const late = chunks.filter(({stage}) => stage !== 'idle' && stage !== 'first call');
    const unlimited = late.filter((chunk) => limitOf(chunk, budgets) === undefined);
    assert.deepEqual(unlimited, []);
    const over = late.filter((chunk) => chunk.gzip > limitOf(chunk, budgets)!);
    assert.deepEqual(over, []);
    const names = late.map(({file}) => chunkName(file));
    const unknown = Object.keys(budgets.chunks).filter((name) => !names.includes(name));
    assert.deepEqual(unknown, []);
  });

  it('no chunk imports the entry, whose address may carry a query', () => {
    const importers = chunks.filter(({imports}) => imports.includes('video-chat-room.js'));
    assert.deepEqual(importers, []);
  });
});
