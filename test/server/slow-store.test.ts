/** The rules hold over a store that takes its time, as one on another machine does. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {RelayEvent} from '../../protocol/messages.js';
import {MemoryStore} from '../../server/relay/memory-store.js';
import {settle} from '../support/fake-clock.js';
import {codeOf, World, type Person} from '../support/relay-world.js';
import {SlowStore} from '../support/slow-store.js';

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

/** Two listed people over a store that takes its time. */
async function twoListed() {
  const store = new SlowStore();
  const world = new World({store});
  const make = async (name: string, tabOf?: Person): Promise<Person> => {
    const person = await world.person(name, tabOf);
    await person.list('office');
    person.forget();
    return person;
  };
  const ana = await make('ana');
  const ben = await make('ben');
  await world.clock.advance(1_000, () => store.quiet());
  ana.forget();
  ben.forget();
  return {store, world, ana, ben, make};
}

test('a tab that connects in the very moment in which a call ends, or begins, shows what is so', async () => {
  // At every point of what the connecting has to do.
  for (let point = 0; point < 12; point++) {
    const {store, world, ana, ben} = await twoListed();
    const id = await ana.ring(ben);
    const connecting = world.person('late', ben);
    for (let turn = 0; turn < point; turn++) await settle();
    await ben.answer(id, 'decline');
    const late = await connecting;
    await store.quiet();
    const rings = late.events.filter((event) => event === 'invitation').length;
    const ends = late.events.filter((event) => event === 'invitation-ended').length;
    assert.equal(rings, ends, `it rings on: ${late.events.join(', ')}`);

    const connectingToo = world.person('late2', ben);
    for (let turn = 0; turn < point; turn++) await settle();
    const next = await ana.ring(ben);
    const lateToo = await connectingToo;
    await store.quiet();
    assert.equal(lateToo.told('invitation').id, next);
    assert.deepEqual(world.errors, []);
  }
});

test('what a page asked for when it was reloaded is kept for the reloaded one', async () => {
  const {store, world, ana, ben} = await twoListed();
  const calling = ana.call(ben);
  await settle();
  await ana.connect();
  await store.quiet();
  const reply = await calling;
  assert(reply.ok && reply.outcome === 'calling', JSON.stringify(reply));
  assert.deepEqual(ana.kept, {room: reply.room.name, as: 'seat'});
  const view = await ana.sit(reply.room.name, {resume: true});
  assert.equal(view.outgoing?.id, reply.invitationId);
  assert.deepEqual(world.errors, []);
});

test('somebody who goes into a room while being looked at for the first time is seen there', async () => {
  for (let point = 0; point < 12; point++) {
    const {store, world, ana, ben, make} = await twoListed();
    await ana.sit('lobby');
    const cem = await make('cem');
    // So that there is more to look at.
    for (const name of ['dan', 'eva', 'fay']) await make(name);
    const id = await cem.knock('lobby');
    let isFirst = true;
    await world.clock.advance(1_000, async () => {
      const turns = isFirst ? point : 0;
      for (let turn = 0; turn < turns; turn++) await settle();
      if (isFirst) await ana.answer(id, 'accept');
      isFirst = false;
      await store.quiet();
    });
    await world.clock.advance(1_000, () => store.quiet());
    const told = ben.heard
      .flatMap(({event, payload}) => (event === 'people' ? [payload as RelayEvent<'people'>] : []))
      .flatMap(({people}) => people)
      .findLast(({personId}) => personId === cem.personId);
    assert.equal(told?.status, 'in-call', `at turn ${point}`);
  }
});
