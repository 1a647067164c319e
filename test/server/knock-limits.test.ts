/** Knocking too often: who is heard, who has to wait, and for how long. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, World, type Person} from '../support/relay-world.js';

async function hostAndGuest() {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, 4);
  const ben = await world.person('ben');
  return {world, ana, ben};
}

async function knockAndLeave(person: Person, room = 'lobby'): Promise<void> {
  await person.knock(room);
  await person.leave();
}

function promptsOf(person: Person): number {
  return person.events.filter((event) => event === 'invitation').length;
}

test('knocking and leaving in a loop raises three prompts a minute, not more', async () => {
  const {world, ana, ben} = await hostAndGuest();
  for (let i = 0; i < 3; i++) await knockAndLeave(ben);
  for (let i = 0; i < 40; i++) assert.equal(codeOf(await ben.join('lobby')), 'rate-limited');
  assert.equal(promptsOf(ana), 3);
  await world.clock.advance(59_999);
  assert.equal(codeOf(await ben.join('lobby')), 'rate-limited');
  await world.clock.advance(1);
  await ben.knock('lobby');
  assert.equal(promptsOf(ana), 4);
});

test('declined three times, one has to wait; another peer and another room have not', async () => {
  const {world, ana, ben} = await hostAndGuest();
  await world.member('out', 'other');
  for (let i = 0; i < 3; i++) await ana.answer(await ben.knock('lobby'), 'decline');
  assert.equal(codeOf(await ben.join('lobby')), 'rate-limited');
  await ben.knock('other');
  const cem = await world.person('cem');
  await cem.knock('lobby');
});

test('a new connection of the same peer does not begin anew', async () => {
  const {ben} = await hostAndGuest();
  for (let i = 0; i < 3; i++) await knockAndLeave(ben);
  await ben.drop();
  await ben.connect();
  assert.equal(codeOf(await ben.join('lobby')), 'rate-limited');
});

test('asking after a knock that waits is no further knock', async () => {
  const {ana, ben} = await hostAndGuest();
  const id = await ben.knock('lobby');
  for (let i = 0; i < 10; i++) assert.equal(await ben.knock('lobby'), id);
  assert.equal(promptsOf(ana), 1);
});

test('whoever was let in may come and go', async () => {
  const {ana, ben} = await hostAndGuest();
  for (let i = 0; i < 10; i++) {
    await ana.answer(await ben.knock('lobby'), 'accept');
    await ben.leave();
  }
  assert.equal(promptsOf(ana), 10);
});

test('a crowd of ever new peers is not heard for ever', async () => {
  const {world, ana, ben} = await hostAndGuest();
  for (let i = 0; i < 48; i++) await knockAndLeave(await world.person(`p${i}`));
  assert.equal(codeOf(await ben.join('lobby')), 'rate-limited');
  assert.equal(promptsOf(ana), 48);
  await world.clock.advance(60_000);
  await ben.knock('lobby');
});

test('a clock that is set back keeps nobody out', async () => {
  const {world, ben} = await hostAndGuest();
  for (let i = 0; i < 3; i++) await knockAndLeave(ben);
  world.clock.jump(-3_600_000);
  await ben.knock('lobby');
});
