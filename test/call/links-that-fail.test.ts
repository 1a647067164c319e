/** Links whose two descriptions do not fit each other: made anew by whichever side notices, a few times, and then told. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import {framesGrow, record, until} from '../support/calls.js';
import {inPageSuite} from '../support/in-page-suite.js';

describe('links that fail', () => {
  const suite = inPageSuite();
  const twoInCall = (): ReturnType<typeof suite.twoInCall> => suite.twoInCall({noMicrophone: true});

  /** Of the last signal that the relay was given. */
  function lastLinkId(): string {
    const signals = suite.relay.requests.filter(({name}) => name === 'signal');
    return (signals.at(-1)!.payload as {linkId: string}).linkId;
  }

  it('are made anew when a description does not fit, and nobody hears of it', async () => {
    const {ana, ben} = await twoInCall();
    const errors = record(ana.session, ['call-error']);
    const before = suite.connections.all.length;
    // Ana's connection refuses it.
    ana.client().deliver('signal', {
      from: ben.session.self!.peerId,
      linkId: lastLinkId(),
      description: {type: 'offer', sdp: 'v=0\r\n'},
    });
    await until(() => suite.connections.all.length > before, 'a new link');
    await framesGrow(ana.session, ben.session.self!.peerId);
    await framesGrow(ben.session, ana.session.self!.peerId);
    expect(errors).to.deep.equal([]);
  });

  it('are made anew by whoever could not answer, however low the name of the one that waits for it', async () => {
    const {ana, ben} = await twoInCall();
    const [anaId, benId] = [ana, ben].map(({session}) => session.self!.peerId) as [string, string];
    const offered: string[] = [];
    const client = ana.client();
    const deliver = client.deliver.bind(client);
    client.deliver = (name, payload) => {
      const {linkId, description} = payload as {linkId: string; description?: {type: string}};
      const isOffer = name === 'signal' && description?.type === 'offer';
      if (isOffer) offered.push(linkId);
      // Ana's connection refuses the first, for which Ben goes on waiting.
      const isSpoiled = isOffer && offered.length === 1;
      deliver(
        name,
        isSpoiled
          ? {...(payload as object), description: {type: 'offer', sdp: 'v=0\r\n'}}
          : payload,
      );
    };
    const nonsense = {linkId: lastLinkId(), description: {type: 'offer', sdp: 'v=0\r\n'}};
    ben.client().deliver('signal', {from: anaId, ...nonsense});
    await until(() => offered.length === 1, 'a fresh link of Ben’s');
    // No dash is lower; and of two such names one in two would be.
    expect(offered[0]).to.match(/^-/);
    await framesGrow(ana.session, benId);
    await framesGrow(ben.session, anaId);
    expect(lastLinkId()).to.match(/^--/);
  });

  it('say so when nothing that the other side describes fits', async () => {
    const {ana, ben} = await twoInCall();
    const errors = record(ana.session, ['call-error']);
    ben.client().losesSignals = true;
    ana.client().losesSignals = true;
    const answered = new Set<string>();
    await until(() => {
      const linkId = lastLinkId();
      if (answered.has(linkId)) return errors.length > 0;
      answered.add(linkId);
      // The present link does not wait for an answer; those that follow do.
      const type = answered.size === 1 ? 'offer' : 'answer';
      const description = {type, sdp: 'nonsense'};
      ana.client().deliver('signal', {from: ben.session.self!.peerId, linkId, description});
      return errors.length > 0;
    }, 'call-error');
    expect(answered.size).to.be.greaterThan(1);
    expect(errors).to.have.length(1);
    const [, detail] = errors[0]!;
    expect((detail as {error: CallError}).error.code).to.equal('negotiation-failed');
    expect(ana.session.status).to.equal('in-call');
  });

  it('leave the last picture where it is until the next link has one', async () => {
    const {ana, ben} = await twoInCall();
    const benId = ben.session.self!.peerId;
    const stream = ana.session.streamOf(benId)!;
    const video = Object.assign(document.createElement('video'), {autoplay: true, muted: true});
    video.srcObject = stream;
    document.body.append(video);
    try {
      await until(() => video.videoWidth > 0, 'a picture');
      const [before] = stream.getVideoTracks();
      suite.relay.delayMs = 300;
      const nonsense = {linkId: lastLinkId(), description: {type: 'offer', sdp: 'v=0\r\n'}};
      ana.client().deliver('signal', {from: benId, ...nonsense});
      const seen: boolean[] = [];
      await until(() => {
        // Its own first picture is a handshake away.
        const [now = before] = stream.getVideoTracks();
        if (now !== before) return true;
        seen.push(video.videoWidth > 0 && stream.getVideoTracks().length === 1);
        return false;
      }, 'another track');
      expect(seen.length, 'it takes a while').to.be.greaterThan(5);
      expect(seen.every(Boolean), 'there is a picture all the time').to.equal(true);
      await framesGrow(ana.session, benId);
      const shown = video.currentTime;
      await until(() => video.currentTime > shown && !video.paused, 'it moves');
      await until(() => video.videoWidth > 0, 'a picture');
      expect(
        stream.getTracks().map(({kind, readyState}) => [kind, readyState]),
      ).to.have.deep.members([
        ['audio', 'live'],
        ['video', 'live'],
      ]);
      await ben.session.leave();
      await until(() => stream.getTracks().length === 0, 'nothing is left when they have gone');
    } finally {
      video.remove();
    }
  });
});
