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
  return {id: `${name}-id`, name, capacity: 8, seats, knocks, pastKnocks: []};
}

export function testStore(name: string, create: () => Promise<Store> | Store): void {
  suite(`a store: ${name}`, () => {
    test('gives back what was committed, by name and by each of its peers', async () => {
      const store = await create();
      const lobby = room('lobby', [seat('ana')], [knock('ben', 100)]);
      assert.equal(await store.commit('lobby', undefined, lobby), true);
      assert.deepEqual((await store.read('lobby'))?.room, lobby);
      assert.deepEqual((await store.readByPeer('ana'))?.room, lobby);
      assert.deepEqual((await store.readByPeer('ben'))?.room, lobby);
      assert.equal(await store.read('Lobby'), undefined);
      assert.equal(await store.readByPeer('cem'), undefined);
    });

    test('lets only one of two commits to the same version through', async () => {
      const store = await create();
      const outcomes = await Promise.all([
        store.commit('lobby', undefined, room('lobby', [seat('ana')])),
        store.commit('lobby', undefined, room('lobby', [seat('ben')])),
      ]);
      assert.deepEqual(outcomes.sort(), [false, true]);
      const version = (await store.read('lobby'))?.version;
      assert.equal(await store.commit('lobby', version, room('lobby', [seat('cem')])), true);
      assert.equal(await store.commit('lobby', version, room('lobby', [seat('dan')])), false);
      assert.equal((await store.readByPeer('cem'))?.room.seats.length, 1);
      assert.equal(await store.readByPeer('dan'), undefined, 'a failed commit leaves no trace');
    });

    test('does not take a room that was closed and opened again for its former self', async () => {
      const store = await create();
      await store.commit('lobby', undefined, room('lobby', [seat('ana')]));
      const former = (await store.read('lobby'))?.version;
      await store.commit('lobby', former, undefined);
      await store.commit('lobby', undefined, room('lobby', [seat('ana')]));
      assert.equal(await store.commit('lobby', former, undefined), false);
    });

    test('forgets peers that are no longer in the room, and rooms that are removed', async () => {
      const store = await create();
      await store.commit('lobby', undefined, room('lobby', [seat('ana'), seat('ben')]));
      const first = (await store.read('lobby'))?.version;
      await store.commit('lobby', first, room('lobby', [seat('ana')]));
      assert.equal(await store.readByPeer('ben'), undefined);
      await store.commit('lobby', (await store.read('lobby'))?.version, undefined);
      assert.deepEqual(await store.size(), {rooms: 0, peers: 0, deadlines: 0});
    });

    test('a peer placed in a second room is found there, even when the first is changed later', async () => {
      const store = await create();
      await store.commit('one', undefined, room('one', [seat('ana'), seat('ben')]));
      await store.commit('two', undefined, room('two', [seat('ana')]));
      await store.commit('one', (await store.read('one'))?.version, room('one', [seat('ben')]));
      assert.equal((await store.readByPeer('ana'))?.room.name, 'two');
    });

    test('knows what is due, and what is next', async () => {
      const store = await create();
      assert.equal(await store.nextDeadlineMs(), undefined);
      const away = seat('ana', {kind: 'away', untilMs: 300});
      await store.commit('one', undefined, room('one', [away], [knock('ben', 500)]));
      await store.commit('two', undefined, room('two', [seat('cem')], [knock('dan', 200)]));
      await store.commit('three', undefined, room('three', [seat('eva')]));
      assert.equal(await store.nextDeadlineMs(), 200);
      assert.deepEqual(await store.due(199), []);
      assert.deepEqual(await store.due(200), ['two']);
      assert.deepEqual((await store.due(300)).sort(), ['one', 'two']);
      await store.commit('two', (await store.read('two'))?.version, room('two', [seat('cem')]));
      assert.deepEqual(await store.due(1_000), ['one']);
      assert.equal(await store.nextDeadlineMs(), 300);
    });
  });
}
