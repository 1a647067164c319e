/**
 * What the other tests here rest on: this browser has a fake camera and microphone, and two
 * connections in one page find each other without any server.
 */
import {expect} from 'chai';

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
      caller.onicecandidate = ({candidate}) => void callee.addIceCandidate(candidate);
      callee.onicecandidate = ({candidate}) => void caller.addIceCandidate(candidate);
      for (const track of stream.getTracks()) caller.addTrack(track, stream);
      const video = document.createElement('video');
      const playing = new Promise((resolve) => {
        video.addEventListener('timeupdate', resolve, {once: true});
      });
      video.muted = true;
      video.autoplay = true;
      callee.ontrack = ({streams: [remote]}) => {
        video.srcObject = remote ?? null;
      };
      await caller.setLocalDescription();
      await callee.setRemoteDescription(caller.localDescription!);
      await callee.setLocalDescription();
      await caller.setRemoteDescription(callee.localDescription!);
      await playing;
      expect(video.videoWidth).to.be.greaterThan(0);
      expect(caller.iceConnectionState).to.be.oneOf(['connected', 'completed']);
    } finally {
      caller.close();
      callee.close();
      for (const track of stream.getTracks()) track.stop();
    }
  });
});
