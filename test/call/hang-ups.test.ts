/** Somebody hangs up, or is turned away, while this side is on its way into the next call: that one is what counts. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {record, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('on the way into the next call', () => {
  const suite = inPageSuite();
  const idOf = ({session}: Person): string => session.self!.personId;

  async function connect(caller: Person, callee: Person): Promise<void> {
    await caller.session.call(idOf(callee));
    await until(() => callee.session.incoming.some(({kind}) => kind === 'call'), 'it rings');
    await callee.session.accept(callee.session.incoming.at(-1)!.id);
    await areConnected(caller, callee);
  }

  const areConnected = (...both: Person[]): Promise<void> =>
    until(
      () => both.every(({session}) => session.peers[0]?.connectionState === 'connected'),
      'connected',
    );

  for (const delayMs of [0, 20]) {
    it(`who hangs up does not end the call that is just being made (relay: ${delayMs} ms)`, async () => {
      const [ana, ben, cem] = (await suite.listed(['Ana', 'Ben', 'Cem'])) as [
        Person,
        Person,
        Person,
      ];
      await connect(ana, ben);
      suite.relay.delayMs = delayMs;
      const called = ana.session.call(idOf(cem));
      await ben.session.leave();
      await called;
      await until(() => cem.session.incoming.length === 1, 'it rings');
      expect(ana.session.status).to.equal('calling');
      await cem.session.accept();
      await areConnected(ana, cem);
    });
  }

  it('who hangs up does not end the call that is just being accepted', async () => {
    const [ana, ben, cem] = (await suite.listed(['Ana', 'Ben', 'Cem'])) as [Person, Person, Person];
    await ana.session.call(idOf(ben));
    await until(() => ben.session.incoming.length === 1, 'it rings');
    await connect(ben, cem);
    suite.relay.delayMs = 20;
    const accepted = ben.session.accept();
    await cem.session.leave();
    await accepted;
    await areConnected(ana, ben);
    expect([ana, ben].map(({session}) => session.status)).to.deep.equal(['in-call', 'in-call']);
  });

  it('a room that is full does not end the call that is accepted meanwhile', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    await suite.twoInCall({media: 'data', capacity: 2});
    await ana.session.call(idOf(ben));
    await until(() => ben.session.incoming.length === 1, 'it rings');
    suite.relay.delayMs = 20;
    const joined = ben.session.join('support').then(
      () => 'joined',
      ({code}: {code: string}) => code,
    );
    await until(() => suite.relay.requests.at(-1)?.name === 'join', 'the room is asked for');
    const accepted = ben.session.accept();
    expect(await joined).to.equal('room-full');
    await accepted;
    await areConnected(ana, ben);
    expect([ana, ben].map(({session}) => session.status)).to.deep.equal(['in-call', 'in-call']);
  });

  it('whoever has lost the seat before there was a link finds it out', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    await ana.session.call(idOf(ben));
    await until(() => ben.session.incoming.length === 1, 'it rings');
    await ben.session.accept();
    // Not of the session's own doing: the relay forgets, and tells nobody whom it does not know.
    await ben.client().request('leave', {});
    await until(() => ben.session.status === 'left', 'it is over');
    expect(ben.session.state).to.include({status: 'left', reason: 'lost'});
    const asked = suite.relay.requests.filter(({name}) => name === 'join');
    expect(asked, 'asked once').to.have.length(1);
  });

  it('a call is there when the connection was lost before its acceptance was confirmed', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    const ended = record(ben.session, ['call-ended']);
    await ana.session.call(idOf(ben));
    await until(() => ben.session.incoming.length === 1, 'it rings');
    const client = ben.client();
    const request = client.request.bind(client);
    client.request = async (name, payload) => {
      await request(name, payload);
      client.cut();
      throw new CallError('relay-timeout', 'cut');
    };
    const accepted = ben.session.accept().catch(({code}: {code: string}) => code);
    expect(await accepted).to.equal('relay-timeout');
    client.request = request;
    client.mend();
    await areConnected(ana, ben);
    expect(ended).to.deep.equal([]);
  });
});
