/** Being listed, and hearing of the others: who is there, under which name, in what company. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MAX_PEOPLE_PER_MESSAGE, MAX_TABS_PER_PERSON} from '../../protocol/limits.js';
import type {RelayEvent} from '../../protocol/messages.js';
import type {PersonEntry} from '../../protocol/shapes.js';
import {codeOf, SEAT_GRACE_MS, World, type Person} from '../support/relay-world.js';

/** Longer than any difference waits to be told. */
const TOLD_MS = 1_000;

/** What somebody knows of a directory, from nothing but what was said. */
class Known {
  readonly #person: Person;
  readonly people = new Map<string, PersonEntry>();
  messages = 0;

  constructor(person: Person) {
    this.#person = person;
  }

  /** Takes in what was said since, and gives the names that are known now, with what is unusual. */
  listen(): string[] {
    for (const {event, payload} of this.#person.heard.splice(0)) {
      if (event !== 'people') continue;
      const {isSnapshot, people, gone} = payload as RelayEvent<'people'>;
      this.messages += 1;
      if (isSnapshot) this.people.clear();
      for (const entry of people) this.people.set(entry.personId, entry);
      for (const personId of gone) {
        assert(this.people.delete(personId), 'gone without having been there');
      }
    }
    this.people.delete(this.#person.personId);
    return [...this.people.values()]
      .map(({displayName, status}) => (status ? `${displayName}: ${status}` : (displayName ?? '')))
      .sort();
  }
}

async function inOffice(world: World, name: string, tabOf?: Person): Promise<[Person, Known]> {
  const person = await world.person(name, tabOf);
  assert.deepEqual(await person.list('office'), {ok: true});
  return [person, new Known(person)];
}

test('everybody in a directory hears of everybody else, and of nobody elsewhere', async () => {
  const world = new World();
  const [, ana] = await inOffice(world, 'ana');
  const [, ben] = await inOffice(world, 'ben');
  const cem = await world.person('cem');
  await cem.list('elsewhere');
  await world.clock.advance(TOLD_MS);
  const [, dan] = await inOffice(world, 'dan');
  assert.deepEqual(dan.listen(), ['ana', 'ben'], 'at once');
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(ana.listen(), ['ben', 'dan']);
  assert.deepEqual(ben.listen(), ['ana', 'dan']);
  assert.deepEqual(new Known(cem).listen(), []);
});

test('an empty directory is a snapshot too', async () => {
  const world = new World();
  const [ana] = await inOffice(world, 'ana');
  assert.deepEqual(ana.told('people'), {
    directory: 'office',
    isSnapshot: true,
    people: [],
    gone: [],
  });
});

test('changes come together, as differences', async () => {
  const world = new World();
  const [, ana] = await inOffice(world, 'ana');
  await world.clock.advance(TOLD_MS);
  ana.listen();
  ana.messages = 0;
  const others: Person[] = [];
  for (let i = 0; i < 20; i++) others.push((await inOffice(world, `p${i}`))[0]);
  for (const other of others) await other.ask('profile', {displayName: 'x', metadata: null});
  await others[0]?.list(null);
  await world.clock.advance(TOLD_MS);
  assert.equal(ana.listen().length, 19);
  assert.equal(ana.messages, 1);
  await world.clock.advance(TOLD_MS * 10);
  ana.listen();
  assert.equal(ana.messages, 1, 'nothing changes, nothing is said');
});

test('a name, metadata and leaving are told', async () => {
  const world = new World();
  const [, ana] = await inOffice(world, 'ana');
  const [ben] = await inOffice(world, 'ben');
  await ben.ask('profile', {displayName: 'Benjamin', metadata: {role: 'sales'}});
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(ana.listen(), ['Benjamin']);
  assert.deepEqual(ana.people.get(ben.personId)?.metadata, {role: 'sales'});
  await ben.list(null);
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(ana.listen(), []);
});

test('who is in company shows as in a call, whether they were called or met in a room', async () => {
  const world = new World();
  const [, watcher] = await inOffice(world, 'watcher');
  const [ana] = await inOffice(world, 'ana');
  const [ben] = await inOffice(world, 'ben');
  const seen = async () => {
    await world.clock.advance(TOLD_MS);
    return watcher.listen();
  };
  await ana.sit('lobby');
  assert.deepEqual(await seen(), ['ana', 'ben'], 'alone in a room one can be called');
  await ana.answer(await ben.knock('lobby'), 'accept');
  assert.deepEqual(await seen(), ['ana: in-call', 'ben: in-call']);
  await ben.leave();
  assert.deepEqual(await seen(), ['ana', 'ben']);
  await ben.answer(await ana.ring(ben), 'accept');
  assert.deepEqual(await seen(), ['ana: in-call', 'ben: in-call']);
  await ana.leave();
  await ben.leave();
  assert.deepEqual(await seen(), ['ana', 'ben']);
});

test('a reload is seen by nobody, but who does not come back is gone', async () => {
  const world = new World();
  const [, watcher] = await inOffice(world, 'watcher');
  const [ana] = await inOffice(world, 'ana');
  await world.clock.advance(TOLD_MS);
  watcher.listen();
  watcher.messages = 0;
  await ana.drop();
  await world.clock.advance(SEAT_GRACE_MS - TOLD_MS);
  await ana.connect();
  await ana.list('office');
  await world.clock.advance(SEAT_GRACE_MS * 2);
  assert.deepEqual(watcher.listen(), ['ana']);
  assert.equal(watcher.messages, 0, 'not a word');
  await ana.drop();
  await world.clock.advance(SEAT_GRACE_MS - 1);
  assert.deepEqual(watcher.listen(), ['ana']);
  await world.clock.advance(1 + TOLD_MS);
  assert.deepEqual(watcher.listen(), []);
});

test('whoever has connected anew but is not listed again is gone after the grace', async () => {
  const world = new World();
  const [, watcher] = await inOffice(world, 'watcher');
  const [ana] = await inOffice(world, 'ana');
  await ana.connect();
  await world.clock.advance(SEAT_GRACE_MS + TOLD_MS);
  assert.deepEqual(watcher.listen(), []);
  assert.equal(ana.heard.length, 1, 'and hears of nobody any more');
});

test('a person with several tabs is one, by the name of the newest', async () => {
  const world = new World();
  const [, watcher] = await inOffice(world, 'watcher');
  const [phone] = await inOffice(world, 'phone');
  const [laptop] = await inOffice(world, 'laptop', phone);
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(watcher.listen(), ['laptop']);
  await laptop.drop();
  await world.clock.advance(TOLD_MS);
  await phone.ask('profile', {displayName: 'Phone', metadata: null});
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(watcher.listen(), ['Phone'], 'rather one who is here');
  await phone.list('elsewhere');
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(watcher.listen(), ['laptop'], 'kept, here');
});

test('a tab is in one directory at a time, a person may be in several', async () => {
  const world = new World();
  const [, office] = await inOffice(world, 'watcher');
  const [ana] = await inOffice(world, 'ana');
  const shop = await world.person('shop');
  await shop.list('shop');
  const known = new Known(shop);
  await ana.list('shop');
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(office.listen(), []);
  assert.deepEqual(known.listen(), ['ana']);
  const [second] = await inOffice(world, 'ana two', ana);
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(office.listen(), ['ana two']);
  assert.deepEqual(known.listen(), ['ana']);
  await second.ask('profile', {displayName: 'Ana', metadata: null});
  await world.clock.advance(TOLD_MS);
  assert.deepEqual(known.listen(), ['ana'], 'each shows the tab that is there');
});

test('a long list comes in several messages, the first of which replaces what was known', async () => {
  const world = new World();
  for (let i = 0; i < MAX_PEOPLE_PER_MESSAGE * 2 + 1; i++) await inOffice(world, `p${i}`);
  await world.clock.advance(TOLD_MS);
  const [ana, known] = await inOffice(world, 'ana');
  const sent = ana.heard.map(({payload}) => payload as RelayEvent<'people'>);
  assert.deepEqual(
    sent.map(({isSnapshot, people}) => [isSnapshot, people.length]),
    [
      [true, MAX_PEOPLE_PER_MESSAGE],
      [false, MAX_PEOPLE_PER_MESSAGE],
      [false, 1],
    ],
  );
  assert.equal(known.listen().length, MAX_PEOPLE_PER_MESSAGE * 2 + 1);
});

test('a connection that is over lists nobody, and one person cannot be listed without end', async () => {
  const world = new World();
  const ana = await world.person('ana');
  const older = ana.connection;
  await ana.connect();
  older.isOver = true;
  assert.equal(codeOf(await ana.ask('directory', {directory: 'office'}, older)), 'aborted');
  for (let i = 0; i < MAX_TABS_PER_PERSON; i++) await inOffice(world, `tab${i}`, ana);
  assert.equal(codeOf(await ana.list('office')), 'rate-limited');
});

test('an access token for one directory, or for one room, is good for nothing else', async () => {
  const world = new World();
  const ana = await world.person('ana');
  const ben = await world.listed('ben');
  await ana.connect('ana', {room: null, directory: 'office'});
  assert.equal(codeOf(await ana.list('elsewhere')), 'unauthorized');
  assert.deepEqual(await ana.list(null), {ok: true});
  assert.deepEqual(await ana.list('office'), {ok: true});
  await ana.connect('ana', {room: 'lobby', directory: null});
  await ana.list('office');
  assert.equal(codeOf(await ana.call(ben)), 'unauthorized');
  const id = await ben.ring(ana);
  assert.equal(codeOf(await ana.answer(id, 'accept')), 'unauthorized');
  assert.deepEqual(await ana.answer(id, 'decline'), {ok: true});
});
