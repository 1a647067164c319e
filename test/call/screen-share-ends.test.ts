/** When a screen is not given, and when it is not shared any more: whoever asked, and everybody who saw it, is told. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import {record, until} from '../support/calls.js';
import {forbidScreens} from '../support/fake-screen.js';
import {decodes, idOf, seesScreenOf, sharingOf, sharingSuite} from '../support/sharing-suite.js';

/** How a promise ends. */
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    ({code}: CallError) => code,
  );

describe('a screen', () => {
  const sharing = sharingSuite();
  const {suite, two} = sharing;

  it('two quick presses begin and end it', async () => {
    const {ana, ben} = await two();
    const both = [ana.session.toggleScreenShare(), ana.session.toggleScreenShare()];
    expect(await Promise.all(both)).to.deep.equal([true, false]);
    expect(sharing.screens.asked()).to.equal(1);
    expect(sharing.screens.given[0]!.getTracks()[0]!.readyState).to.equal('ended');
    await until(() => !sharingOf(ana, ben).includes(true), 'Ben is told');
  });

  it('ends for everybody when the browser ends it', async () => {
    const {ana, ben} = await two();
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    sharing.screens.end();
    await until(() => !sharingOf(ana, ben).includes(true), 'everybody is told');
    expect(ana.session.localScreen).to.equal(null);
  });

  it('is not given by NotAllowedError: nothing has changed, and nobody else is told', async () => {
    const {ana, ben} = await two();
    const events = record(ana.session, ['screen-share-changed', 'call-error']);
    sharing.screens.hold()(new DOMException('no', 'NotAllowedError'));
    expect(await codeOf(ana.session.toggleScreenShare())).to.equal('display-capture-denied');
    expect(sharingOf(ana, ben)).to.deep.equal([false, false]);
    expect(events).to.deep.equal([]);
    expect(await ana.session.toggleScreenShare(), 'the next time').to.equal(true);
  });

  for (const name of ['InvalidStateError', 'NotFoundError', 'NotReadableError', 'AbortError']) {
    it(`is not given by ${name}: its cause is kept`, async () => {
      const {ana} = await two();
      const refusal = new DOMException('for logs', name);
      sharing.screens.hold()(refusal);
      const error = await ana.session.toggleScreenShare().catch((thrown: unknown) => thrown);
      const {code: told, fatal, cause} = error as CallError;
      expect([told, fatal, cause]).to.deep.equal(['display-capture-denied', false, refusal]);
    });
  }

  it('is not asked for where the page may not', async () => {
    const {ana} = await two();
    const allow = forbidScreens();
    sharing.screens.hold()(new DOMException('blocked', 'NotAllowedError'));
    try {
      expect(await codeOf(ana.session.toggleScreenShare())).to.equal('media-blocked-by-policy');
    } finally {
      allow();
    }
  });

  it('is for nobody when the call has ended while the person chose', async () => {
    const {ana} = await two();
    const answer = sharing.screens.hold();
    const shared = codeOf(ana.session.toggleScreenShare());
    const again = codeOf(ana.session.toggleScreenShare());
    expect(sharing.screens.asked(), 'asked in the moment of the press').to.equal(1);
    await ana.session.leave();
    expect([await shared, await again]).to.deep.equal(['aborted', 'aborted']);
    answer();
    await until(() => sharing.screens.given.length === 1, 'it is given');
    await until(
      () => sharing.screens.given[0]!.getTracks()[0]!.readyState === 'ended',
      'it is ended',
    );
    expect(ana.session.screenSharing).to.equal(false);
  });

  it('ends with the call, and the next call begins without it', async () => {
    const {ana, ben} = await two({directory: 'office'});
    const cem = suite.person('Cem', {directory: 'office', noMicrophone: true});
    await until(() => cem.session.people.length === 2, 'everybody is seen');
    await ana.session.toggleScreenShare();
    await seesScreenOf(ben, ana);
    const events = record(ana.session, ['screen-share-changed', 'camera-changed']);
    await cem.session.call(ana.session.self!.personId);
    await until(() => ana.session.incoming.length === 1, 'it rings');
    await ana.session.accept();
    expect([ana.session.screenSharing, ana.session.localScreen]).to.deep.equal([false, null]);
    expect(sharing.screens.given[0]!.getTracks()[0]!.readyState).to.equal('ended');
    expect(events).to.deep.equal([['screen-share-changed', {enabled: false}]]);
    await until(() => cem.session.peers[0]?.connectionState === 'connected', 'connected');
    await decodes(cem.session, idOf(ana), cem.session.streamOf(idOf(ana))!);
    expect(sharingOf(ana, cem)).to.deep.equal([false, false]);
    expect(await ana.session.toggleScreenShare()).to.equal(true);
    await seesScreenOf(cem, ana);
  });

  it('needs a call, and a browser that can', async () => {
    const nobody = suite.person('Nobody');
    expect(await codeOf(nobody.session.toggleScreenShare())).to.equal('not-in-room');
    const {ana} = await two();
    const prototype = Object.getPrototypeOf(navigator.mediaDevices) as MediaDevices;
    const {getDisplayMedia} = prototype;
    Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia');
    Reflect.deleteProperty(prototype, 'getDisplayMedia');
    try {
      expect(await codeOf(ana.session.toggleScreenShare())).to.equal('unsupported-browser');
    } finally {
      prototype.getDisplayMedia = getDisplayMedia;
    }
  });

  it('is none of a call of data alone', async () => {
    const dana = suite.person('Dana', {media: 'data'});
    await dana.session.join('elsewhere');
    expect(await codeOf(dana.session.toggleScreenShare())).to.equal('bad-request');
  });
});
