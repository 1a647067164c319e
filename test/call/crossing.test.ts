/** Two who call each other at one moment: one call, whatever the order in which the network has it. */
import {expect} from 'chai';
import {record, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('calls that cross', () => {
  const suite = inPageSuite();

  /** Also for the relay: who has just been hung up on is busy until they have said that they know. */
  const allSaid = (both: readonly Person[]): Promise<unknown> =>
    Promise.all(both.map(({session}) => session.leave()));

  it('become one call, a hundred times', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    const both = [ana, ben];
    const ended = both.map(({session}) => record(session, ['call-ended', 'call-error']));
    for (let round = 0; round < 100; round++) {
      suite.relay.delayMs = round % 4;
      // Who is first, by how much, and whether a call is going on already.
      const [first, second] = round % 2 === 0 ? [ana, ben] : [ben, ana];
      if (round % 5 === 4) await second.session.join('room');
      const offsetMs = Math.floor(round / 10);
      const firstCall = first.session.call(second.session.self!.personId);
      if (offsetMs > 0) await new Promise((resolve) => setTimeout(resolve, offsetMs));
      await Promise.all([firstCall, second.session.call(first.session.self!.personId)]);
      await until(
        () => both.every(({session}) => session.status === 'in-call'),
        `round ${round}: both are in the call`,
      );
      expect(ana.session.peers[0]!.peerId).to.equal(ben.session.self!.peerId);
      expect(both.map(({session}) => session.incoming)).to.deep.equal([[], []]);
      await second.session.leave();
      await until(
        () => both.every(({session}) => session.status === 'left'),
        `round ${round}: both have left`,
      );
      await allSaid([ana, ben]);
    }
    expect(ended).to.deep.equal([[], []]);
  });

  it('with an acceptance become one call as well', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'], {autoAccept: true})) as [Person, Person];
    const ended = [ana, ben].map(({session}) => record(session, ['call-ended', 'call-error']));
    for (let round = 0; round < 20; round++) {
      suite.relay.delayMs = round % 3;
      await Promise.all([
        ana.session.call(ben.session.self!.personId),
        ben.session.call(ana.session.self!.personId),
      ]);
      await until(
        () => [ana, ben].every(({session}) => session.status === 'in-call'),
        `round ${round}: both are in the call`,
      );
      await ana.session.leave();
      await until(() => ben.session.status === 'left', 'both have left');
      await allSaid([ana, ben]);
    }
    expect(ended).to.deep.equal([[], []]);
  });
});
