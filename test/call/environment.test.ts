/**
 * What the other tests here rest on: this browser has a fake camera and microphone, and two
 * connections in one page find each other without any server.
 */
import {expect} from 'chai';
import {until} from '../support/calls.js';

/** All candidates are in the description. */
const gathered = (connection: RTCPeerConnection): Promise<void> =>
  until(() => connection.iceGatheringState === 'complete', 'its candidates');

describe('the test environment', () => {
  it('has a fake camera and a fake microphone', async () => {
    const stream = await navigator.mediaDevices.getUserMedia({audio: true, video: true});
    expect(stream.getTracks().map(({kind}) => kind)).to.have.members(['audio', 'video']);
    expect(stream.getTracks().every(({readyState}) => readyState === 'live')).to.equal(true);
    for (const track of stream.getTracks()) track.stop();
  });

  it('connects two peer connections, and media flows', async () => {
    const stream = await navigator.mediaDevices.getUserMedia({audio: true, video: true});
    const [caller, callee] = [new RTCPeerConnection(), new RTCPeerConnection()];
    try {
      for (const track of stream.getTracks()) caller.addTrack(track, stream);
      const video = Object.assign(document.createElement('video'), {muted: true, autoplay: true});
      callee.ontrack = ({streams: [remote]}) => {
        if (video.srcObject !== remote) video.srcObject = remote ?? null;
      };
      await caller.setLocalDescription();
      await gathered(caller);
      await callee.setRemoteDescription(caller.localDescription!);
      await callee.setLocalDescription();
      await gathered(callee);
      await caller.setRemoteDescription(callee.localDescription!);
      // Which of these it is that does not hold is what a failure here has to say.
      for (const each of [caller, callee]) {
        await until(() => each.connectionState === 'connected', 'connected');
      }
      await until(() => video.videoWidth > 0, 'a picture');
      await until(() => video.currentTime > 0, 'a picture that moves');
    } finally {
      caller.close();
      callee.close();
      for (const track of stream.getTracks()) track.stop();
    }
  });
});
