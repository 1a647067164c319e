/**
 * Ringing as it comes: two people with a tab or two each call, cancel, accept, decline, cross, reload, lose the
 * relay or do nothing, at random moments. In the end there is one call or none, and no connection besides.
 * A few schedules here, the same ones always; `npm run test:rings` plays as many as one likes.
 */
import {expect} from 'chai';
import {until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';
import {randomFrom} from '../support/random.js';
import {schedules} from '../support/schedules.js';

const {seed: first, count} = schedules({seed: 40, count: 6});

/** Seconds: the shortest that the relay allows. */
const RINGS_FOR = 1;

describe('ringing at random', () => {
  const suite = inPageSuite();
  const isConnected = ({session}: Person): boolean =>
    session.peers.length === 1 && session.peers[0]!.connectionState === 'connected';
  /** To the relay; a page that has just been loaded has not dialled yet. */
  function wayOf({client}: Person): ReturnType<Person['client']> | undefined {
    try {
      return client();
    } catch {
      return undefined;
    }
  }

  function cutOrMend(person: Person): void {
    const way = wayOf(person);
    if (way?.state === 'open') way.cut();
    else way?.mend();
  }

  for (let seed = first; seed < first + count; seed++) {
    it(`ends in one call or none (seed ${seed})`, async function () {
      this.timeout(40_000);
      const random = randomFrom(seed);
      const below = (limit: number): number => Math.floor(random() * limit);
      const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
      const options = {
        directory: 'office',
        ringTimeout: RINGS_FOR,
        media: pick(['data', 'data', 'audio', 'video'] as const),
        preconnect: pick(['warm', 'ringing'] as const),
      };
      const [ana, ben] = (await suite.listed(['Ana', 'Ben'], options)) as [Person, Person];
      const [anaId, benId] = [ana, ben].map(({session}) => session.self!.personId) as [
        string,
        string,
      ];
      const tabs = [ana, ben, suite.person('Ben', options, benId)];
      await until(() => tabs[2]!.session.people.length === 1, 'the second tab is listed');
      const done: string[] = [];
      const ignore = (work: Promise<unknown>): void => void work.catch(() => undefined);
      const act = (): void => {
        const at = below(tabs.length);
        const {session} = tabs[at]!;
        const what = pick([
          'call',
          'call',
          'accept',
          'accept',
          'accept',
          'decline',
          'leave',
          'reload',
          'cut',
        ] as const);
        done.push(`${at}:${what}`);
        switch (what) {
          case 'call':
            return ignore(session.call(at === 0 ? benId : anaId));
          case 'accept':
            return ignore(session.accept());
          case 'decline':
            return ignore(session.decline());
          case 'leave':
            return ignore(session.leave());
          case 'reload':
            if (session.self) tabs[at] = suite.reload(tabs[at]!, options);
            return;
          case 'cut':
            return cutOrMend(tabs[at]!);
        }
      };
      ignore(ana.session.call(benId));
      for (let steps = 2 + below(5); steps > 0; steps--) {
        suite.relay.delayMs = below(15);
        await new Promise((resolve) => setTimeout(resolve, below(700)));
        act();
      }
      suite.relay.delayMs = 0;
      for (const tab of tabs) if (wayOf(tab)?.state !== 'open') wayOf(tab)?.mend();
      const described = (): string =>
        `${JSON.stringify(options)} ${done.join(' ')}: ${tabs
          .map(
            ({session}) =>
              `${session.status} with ${session.peers.map((peer) => `${peer.peerId.slice(0, 4)} ${peer.connectionState}`).join()}`,
          )
          .join(' | ')}, ${suite.connections.open()} connections`;
      const isSettled = (): boolean => {
        const isQuiet = tabs.every(
          ({session}) =>
            session.signaling === 'open' &&
            session.incoming.length === 0 &&
            !['calling', 'joining', 'acquiring-media'].includes(session.status),
        );
        const inCall = tabs.filter(({session}) => session.status === 'in-call');
        if (!isQuiet || inCall.length % 2 > 0) return false;
        return inCall.every(isConnected) && suite.connections.open() === inCall.length;
      };
      try {
        await until(isSettled, 'one call or none');
      } catch {
        throw new Error(described());
      }
      const inCall = tabs.filter(({session}) => session.status === 'in-call');
      expect(inCall.length, described()).to.be.lessThan(3);
      const ids = inCall.map(({session}) => session.self!.peerId);
      const seen = inCall.map(({session}) => session.peers[0]!.peerId);
      expect(seen, described()).to.deep.equal(ids.toReversed());
    });
  }
});
