/** What happens to the element and its page during a call: reload, move, removal, toggles, messages. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {callSuite} from '../support/call-suite.js';
import {poll} from '../support/e2e.js';

const skip = skipWithout('chromium', 'firefox');

describe('the element during a call', {skip}, () => {
  const {inCall, end} = callSuite();

  it('a refreshed page takes its seat again: nobody hears of leaving or joining', async () => {
    const [ana, ben] = await inCall('chromium', 'chromium');
    const peerId = await ben.element((element) => element.self?.peerId);
    const told = (await ana.heard()).length;
    await ben.page.reload({waitUntil: 'load'});
    await ben.listen();
    await ben.reaches('in-call');
    assert.equal(await ben.element((element) => element.self?.peerId), peerId);
    await ana.seesAndHears();
    await ben.seesAndHears();
    const news = (await ana.heard()).slice(told).map(({type}) => type);
    assert.deepEqual(
      news.filter((type) =>
        ['peer-joined', 'peer-left', 'status-changed', 'call-request'].includes(type),
      ),
      [],
    );
    await end(ana, ben);
  });

  it('the camera goes off for real and comes back; the other side is told', async () => {
    const [ana, ben] = await inCall('chromium', 'firefox');
    await ben.seesAndHears();
    await ana.press('Turn camera off');
    await poll(() => ben.element((element) => element.peers[0]?.cameraEnabled === false), {
      what: 'the camera to be off over there',
    });
    assert.equal(await ana.element((element) => element.localStream!.getVideoTracks().length), 0);
    await ana.press('Turn microphone off');
    await poll(() => ben.element((element) => element.peers[0]?.microphoneEnabled === false), {
      what: 'the microphone to be off over there',
    });
    await ana.press('Turn camera on');
    await ana.press('Turn microphone on');
    await ben.seesAndHears();
    await end(ana, ben);
  });

  it('the page can send what it likes over the data channel', async () => {
    const [ana, ben] = await inCall('firefox', 'chromium');
    await ana.element((element) => element.send({hello: 'Ben'}));
    await poll(async () => (await ben.heard('message-received')).length === 1, {
      what: 'the message',
    });
    assert.deepEqual((await ben.heard('message-received'))[0]!.detail['data'], {hello: 'Ben'});
    await end(ana, ben);
  });

  it('moving the element elsewhere in the page does not end the call', async () => {
    const [ana, ben] = await inCall('chromium', 'chromium');
    await ben.element((element) => {
      const box = document.createElement('section');
      document.body.append(box);
      box.append(element);
    });
    await ben.seesAndHears();
    await ana.seesAndHears();
    assert.equal(await ben.status(), 'in-call');
    await end(ana, ben);
  });

  it('taking the element out of the page ends the call and turns the camera off', async () => {
    const [ana, ben] = await inCall('chromium', 'chromium');
    await ben.page.evaluate(() => {
      const element = document.querySelector('video-chat-room')!;
      Object.assign(globalThis, {tracks: element.localStream!.getTracks()});
      element.remove();
    });
    await ana.reaches('waiting');
    const states = await ben.page.evaluate(() =>
      (globalThis as unknown as {tracks: MediaStreamTrack[]}).tracks.map(
        ({readyState}) => readyState,
      ),
    );
    assert.deepEqual(states, ['ended', 'ended']);
    await end(ana, ben);
  });
});
