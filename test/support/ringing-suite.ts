/** What the tests of links before Accept stand on: somebody who knocks, and what connections there are of it. */
import type {CallOptions} from '../../widget/call/call-options.js';
import {until} from './calls.js';
import {inPageSuite, type InPageSuite, type Person} from './in-page-suite.js';

export const personIdOf = ({session}: Person): string => session.self!.personId;

/** To everybody in the room, and there is somebody. */
export const isConnected = ({session}: Person): boolean =>
  session.peers.length > 0 &&
  session.peers.every(({connectionState}) => connectionState === 'connected');

export interface RingingSuite {
  readonly suite: InPageSuite;
  /** The connections that are not closed. */
  open(): RTCPeerConnection[];
  /** Ana waits, and Ben knocks. @param own Of the one who is asked alone. */
  knocking(
    options?: Partial<CallOptions>,
    own?: Partial<CallOptions>,
  ): Promise<{ana: Person; ben: Person}>;
}

/** To be called inside a `describe`. */
export function ringingSuite(): RingingSuite {
  const suite = inPageSuite();
  return {
    suite,
    open: () => suite.connections.all.filter(({connectionState}) => connectionState !== 'closed'),
    async knocking(options = {}, own = {}) {
      const ana = suite.person('Ana', {...own, ...options});
      const ben = suite.person('Ben', options);
      await ana.session.join('support');
      await ben.session.join('support');
      await until(() => ana.session.incoming.length === 1, 'the knock');
      return {ana, ben};
    },
  };
}
