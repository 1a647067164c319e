/** What the tests of calls in one page stand on: a relay, people, and that nothing is left over after each test. */
import {expect} from 'chai';
import type {CallOptions} from '../../widget/call/call-options.js';
import type {CallSession} from '../../widget/call/call-session.js';
import {until, watchConnections} from './calls.js';
import {InPageRelay} from './in-page-relay.js';

export type Person = ReturnType<InPageRelay['session']>;

export interface InPageSuite {
  /** The relay of the present test. */
  readonly relay: InPageRelay;
  /** Every connection that the present test has made. */
  readonly connections: ReturnType<typeof watchConnections>;
  person(displayName: string, options?: Partial<CallOptions>): Person;
  /** Ana waits, Ben knocks, Ana accepts, and they are connected. */
  twoInCall(options?: Partial<CallOptions>): Promise<{ana: Person; ben: Person}>;
}

/** To be called inside a `describe`. */
export function inPageSuite(): InPageSuite {
  let relay: InPageRelay;
  let sessions: CallSession[];
  let connections: ReturnType<typeof watchConnections>;

  beforeEach(() => {
    relay = new InPageRelay();
    sessions = [];
    connections = watchConnections();
  });

  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.leave()));
    connections.stop();
    relay.close();
    expect(connections.open(), 'connections left over').to.equal(0);
    expect(relay.connected, 'sockets left over').to.equal(0);
  });

  function person(displayName: string, options: Partial<CallOptions> = {}): Person {
    const made = relay.session({displayName, capacity: 3, ...options});
    sessions.push(made.session);
    return made;
  }

  return {
    get relay() {
      return relay;
    },
    get connections() {
      return connections;
    },
    person,
    async twoInCall(options = {}) {
      const ana = person('Ana', options);
      const ben = person('Ben', options);
      await ana.session.join('support');
      await ben.session.join('support');
      await until(() => ana.session.incoming.length === 1, 'the knock');
      await ana.session.accept();
      await until(
        () => [ana, ben].every(({session}) => session.peers[0]?.connectionState === 'connected'),
        'both connected',
      );
      return {ana, ben};
    },
  };
}
