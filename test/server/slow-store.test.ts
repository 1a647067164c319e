/** The rules hold over a store that takes its time, as one on another machine does. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MemoryStore} from '../../server/relay/memory-store.js';
import type {Changes} from '../../server/relay/store.js';
import {settle} from '../support/fake-clock.js';
import {codeOf, World} from '../support/relay-world.js';

/** Others get in between every reading and every commit. */
class SlowStore extends MemoryStore {
  commits = 0;

  override async readRoom(name: string) {
    const stored = await super.readRoom(name);
    await settle();
    return stored;
  }

  override async commit(changes: Changes) {
    await settle();
    this.commits += 1;
    return super.commit(changes);
  }
}

test('sixteen people at one door at once: one opens the room, the rest knock, nobody is lost', async () => {
  const store = new SlowStore();
  const world = new World({store, maxPeers: 32});
  const people = await Promise.all(
    Array.from({length: 16}, (_, i) => world.person(`p${String(i).padStart(2, '0')}`)),
  );
  const replies = await Promise.all(people.map((person) => person.join('lobby', {capacity: 4})));
  const seated = replies.filter((reply) => reply.ok && reply.outcome === 'seated');
  assert.equal(seated.length, 1);
  const room = (await store.readRoom('lobby'))?.item;
  assert.equal(room?.knocks.length, 15);
  assert(store.commits > 16, 'some were overtaken and tried again');

  const host = people[replies.findIndex((reply) => reply.ok && reply.outcome === 'seated')];
  assert(host !== undefined && room !== undefined, 'somebody opened the room');
  const answers = await Promise.all(room.knocks.map(({id}) => host.answer(id, 'accept')));
  assert.equal(answers.filter(({ok}) => ok).length, 3, 'as many as there are seats');
  for (const late of answers.filter(({ok}) => !ok)) assert.equal(codeOf(late), 'invitation-over');
  const ends = people.flatMap(({heard}) => heard.map(({event}) => event));
  assert.equal(ends.filter((event) => event === 'admitted').length, 3);
  assert.deepEqual(world.errors, []);
});

test('a store that fails costs one request an "internal", and the relay nothing', async () => {
  const store = new MemoryStore();
  const world = new World({store});
  const ana = await world.person('ana');
  const works = store.readRoom.bind(store);
  store.readRoom = () => Promise.reject(new Error('the store is away'));
  assert.equal(codeOf(await ana.join('lobby')), 'internal');
  assert.equal(world.errors.length, 1);
  store.readRoom = works;
  await ana.sit('lobby');
});
