/** Cameras, microphones and names in a room call over the real relay rules. */
import {expect} from 'chai';
import {framesGrow, next, statusOf, until} from '../support/calls.js';
import {inPageSuite} from '../support/in-page-suite.js';

describe('media in a room call', () => {
  const suite = inPageSuite();
  const {person, twoInCall} = suite;

  it('turns the camera off for real, and on again without a new negotiation', async () => {
    const {ana, ben} = await twoInCall();
    const [anaId, benId] = [ana.session.self!.peerId, ben.session.self!.peerId];
    await framesGrow(ben.session, anaId);
    const [track] = ana.session.localStream.getVideoTracks();
    expect(await ana.session.toggleCamera()).to.equal(false);
    expect(track!.readyState).to.equal('ended');
    await until(() => ben.session.peers[0]?.cameraEnabled === false, 'Ben sees the camera go off');
    const signals = suite.relay.requests.filter(({name}) => name === 'signal').length;
    expect(await ana.session.toggleCamera()).to.equal(true);
    await until(
      () => ben.session.peers[0]?.cameraEnabled === true,
      'Ben sees the camera come back',
    );
    await framesGrow(ben.session, anaId);
    expect(suite.relay.requests.filter(({name}) => name === 'signal').length).to.equal(signals);
    expect(ana.session.streamOf(benId)).not.to.equal(null);
  });

  it('mutes the microphone and tells the other side', async () => {
    const {ana, ben} = await twoInCall();
    await until(() => ben.session.peers[0]?.microphoneEnabled === true, 'microphone on');
    const changed = next(ana.session, 'microphone-changed');
    expect(await ana.session.toggleMicrophone()).to.equal(false);
    expect((await changed).enabled).to.equal(false);
    await until(() => ben.session.peers[0]?.microphoneEnabled === false, 'microphone off');
    expect(ana.session.localStream.getAudioTracks()[0]!.enabled).to.equal(false);
  });

  it('joins without devices and still sees the other', async () => {
    const {session: ana} = person('Ana', {noCamera: true, noMicrophone: true, autoAccept: true});
    const {session: ben} = person('Ben');
    await ana.join('support');
    await ben.join('support');
    await statusOf(ana, 'in-call');
    await framesGrow(ana, ben.self!.peerId);
    expect(ana.localStream.getTracks()).to.deep.equal([]);
    expect(await ana.toggleCamera(true)).to.equal(true);
    await framesGrow(ben, ana.self!.peerId);
  });

  it('carries data alone, with no device asked', async () => {
    const {ana, ben} = await twoInCall({media: 'data'});
    expect(ana.session.localStream.getTracks()).to.deep.equal([]);
    const message = next(ben.session, 'message-received');
    await ana.session.send('just words');
    expect((await message).data).to.equal('just words');
    expect(ana.session.streamOf(ben.session.self!.peerId)?.getTracks()).to.deep.equal([]);
  });

  it('hears of a new name at once', async () => {
    const {ana, ben} = await twoInCall({media: 'data'});
    ana.session.configure({displayName: 'Ana Maria', metadata: {role: 'host'}});
    await until(() => ben.session.peers[0]?.displayName === 'Ana Maria', 'the new name');
    expect(ben.session.peers[0]?.metadata).to.deep.equal({role: 'host'});
    expect(ana.session.self?.displayName).to.equal('Ana Maria');
  });

  it('sends a small picture first and the whole one soon after', async () => {
    const scales = (): number[] =>
      suite.connections.all.flatMap((connection) =>
        connection
          .getSenders()
          .filter(({track}) => track?.kind === 'video')
          .map((sender) => sender.getParameters().encodings[0]?.scaleResolutionDownBy ?? 1),
      );
    const {ana, ben} = await twoInCall();
    expect(scales()).to.deep.equal([2.7, 2.7]);
    await until(() => scales().join() === '1,1', `both are lifted, are ${scales().join()}`);
    await framesGrow(ana.session, ben.session.self!.peerId);
  });
});
