/** What the tests of calls in one page stand on: a relay, people, and that nothing is left over after each test. */
import {expect} from 'chai';
import {firstMoments} from '../../widget/call/care/first-moments.js';
import type {CallOptions} from '../../widget/call/call-options.js';
import type {CallSession} from '../../widget/call/call-session.js';
import {until, untilCaredFor, watchConnections} from './calls.js';
import {InPageRelay} from './in-page-relay.js';

firstMoments.lastMs = 0;

export type Person = ReturnType<InPageRelay['session']>;

export interface InPageSuite {
  /** The relay of the present test. */
  readonly relay: InPageRelay;
  /** Every connection that the present test has made. */
  readonly connections: ReturnType<typeof watchConnections>;
  /** @param personId For several sessions of one person. */
  person(displayName: string, options?: Partial<CallOptions>, personId?: string): Person;
  /** Listed in one directory, and they see each other. No devices unless the options say so. */
  listed(names: readonly string[], options?: Partial<CallOptions>): Promise<Person[]>;
  /**
   * What a reload leaves behind: no good-bye, a token and a note on the call in sessionStorage; and
   * the page that comes after.
   * @param own The connections of the page that goes.
   */
  reload(
    page: Person,
    options: Partial<CallOptions>,
    own?: readonly (RTCPeerConnection | undefined)[],
  ): Person;
  /** Ana waits, Ben knocks, Ana accepts, they are connected, and what takes care of calls is there. */
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
    for (const session of sessions) session.dispose();
    await until(() => relay.connected === 0, `${relay.connected} sockets left over`);
    connections.stop();
    relay.close();
    expect(connections.open(), 'connections left over').to.equal(0);
  });

  function person(
    displayName: string,
    options: Partial<CallOptions> = {},
    personId?: string,
  ): Person {
    const made = relay.session({displayName, capacity: 3, ...options}, personId);
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
    async listed(names, options = {}) {
      const all = names.map((name) =>
        person(name, {directory: 'office', media: 'data', ...options}),
      );
      await until(
        () => all.every(({session}) => session.people.length === names.length - 1),
        'everybody sees everybody',
      );
      return all;
    },
    reload(page, options, own = []) {
      page.client().cut();
      page.client().close();
      for (const connection of own) connection?.close();
      const restore = notesAtPagehide();
      page.session.dispose();
      restore();
      return person(page.session.self!.displayName, {relayUrl: page.relayUrl, ...options});
    },
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
      await untilCaredFor();
      return {ana, ben};
    },
  };
}

/** What the page writes down as it goes. In truth it does not live on to take that back. */
function notesAtPagehide(): () => void {
  dispatchEvent(new Event('pagehide'));
  const notes = Object.entries<string>(sessionStorage);
  return () => {
    for (const [key, note] of notes) sessionStorage.setItem(key, note);
  };
}
