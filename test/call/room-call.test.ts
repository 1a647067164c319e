/** The room call over the real relay rules: who waits, who knocks, who gets in, and what each is told. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {framesGrow, next, record, statusOf, until} from '../support/calls.js';
import {inPageSuite} from '../support/in-page-suite.js';

/** What was to happen in a second waits until the test says so. */
function heldSeconds(): {seconds: (() => void)[]; restore: () => void} {
  const {setTimeout} = globalThis;
  const seconds: (() => void)[] = [];
  globalThis.setTimeout = ((task: () => void, ms?: number) =>
    ms === 1_000 ? seconds.push(task) : setTimeout(task, ms)) as typeof setTimeout;
  const restore = (): void => void (globalThis.setTimeout = setTimeout);
  return {seconds, restore};
}

describe('a room call', () => {
  const suite = inPageSuite();
  const {person, twoInCall} = suite;

  it('lets the first one in to wait, and rings for the second', async () => {
    const {session: ana} = person('Ana');
    const {session: ben} = person('Ben');
    await ana.join('support');
    expect(ana.status).to.equal('waiting');
    const request = next(ana, 'call-request');
    await ben.join('support');
    expect(ben.status).to.equal('knocking');
    const {kind, from, expiresAt} = await request;
    expect(kind).to.equal('knock');
    expect(from.displayName).to.equal('Ben');
    expect(expiresAt).to.be.greaterThan(Date.now());
    await ana.accept();
    await statusOf(ana, 'in-call');
    await statusOf(ben, 'in-call');
    expect(ana.incoming).to.deep.equal([]);
  });

  it('shows each the picture of the other, and says whose camera and microphone are on', async () => {
    const {ana, ben} = await twoInCall();
    const [anaId, benId] = [ana.session.self!.peerId, ben.session.self!.peerId];
    await framesGrow(ana.session, benId);
    await framesGrow(ben.session, anaId);
    for (const {session} of [ana, ben]) {
      await until(
        () => session.peers[0]?.cameraEnabled && session.peers[0].microphoneEnabled,
        'the other side has told its devices',
      );
    }
    expect(ana.session.streamOf(benId)?.getTracks()).to.have.length(2);
  });

  it('tells a knocker who is declined, and the host that it came to nothing', async () => {
    const {session: ana} = person('Ana');
    const {session: ben} = person('Ben');
    await ana.join('support');
    await ben.join('support');
    await until(() => ana.incoming.length === 1, 'the knock');
    const [benEnded, anaEnded] = [next(ben, 'call-ended'), next(ana, 'call-ended')];
    await ana.decline();
    expect((await anaEnded).reason).to.equal('declined');
    expect(await benEnded).to.include({kind: 'knock', reason: 'declined'});
    expect(ben.state).to.include({status: 'left', reason: 'declined'});
    expect(ana.status).to.equal('waiting');
  });

  it('closes the prompt when the knocker gives up', async () => {
    const {session: ana} = person('Ana');
    const {session: ben} = person('Ben');
    await ana.join('support');
    await ben.join('support');
    await until(() => ana.incoming.length === 1, 'the knock');
    const [anaEnded, benEnded] = [next(ana, 'call-ended'), next(ben, 'call-ended')];
    await ben.leave();
    expect((await anaEnded).reason).to.equal('cancelled');
    expect((await benEnded).reason).to.equal('cancelled');
    expect(ana.incoming).to.deep.equal([]);
  });

  it('lets a knock time out on both sides', async () => {
    const {session: ana} = person('Ana');
    const {session: ben} = person('Ben', {ringTimeout: 1});
    await ana.join('support');
    const [anaEnded, benEnded] = [next(ana, 'call-ended'), next(ben, 'call-ended')];
    await ben.join('support');
    expect((await anaEnded).reason).to.equal('timeout');
    expect((await benEnded).reason).to.equal('timeout');
    expect(ben.state).to.include({status: 'left', reason: 'timeout'});
  });

  it('refuses the one who is too many', async () => {
    await twoInCall({capacity: 2});
    const {session: eva} = person('Eva');
    const refused = (await eva.join('support').catch((error: unknown) => error)) as CallError;
    expect(refused.code).to.equal('room-full');
    expect(eva.state).to.include({status: 'failed', error: refused});
    expect(eva.localStream.getTracks()).to.deep.equal([]);
  });

  it('connects three with each other', async () => {
    const {ana, ben} = await twoInCall();
    const {session: eva} = person('Eva');
    await eva.join('support');
    await until(() => ben.session.incoming.length === 1, "Eva's knock at Ben's");
    const anaEnded = next(ana.session, 'call-ended');
    await ben.session.accept();
    expect((await anaEnded).reason).to.equal('answered-elsewhere');
    for (const session of [ana.session, ben.session, eva]) {
      await until(
        () =>
          session.peers.length === 2 &&
          session.peers.every(({connectionState}) => connectionState === 'connected'),
        'everybody is connected with everybody',
      );
      for (const {peerId} of session.peers) await framesGrow(session, peerId);
    }
  });

  it('takes the tile away when the peer leaves, and waits again', async () => {
    const {ana, ben} = await twoInCall();
    const benId = ben.session.self!.peerId;
    const left = next(ana.session, 'peer-left');
    await ben.session.leave();
    expect(await left).to.include({peerId: benId, reason: 'left', displayName: 'Ben'});
    expect(ana.session.status).to.equal('waiting');
    expect(ana.session.streamOf(benId)).to.equal(null);
    expect(ben.session.localStream.getTracks()).to.deep.equal([]);
  });

  it('accepts without being asked where it was told to', async () => {
    const {session: ana} = person('Ana', {autoAccept: true});
    const {session: ben} = person('Ben');
    await ana.join('support');
    await ben.join('support');
    await statusOf(ben, 'in-call');
    expect(ana.incoming).to.deep.equal([]);
  });

  it('accepts more at once than the relay takes answers', async () => {
    const {session: ana, client} = person('Ana', {autoAccept: true});
    const {session: ben} = person('Ben');
    await ana.join('support');
    const errors = record(ana, ['call-error']);
    const request = client().request.bind(client());
    let refusals = 0;
    client().request = (name, payload) => {
      if (name !== 'answer' || refusals++ > 0) return request(name, payload);
      return Promise.reject(new CallError('rate-limited', 'Too many requests.'));
    };
    await ben.join('support');
    await statusOf(ben, 'in-call');
    expect({refusals, errors}).to.deep.equal({refusals: 2, errors: []});
  });

  it('does not answer again once people are to be asked', async () => {
    const {session: ana, client} = person('Ana', {autoAccept: true});
    const {session: ben} = person('Ben');
    await ana.join('support');
    let asked = 0;
    const request = client().request.bind(client());
    client().request = (name, payload) => {
      if (name !== 'answer' || asked++ > 0) return request(name, payload);
      ana.configure({autoAccept: false});
      return Promise.reject(new CallError('rate-limited', 'Too many requests.'));
    };
    const {seconds, restore} = heldSeconds();
    try {
      await ben.join('support');
      await until(() => seconds.length === 1, 'Ana waits to answer again');
      for (const task of seconds) task();
      await new Promise((resolve) => setTimeout(resolve));
      expect(asked).to.equal(1);
      expect(ana.incoming).to.have.length(1);
      await ana.accept();
      await statusOf(ben, 'in-call');
    } finally {
      restore();
    }
  });

  it('does not answer any more for one who has left before there was an answer', async () => {
    const {session: ana, client} = person('Ana', {autoAccept: true});
    const {session: ben} = person('Ben');
    await ana.join('support');
    const errors = record(ana, ['call-error']);
    let asked = 0;
    const request = client().request.bind(client());
    client().request = (name, payload) => {
      if (name !== 'answer') return request(name, payload);
      asked++;
      return Promise.reject(new CallError('rate-limited', 'Too many requests.'));
    };
    const {seconds, restore} = heldSeconds();
    try {
      await ben.join('support');
      await until(() => seconds.length === 1, 'Ana waits to answer again');
      await ana.leave();
      await statusOf(ben, 'waiting');
      for (const task of seconds) task();
      await new Promise((resolve) => setTimeout(resolve));
      expect({asked, errors}).to.deep.equal({asked: 1, errors: []});
    } finally {
      restore();
    }
  });

  it('makes the knocker the host when the room empties meanwhile', async () => {
    const {session: ana} = person('Ana');
    const {session: ben} = person('Ben');
    await ana.join('support');
    await ben.join('support');
    await until(() => ana.incoming.length === 1, 'the knock');
    await ana.leave();
    await statusOf(ben, 'waiting');
  });

  it('fires each event of a whole call once, in order', async () => {
    const ana = person('Ana');
    const heard = record(ana.session, [
      'status-changed',
      'call-request',
      'call-ended',
      'peer-joined',
      'peer-left',
    ]);
    const ben = person('Ben');
    await ana.session.join('support');
    await ben.session.join('support');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    await ana.session.accept();
    await statusOf(ana.session, 'in-call');
    await ben.session.leave();
    await statusOf(ana.session, 'waiting');
    await ana.session.leave();
    await ana.session.leave();
    const told = heard.map(([name, detail]) =>
      name === 'status-changed' ? (detail as {status: string}).status : name,
    );
    expect(told).to.deep.equal([
      'acquiring-media',
      'joining',
      'waiting',
      'call-request',
      'peer-joined',
      'in-call',
      'peer-left',
      'waiting',
      'left',
    ]);
  });
});
