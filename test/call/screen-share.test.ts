/** A screen beside the camera: it reaches everybody, newcomers too, also without the relay. */
import {expect} from 'chai';
import type {CallSession} from '../../widget/call/call-session.js';
import {framesGrow, record, until} from '../support/calls.js';
import {decodes, idOf, seesScreenOf, sharingOf, sharingSuite} from '../support/sharing-suite.js';

describe('a shared screen', () => {
  const sharing = sharingSuite();
  const {suite, two} = sharing;
  /** Offers and answers; a candidate that was found late is told as well. */
  const descriptions = (): number =>
    suite.relay.requests.filter(
      ({name, payload}) => name === 'signal' && 'description' in (payload as object),
    ).length;

  it('reaches the other side beside the camera, which goes on', async () => {
    const {ana, ben} = await two();
    const events = record(ana.session, ['screen-share-changed', 'camera-changed', 'call-error']);
    expect(ben.session.screenOf(idOf(ana))).to.equal(null);
    expect(await ana.session.toggleScreenShare()).to.equal(true);
    expect(ana.session.localScreen).to.equal(sharing.screens.given[0]);
    expect(sharing.screens.given[0]!.getVideoTracks()[0]!.contentHint).to.equal('detail');
    await seesScreenOf(ben, ana);
    const camera = ben.session.streamOf(idOf(ana))!;
    const screen = ben.session.screenOf(idOf(ana))!;
    expect(camera.getVideoTracks()).to.have.length(1);
    expect(screen.getVideoTracks()[0]!.id).not.to.equal(camera.getVideoTracks()[0]!.id);
    await decodes(ben.session, idOf(ana), camera);
    expect(sharingOf(ana, ben)).to.deep.equal([true, true]);
    expect(events).to.deep.equal([['screen-share-changed', {enabled: true}]]);
  });

  it('comes with its sound, apart from the voice', async () => {
    sharing.withSound();
    const {ana, ben} = await two({noMicrophone: false});
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    const sounds = (stream: MediaStream | null) => stream!.getAudioTracks().length;
    await until(() => sounds(ben.session.screenOf(idOf(ana))) === 1, 'its sound');
    expect(sounds(ben.session.streamOf(idOf(ana)))).to.equal(1);
  });

  it('stops, and is shared again in the sections that are there', async () => {
    const {ana, ben} = await two();
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    const [first] = suite.connections.all;
    const sections = first!.getTransceivers().length;
    expect(await ana.session.toggleScreenShare()).to.equal(false);
    expect(ana.session.localScreen).to.equal(null);
    expect(sharing.screens.given[0]!.getTracks().map(({readyState}) => readyState)).to.deep.equal([
      'ended',
    ]);
    await until(() => ben.session.screenOf(idOf(ana)) === null, 'Ben is told');
    const before = descriptions();
    expect(await ana.session.toggleScreenShare(true)).to.equal(true);
    await seesScreenOf(ben, ana);
    expect(first!.getTransceivers().length).to.equal(sections);
    expect(descriptions(), 'nothing is negotiated').to.equal(before);
  });

  it('begins, and ends, while the relay is away', async () => {
    const {ana, ben} = await two();
    suite.relay.isAway = true;
    for (const each of [ana, ben]) each.client().cut();
    await ben.session.toggleScreenShare(true);
    await seesScreenOf(ana, ben);
    await framesGrow(ben.session, idOf(ana));
    await ben.session.toggleScreenShare(false);
    await until(() => ana.session.screenOf(idOf(ben)) === null, 'Ana is told');
    expect(suite.connections.open(), 'no new link').to.equal(2);
  });

  it('is seen by a third person who comes later', async () => {
    const {ana, ben} = await two();
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    const cem = suite.person('Cem', {noMicrophone: true, noCamera: true});
    await cem.session.join('support');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    await ana.session.accept();
    await until(() => cem.session.peers.length === 2, 'Cem is in');
    await seesScreenOf(cem, ana);
    expect(cem.session.screenOf(idOf(ben))).to.equal(null);
    await until(() => cem.session.streamOf(idOf(ana))!.getVideoTracks().length === 1, 'the camera');
  });

  it('is there again over a fresh link', async () => {
    const {ana, ben} = await two();
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    const [before] = ben.session.screenOf(idOf(ana))!.getVideoTracks();
    const made = suite.connections.all.length;
    linkTo(ana.session, idOf(ben)).replaceLink();
    await until(() => suite.connections.all.length === made + 2, 'both have a fresh one');
    await until(() => before!.readyState === 'ended', 'the old link is gone');
    await seesScreenOf(ben, ana);
    expect(ben.session.screenOf(idOf(ana))!.getVideoTracks()).to.have.length(1);
    expect(sharingOf(ana, ben)).to.deep.equal([true, true]);
  });

  it('is there again for somebody who reloads the page', async () => {
    const {ana, ben} = await two();
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    const again = suite.reload(
      ben,
      {noMicrophone: true},
      suite.connections.all.filter((_, index) => index === 1),
    );
    expect(await again.session.resume()).to.equal(true);
    await seesScreenOf(again, ana);
  });

  it('that stands still is no trouble: nobody asks for anything, and nothing is made anew', async () => {
    const {ana, ben} = await two({media: 'audio'});
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    // As a window in which nothing moves: no picture comes for as long as it lasts.
    const [screen] = sharing.screens.given[0]!.getVideoTracks();
    const senders = suite.connections.all.flatMap((each) => each.getSenders());
    const sender = senders.find(({track}) => track === screen)!;
    await sender.replaceTrack(null);
    const asked = suite.relay.requests.length;
    const made = suite.connections.all.length;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(suite.relay.requests.slice(asked)).to.deep.equal([]);
    expect(suite.connections.all.length).to.equal(made);
    expect(ben.session.peers[0]).to.include({quality: 'good', connectionState: 'connected'});
  });

  it('both share at the same moment', async () => {
    const {ana, ben} = await two();
    suite.relay.delayMs = 30;
    await Promise.all([ana, ben].map(({session}) => session.toggleScreenShare()));
    await Promise.all([seesScreenOf(ana, ben), seesScreenOf(ben, ana)]);
    await framesGrow(ana.session, idOf(ben));
    await framesGrow(ben.session, idOf(ana));
    expect(suite.connections.open(), 'no new link').to.equal(2);
  });

  it('keeps its size where the link is narrow, by fewer frames', async () => {
    const {ana, ben} = await two();
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    ben.session.configure({lowData: true});
    const sender = suite.connections.all
      .flatMap((connection) => connection.getSenders())
      .find(({track}) => track === sharing.screens.given[0]!.getVideoTracks()[0])!;
    await until(() => sender.getParameters().encodings[0]?.maxBitrate === 300_000, 'it is limited');
    expect(sender.getParameters().encodings[0]!.scaleResolutionDownBy ?? 1).to.equal(1);
  });

  it('is shared in a voice call as well', async () => {
    const {ana, ben} = await two({media: 'audio'});
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
  });

  it('is not sent to somebody whose call is of data alone', async () => {
    const {ana} = await two();
    await ana.session.toggleScreenShare();
    const dana = suite.person('Dana', {media: 'data'});
    await dana.session.join('support');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    const known = suite.connections.all.length;
    await ana.session.accept();
    const answers = (): (string | null | undefined)[] =>
      suite.connections.all
        .slice(known)
        .flatMap((connection) => connection.getTransceivers())
        .filter(({sender}) => sender.track === sharing.screens.given[0]!.getVideoTracks()[0])
        .map(({currentDirection}) => currentDirection);
    await until(() => answers().join() === 'inactive', 'it is turned down');
    expect(dana.session.screenOf(idOf(ana))?.getTracks() ?? []).to.deep.equal([]);
  });
});

/** What leads to this peer: links are given up by what watches over them, for reasons that take half a minute. */
function linkTo(session: CallSession, peerId: string): {replaceLink(): void} {
  const {attempt} = session as unknown as {
    attempt: {mesh: {remote(id: string): {replaceLink(): void}}};
  };
  return attempt.mesh.remote(peerId);
}
