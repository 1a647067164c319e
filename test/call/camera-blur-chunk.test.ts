/** What blurs a camera comes when it is needed, and before the camera is on. */
import {expect} from 'chai';
import {FakeDevices} from '../support/fake-devices.js';
import {inPageSuite} from '../support/in-page-suite.js';

/** A page of its own: what has come once stays, so the order of the tests is that of the call. */
describe('what blurs a camera', () => {
  const suite = inPageSuite();
  let devices: FakeDevices;

  beforeEach(() => {
    devices = new FakeDevices(['audioinput', 'built-in'], ['videoinput', 'lid']);
    localStorage.setItem('video-chat-room:camera', '{"backgroundBlur": true}');
  });

  afterEach(() => {
    devices.restore();
    localStorage.clear();
  });

  const isHere = (): boolean =>
    performance
      .getEntriesByType('resource')
      .some(({name}) => new URL(name).pathname.includes('/camera-blur.'));

  it('is not fetched for a microphone alone', async () => {
    const {session} = suite.person('Ana', {media: 'audio'});
    await session.join('heard');
    expect(devices.live).to.deep.equal(['built-in']);
    expect(isHere()).to.equal(false);
  });

  it('is there before the camera is asked for', async () => {
    const {session} = suite.person('Ana', {media: 'video'});
    const wasHere: boolean[] = [];
    devices.onAsked = () => void wasHere.push(isHere());
    await session.join('seen');
    expect(wasHere).to.deep.equal([true]);
    expect(session.cameraEnabled).to.equal(true);
  });
});
