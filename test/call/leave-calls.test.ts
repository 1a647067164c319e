/** `leave()` at every moment of a call to a person: it always settles, and neither side nor the relay is left with half a call. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import {isActive} from '../../widget/call/call-state.js';
import {record, statusOf, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

type Three = [Person, Person, Person];

const idOf = ({session}: Person): string => session.self!.personId;

describe('leave()', () => {
  const suite = inPageSuite();
  const {listed} = suite;

  const outcomeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: CallError) => error.code,
    );

  const pause = async (delayMs: number): Promise<void> => {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  };

  /** Nobody is in a call, for themselves, for each other and for the relay; and both can be called. */
  async function allIsFree(all: readonly Person[]): Promise<void> {
    await until(
      () => all.every(({session}) => !isActive(session.state)),
      'nobody is in a call any more',
    );
    await until(
      () =>
        all.every(
          ({session}) =>
            session.incoming.length === 0 &&
            session.people.every(({status}) => status === 'available'),
        ),
      'all are available again',
    );
    for (const {session} of all) expect(session.localStream.getTracks()).to.deep.equal([]);
    const [one, two] = all as [Person, Person];
    await one.session.call(idOf(two));
    expect(one.session.status).to.equal('calling');
    await one.session.leave();
    await until(() => two.session.incoming.length === 0, 'and cancelled');
  }

  for (const delayMs of [0, 1, 5, 12, 25, 45, 80]) {
    const options = {media: 'video', noMicrophone: true} as const;

    it(`overtakes a call ${delayMs} ms after its start`, async () => {
      const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'], {
        ...options,
        autoAccept: true,
      })) as Three;
      suite.relay.delayMs = 5;
      const heard = record(ana.session, ['status-changed', 'call-error']);
      const called = outcomeOf(ana.session.call(idOf(ben)));
      await pause(delayMs);
      await ana.session.leave();
      expect(await called).to.be.oneOf(['done', 'aborted']);
      expect(ana.session.state).to.include({status: 'left', reason: 'left'});
      const told = heard.map(([, detail]) => (detail as {status: string}).status);
      expect(told.filter((status) => status === 'left')).to.have.length(1);
      await allIsFree([ana, ben, eva]);
    });

    it(`overtakes an acceptance ${delayMs} ms after its start`, async () => {
      const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'], options)) as Three;
      await ana.session.call(idOf(ben));
      await until(() => ben.session.incoming.length === 1, 'it rings');
      suite.relay.delayMs = 5;
      const accepted = outcomeOf(ben.session.accept());
      await pause(delayMs);
      await ben.session.leave();
      expect(await accepted).to.be.oneOf(['done', 'aborted']);
      await until(() => ben.session.state.status !== 'in-call', 'not in a call');
      // Overtaken before it was said, it rings on.
      if (ben.session.incoming.length > 0) await outcomeOf(ben.session.decline());
      await allIsFree([ana, ben, eva]);
    });

    it(`overtakes a call from within a call ${delayMs} ms after its start`, async () => {
      const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'], options)) as Three;
      await ana.session.call(idOf(ben));
      await until(() => ben.session.incoming.length === 1, 'it rings');
      await ben.session.accept();
      await statusOf(ana.session, 'in-call');
      suite.relay.delayMs = 5;
      const called = outcomeOf(ana.session.call(idOf(eva)));
      await pause(delayMs);
      await ana.session.leave();
      expect(await called).to.be.oneOf(['done', 'aborted']);
      expect(isActive(ana.session.state)).to.equal(false);
      await allIsFree([ana, ben, eva]);
    });

    it(`overtakes the return into a call ${delayMs} ms after a reload`, async () => {
      const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'], options)) as Three;
      await ana.session.call(idOf(ben));
      await until(() => ben.session.incoming.length === 1, 'it rings');
      suite.relay.delayMs = 5;
      const again = suite.reload(ana, {directory: 'office', ...options});
      await pause(delayMs);
      await again.session.leave();
      // Not back in the call yet, there was nothing to leave: then it rings on.
      await until(
        () => again.session.people.length === 2 || again.session.status === 'left',
        'listed again',
      );
      await again.session.leave();
      await until(() => again.session.status !== 'in-call', 'not in a call');
      await again.session.leave();
      if (again.session.status === 'calling') await again.session.leave();
      await allIsFree([again, ben, eva]);
    });
  }

  it('between a call and its answer leaves nothing when the relay is away', async () => {
    const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'])) as Three;
    suite.relay.delayMs = 5;
    const called = outcomeOf(ana.session.call(idOf(ben)));
    await pause(7);
    ana.client().cut();
    await ana.session.leave();
    expect(await called).to.equal('aborted');
    ana.client().mend();
    suite.relay.delayMs = 0;
    await allIsFree([ana, ben, eva]);
  });

  it('and a changed directory at any moment leave nothing', async () => {
    const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'])) as Three;
    suite.relay.delayMs = 3;
    for (const delayMs of [0, 1, 3, 7, 12]) {
      const called = outcomeOf(ana.session.call(idOf(ben)));
      await pause(delayMs);
      ana.session.configure({directory: 'elsewhere'});
      expect(await called).to.be.oneOf(['done', 'aborted', 'person-not-found']);
      await ana.session.leave();
      ana.session.configure({directory: 'office'});
      await until(() => ana.session.people.length === 2, 'listed again');
      await until(() => ben.session.people.length === 2, 'and seen');
    }
    await allIsFree([ana, ben, eva]);
  });
});
