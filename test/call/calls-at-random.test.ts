/** Three people who call, answer, leave, join and lose the relay at random: in the end all agree on who talks to whom. */
import {expect} from 'chai';
import {isActive, type CallState} from '../../widget/call/call-state.js';
import {record, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

/** A small generator, so that a failing run can be had again from its seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}

/** A call has two ends that know of each other. */
function agrees(all: readonly Person[], {session}: Person): boolean {
  const state: CallState = session.state;
  const other = (personId: string | undefined): CallState | undefined =>
    all.find((each) => each.session.self?.personId === personId)?.session.state;
  if (state.status === 'calling') {
    return (
      other(state.person.personId)?.incoming.some(({id}) => id === state.invitationId) ?? false
    );
  }
  if (state.status === 'in-call' && state.person !== undefined) {
    const theirs = other(state.peers[0].personId);
    return theirs?.status === 'in-call' && theirs.room === state.room;
  }
  return state.incoming.every(({id, kind, from}) => {
    const theirs = other(from.personId);
    return kind === 'knock' || (theirs?.status === 'calling' && theirs.invitationId === id);
  });
}

describe('people who do what they like', () => {
  const suite = inPageSuite();

  for (const seed of [
    1,
    106760300,
    328280188,
    486653224,
    514443220,
    Math.floor(Math.random() * 1e9),
  ]) {
    it(`agree in the end on who is in a call with whom (seed ${seed})`, async () => {
      const random = randomFrom(seed);
      const all = await suite.listed(['Ana', 'Ben', 'Eva']);
      const open = all.map(({session}) => {
        const ids = new Set<string>();
        session.addEventListener('call-request', ({detail}) => {
          expect(ids.has(detail.id), 'asked once').to.equal(false);
          ids.add(detail.id);
        });
        return record(session, ['call-ended']);
      });
      const ignore = (work: Promise<unknown>): void => void work.catch(() => undefined);
      for (let step = 0; step < 120; step++) {
        const {session, client} = all[random(all.length)]!;
        suite.relay.delayMs = random(4);
        const who = all[random(all.length)]!.session.self!.personId;
        switch (random(10)) {
          case 0:
          case 1:
          case 2:
            ignore(session.call(who));
            break;
          case 3:
          case 4:
          case 5:
            ignore(session.accept());
            break;
          case 6:
            ignore(session.decline());
            break;
          case 7:
            ignore(session.leave());
            break;
          case 8:
            ignore(session.join(`room-${random(2)}`));
            break;
          default:
            if (client().state === 'open') client().cut();
            else client().mend();
        }
        await new Promise((resolve) => setTimeout(resolve, random(12)));
      }
      suite.relay.delayMs = 0;
      await until(() => {
        for (const {client} of all) client().mend();
        return all.every(({session}) => session.signaling === 'open');
      }, 'the relay is back for all');
      await until(
        () => all.every((each) => agrees(all, each)),
        `all agree: ${JSON.stringify(all.map(({session}) => session.state))}`,
      );
      await Promise.all(all.map(({session}) => session.leave()));
      await until(
        () => all.every(({session}) => !isActive(session.state) && session.incoming.length === 0),
        'nothing is left',
      );
      await until(
        () =>
          all.every(
            ({session}) =>
              session.people.length === 2 &&
              session.people.every(({status}) => status === 'available'),
          ),
        'all are available to all',
      );
      for (const ended of open) {
        // A knock that is taken back while the relay is away, and made again, is to the relay the same one.
        const calls = ended.filter(([, detail]) => (detail as {kind: string}).kind === 'call');
        const ids = calls.map(([, detail]) => (detail as {id: string}).id);
        expect(new Set(ids).size, 'each ended once').to.equal(ids.length);
      }
    });
  }
});
