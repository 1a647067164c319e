/**
 * Rows A2 to A9 of what this project must do: two people in two real browsers, the built bundle on
 * a page of another origin, a real relay. Every pairing of Chromium and Firefox.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {callSuite} from '../support/call-suite.js';
import {poll} from '../support/e2e.js';

const skip = skipWithout('chromium', 'firefox');

describe('a room call in real browsers', {skip}, () => {
  const {newRoom, visitor, inCall, end} = callSuite();

  for (const host of ['chromium', 'firefox'] as const) {
    for (const guest of ['chromium', 'firefox'] as const) {
      it(`A5 to A9: ${guest} calls, ${host} accepts, both see and hear each other`, async () => {
        const [ana, ben] = await inCall(host, guest);
        await ana.seesAndHears();
        await ben.seesAndHears();
        for (const each of [ana, ben]) {
          await poll(async () => (await each.picturesOfOthers()) === 1, {
            what: 'a picture to be seen',
          });
          await poll(
            async () => Object.values(await each.flow()).every(({audioLevel}) => audioLevel > 0),
            {what: 'sound that is not silence'},
          );
        }
        await ben.press('Leave');
        await ben.reaches('left');
        // A9: no frozen picture stays behind.
        await ana.reaches('waiting');
        assert.equal(await ana.picturesOfOthers(), 0);
        const left = (await ana.heard('peer-left')).map(({detail}) => detail['reason']);
        assert.deepEqual(left, ['left']);
        assert.equal(
          await ben.element((element) => element.localStream?.getTracks().length ?? 0),
          0,
        );
        await ana.press('Leave');
        await ana.reaches('left');
        assert.equal(
          await ana.element((element) => element.localStream?.getTracks().length ?? 0),
          0,
        );
        await end(ana, ben);
      });
    }
  }

  it('A2, A3: one creates a room by its name, the other joins by typing the same', async () => {
    const name = `Zoë’s ${newRoom()}`;
    const ana = await visitor('chromium', {});
    await ana.press('Create a new room');
    await ana.press('Create');
    await ana.sees('You need to enter a name for your room');
    await ana.fill('Room name', name);
    await ana.press('Create');
    await ana.reaches('waiting');
    await ana.sees(name);
    const ben = await visitor('firefox', {});
    await ben.fill('Room name', `  ${name} `).catch(async () => {
      await ben.press('Create a new room');
      await ben.fill('Room name', `  ${name} `);
    });
    await ben.press('Join');
    await ben.reaches('knocking');
    await ana.finds('alertdialog', 'Some user is calling you');
    await ana.press('Accept');
    await ana.seesAndHears();
    await ben.seesAndHears();
    await end(ana, ben);
  });

  it('A4: join() without a room says so, and leads back to the form', async () => {
    const ana = await visitor('chromium', {});
    const code = await ana.element((element) =>
      element.join().then(
        () => 'joined',
        (error: {code: string}) => error.code,
      ),
    );
    assert.equal(code, 'room-required');
    await ana.sees("You haven't selected a room name, you can return to homepage and choose one");
    await end(ana);
  });

  it('A6: a declined knock is told to both sides, in words and as events', async () => {
    const room = newRoom();
    const ana = await visitor('chromium', {room});
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await visitor('firefox', {room});
    await ben.press('Join');
    await ana.finds('alertdialog', 'Some user is calling you');
    await ana.press('Decline');
    await ben.reaches('left');
    await ben.seesMatch(/declin/i);
    for (const each of [ana, ben]) {
      const ended = (await each.heard('call-ended')).map(({detail}) => detail['reason']);
      assert.deepEqual(ended, ['declined']);
    }
    await poll(async () => !(await ana.has('alertdialog', 'Some user is calling you')), {
      what: 'the prompt to close',
    });
    await ben.press('Try again');
    await ana.finds('alertdialog', 'Some user is calling you');
    await end(ana, ben);
  });

  it('A6: a knock that is taken back closes the prompt', async () => {
    const room = newRoom();
    const ana = await visitor('chromium', {room});
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await visitor('chromium', {room});
    await ben.press('Join');
    await ana.finds('alertdialog', 'Some user is calling you');
    await ben.press('Cancel');
    await ben.reaches('left');
    await poll(async () => (await ana.heard('call-ended')).length === 1, {what: 'call-ended'});
    assert.equal((await ana.heard('call-ended'))[0]!.detail['reason'], 'cancelled');
    await poll(async () => !(await ana.has('alertdialog', 'Some user is calling you')), {
      what: 'the prompt to close',
    });
    await end(ana, ben);
  });

  it('A6: a knock that nobody answers ends for both, with its own words', async () => {
    const room = newRoom();
    const ana = await visitor('chromium', {room});
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await visitor('firefox', {room, 'ring-timeout': '2'});
    await ben.press('Join');
    await ana.finds('alertdialog', 'Some user is calling you');
    await ben.reaches('left');
    await ben.seesMatch(/answer/i);
    for (const each of [ana, ben]) {
      await poll(async () => (await each.heard('call-ended')).length === 1, {what: 'call-ended'});
      assert.equal((await each.heard('call-ended'))[0]!.detail['reason'], 'timeout');
    }
    await end(ana, ben);
  });

  it('A6: a third person is told that the room is full, and the call goes on', async () => {
    const [ana, ben] = await inCall('chromium', 'chromium');
    const room = await ana.element((element) => element.room);
    const eva = await visitor('firefox', {room});
    await eva.press('Join');
    await eva.reaches('failed');
    await eva.seesMatch(/full/i);
    const [error] = await eva.heard('call-error');
    assert.deepEqual(error?.detail, {code: 'room-full', fatal: true});
    await ana.seesAndHears();
    await ben.seesAndHears();
    await ben.press('Leave');
    await ana.reaches('waiting');
    await eva.press('Try again');
    await ana.finds('alertdialog', 'Some user is calling you');
    await end(ana, ben, eva);
  });

  it('three people in a room of three see and hear each other', async () => {
    const [ana, ben] = await inCall('chromium', 'firefox', {capacity: '3'});
    const room = await ana.element((element) => element.room);
    const eva = await visitor('chromium', {room, 'display-name': 'Eva'});
    await eva.press('Join');
    await ben.finds('alertdialog', 'Eva is calling you');
    await ben.press('Accept');
    for (const each of [ana, ben, eva]) await each.seesAndHears(2);
    assert.equal(await ana.has('alertdialog', 'Eva is calling you'), false);
    await eva.press('Leave');
    for (const each of [ana, ben]) await each.seesAndHears(1);
    await end(ana, ben, eva);
  });
});
