/** What every store promises, whatever it is made of. Run for each by a test file of its own. */
import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Knock, Presence, Room, Seat} from '../../server/relay/room.js';
import type {Store} from '../../server/relay/store.js';

const HERE: Presence = {kind: 'here', connectionId: 'connection-1'};

function seat(peerId: string, presence = HERE): Seat {
  return {peerId, personId: `${peerId}-person`, displayName: peerId, metadata: {n: [1]}, presence};
}

function knock(peerId: string, expiresAtMs: number): Knock {
  return {...seat(peerId), id: `${peerId}-knock`, expiresAtMs, capacity: 2};
}

function room(name: string, seats: readonly Seat[], knocks: readonly Knock[] = []): Room {
  return {
    id: `${name}-id`,
    name,
    kind: 'room',
    capacity: 8,
    seats,
    knocks,
    pastKnocks: [],
    ring: null,
  };
}

/** Commits one room. */
function put(store: Store, name: string, version: number | undefined, next: Room | null) {
  return store.commit({rooms: [{name, version, next}], people: []});
}

async function versionOf(store: Store, name: string): Promise<number | undefined> {
  return (await store.readRoom(name))?.version;
}

export function testStore(name: string, create: () => Promise<Store> | Store): void {
  suite(`a store: ${name}`, () => {
    test('gives back what was committed, by name and by each of its peers', async () => {
      const store = await create();
      const lobby = room('lobby', [seat('ana')], [knock('ben', 100)]);
      assert.equal(await put(store, 'lobby', undefined, lobby), true);
      assert.deepEqual((await store.readRoom('lobby'))?.item, lobby);
      assert.deepEqual(await store.roomOf('ana'), 'lobby');
      assert.deepEqual(await store.roomOf('ben'), 'lobby');
      assert.equal(await store.readRoom('Lobby'), undefined);
      assert.equal(await store.roomOf('cem'), undefined);
    });

    test('lets only one of two commits to the same version through', async () => {
      const store = await create();
      const outcomes = await Promise.all([
        put(store, 'lobby', undefined, room('lobby', [seat('ana')])),
        put(store, 'lobby', undefined, room('lobby', [seat('ben')])),
      ]);
      assert.deepEqual(outcomes.sort(), [false, true]);
      const version = await versionOf(store, 'lobby');
      assert.equal(await put(store, 'lobby', version, room('lobby', [seat('cem')])), true);
      assert.equal(await put(store, 'lobby', version, room('lobby', [seat('dan')])), false);
      assert.equal(await store.roomOf('cem'), 'lobby');
      assert.equal(await store.roomOf('dan'), undefined, 'a failed commit leaves no trace');
    });

    test('does not take a room that was closed and opened again for its former self', async () => {
      const store = await create();
      await put(store, 'lobby', undefined, room('lobby', [seat('ana')]));
      const former = await versionOf(store, 'lobby');
      await put(store, 'lobby', former, null);
      await put(store, 'lobby', undefined, room('lobby', [seat('ana')]));
      assert.equal(await put(store, 'lobby', former, null), false);
    });

    test('forgets peers that are no longer in the room, and rooms that are removed', async () => {
      const store = await create();
      await put(store, 'lobby', undefined, room('lobby', [seat('ana'), seat('ben')]));
      const first = await versionOf(store, 'lobby');
      await put(store, 'lobby', first, room('lobby', [seat('ana')]));
      assert.equal(await store.roomOf('ben'), undefined);
      await put(store, 'lobby', await versionOf(store, 'lobby'), null);
      assert.deepEqual(await store.size(), {rooms: 0, people: 0, peers: 0, deadlines: 0});
    });

    test('a peer placed in a second room is found there, even when the first is changed later', async () => {
      const store = await create();
      await put(store, 'one', undefined, room('one', [seat('ana'), seat('ben')]));
      await put(store, 'two', undefined, room('two', [seat('ana')]));
      await put(store, 'one', await versionOf(store, 'one'), room('one', [seat('ben')]));
      assert.equal(await store.roomOf('ana'), 'two');
    });

    test('makes all of several changes, or none of them', async () => {
      const store = await create();
      await put(store, 'one', undefined, room('one', [seat('ana')]));
      const move = async (from: number | undefined) =>
        store.commit({
          rooms: [
            {name: 'one', version: from, next: null},
            {name: 'two', version: undefined, next: room('two', [seat('ana')])},
          ],
          people: [],
        });
      assert.equal(await move(undefined), false);
      assert.equal(await store.roomOf('ana'), 'one');
      assert.equal(await store.readRoom('two'), undefined);
      assert.equal(await move(await versionOf(store, 'one')), true);
      assert.equal(await store.roomOf('ana'), 'two', 'in whichever order they were named');
      assert.deepEqual(await store.size(), {rooms: 1, people: 0, peers: 1, deadlines: 0});
    });

    test('a record that was only looked at must be as it was, and stays so', async () => {
      const store = await create();
      const lobby = room('lobby', [seat('ana')]);
      await put(store, 'lobby', undefined, lobby);
      const version = await versionOf(store, 'lobby');
      const beside = (name: string) =>
        store.commit({
          rooms: [
            {name: 'lobby', version},
            {name: 'closed', version: undefined},
            {name, version: undefined, next: room(name, [seat(name)])},
          ],
          people: [],
        });
      assert.equal(await beside('two'), true);
      assert.deepEqual(await store.readRoom('lobby'), {item: lobby, version});
      await put(store, 'lobby', version, lobby);
      assert.equal(await beside('three'), false, 'changed since');
      assert.equal(await store.readRoom('three'), undefined);
    });

    test('knows what is due, and what is next', async () => {
      const store = await create();
      assert.equal(await store.nextDeadlineMs(), undefined);
      const away = seat('ana', {kind: 'away', untilMs: 300});
      await put(store, 'one', undefined, room('one', [away], [knock('ben', 500)]));
      await put(store, 'two', undefined, room('two', [seat('cem')], [knock('dan', 200)]));
      await put(store, 'three', undefined, room('three', [seat('eva')]));
      assert.equal(await store.nextDeadlineMs(), 200);
      assert.deepEqual(await store.due(199), {rooms: [], people: []});
      assert.deepEqual(await store.due(200), {rooms: ['two'], people: []});
      assert.deepEqual((await store.due(300)).rooms.toSorted(), ['one', 'two']);
      await put(store, 'two', await versionOf(store, 'two'), room('two', [seat('cem')]));
      assert.deepEqual(await store.due(1_000), {rooms: ['one'], people: []});
      assert.equal(await store.nextDeadlineMs(), 300);
    });
  });
}
