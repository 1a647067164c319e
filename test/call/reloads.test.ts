/** Pages that are reloaded in a call, as the other side sees it: both at once, one that is long away, one that knocks. */
import {expect} from 'chai';
import {framesGrow, record, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('a page that is reloaded', () => {
  const suite = inPageSuite();
  const {person, reload} = suite;
  beforeEach(() => sessionStorage.clear());

  const isConnected = ({session}: Person): boolean =>
    session.peers[0]?.connectionState === 'connected';

  /** Ana and Ben see each other, and their pages have had the time to write it down. */
  async function inCall(): Promise<{ana: Person; ben: Person}> {
    const two = await suite.twoInCall();
    const notes = (): string[] =>
      Object.values<string>(sessionStorage).filter((note) => note.includes('"call":{'));
    await until(() => notes().length === 2, 'both pages remember it');
    return two;
  }

  it('is told as lost for as long as the page is away, however long that is', async () => {
    const {ana, ben} = await inCall();
    const heard = record(ana.session, ['quality-changed', 'peer-left']);
    const again = reload(ben, {}, [suite.connections.all[1]]);
    await until(() => ana.session.peers[0]?.quality === 'lost', 'it is told');
    // Long enough for a link that nobody answers.
    await new Promise((resolve) => setTimeout(resolve, 6_500));
    expect(ana.session.peers[0]).to.include({quality: 'lost', present: false});
    expect(heard).to.have.length(1);
    await again.session.resume();
    await until(() => [ana, again].every(isConnected), 'connected');
  });

  it('goes on when both sides reload at once', async () => {
    const {ana, ben} = await inCall();
    const ids = [ana, ben].map(({session}) => session.self!.peerId);
    const pages = [
      reload(ana, {}, [suite.connections.all[0]]),
      reload(ben, {}, [suite.connections.all[1]]),
    ];
    const heard = pages.map(({session}) => record(session, ['peer-left', 'call-request']));
    await Promise.all(pages.map(({session}) => session.resume()));
    await until(() => pages.every(isConnected), 'connected');
    expect(pages.map(({session}) => session.self!.peerId)).to.deep.equal(ids);
    await framesGrow(pages[0]!.session, ids[1]!);
    await framesGrow(pages[1]!.session, ids[0]!);
    expect(heard).to.deep.equal([[], []]);
  });

  it('knocks on while a page is reloaded that knocks: the same knock, asked about once', async () => {
    const ana = person('Ana', {media: 'data'});
    await ana.session.join('support');
    const ben = person('Ben', {media: 'data'});
    await ben.session.join('support');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    const [knock] = ana.session.incoming;
    const heard = record(ana.session, ['call-request', 'call-ended']);
    const again = reload(ben, {});
    await again.session.join('support');
    expect(again.session.status).to.equal('knocking');
    expect(ana.session.incoming.map(({id}) => id)).to.deep.equal([knock!.id]);
    await ana.session.accept();
    await until(() => [ana, again].every(isConnected), 'connected');
    expect(heard).to.deep.equal([]);
  });
});
