/** A page that is reloaded in the middle of a file: its peer id stays, all that it knew is gone. */
import {expect} from 'chai';
import {next, until} from '../support/calls.js';
import {codeOf, fileOf, sha256, talkSuite, type Two} from '../support/talk-suite.js';

describe('a reload', () => {
  const suite = talkSuite();

  /** What a reload leaves behind: no good-bye, closed connections, a token in sessionStorage. */
  function reload(two: Two, who: 'ana' | 'ben'): ReturnType<typeof suite.calls.person> {
    const person = two.people[who];
    person.client().cut();
    person.client().close();
    two.connectionOf(who).close();
    person.session.dispose();
    return suite.calls.person(who, {relayUrl: person.relayUrl, media: 'data'});
  }

  function whenLoaded(two: Two, bytes: number): Promise<void> {
    return until(() => (two.ben.transfers[0]?.loaded ?? 0) >= bytes, `${bytes} bytes`);
  }

  it('of the receiver begins the file anew, in the same transfer', async () => {
    const two = await suite.two();
    const file = fileOf(40_000_000);
    const sent = two.ana.sendFile(file);
    await whenLoaded(two, 2_000_000);
    const {session: again} = reload(two, 'ben');
    const received = next(again, 'file-received');
    await again.join('support');
    expect(again.self!.peerId).to.equal(two.benId);
    await sent;
    expect(await sha256(await (await received).file.arrayBuffer())).to.equal(
      await sha256(await file.arrayBuffer()),
    );
    expect(two.ana.transfers).to.have.length(1);
    expect(two.ana.transfers[0]).to.include({status: 'done', loaded: file.size});
  });

  it('of the sender ends the file for the receiver', async () => {
    const two = await suite.two();
    const code = codeOf(two.ana.sendFile(fileOf(40_000_000)));
    await whenLoaded(two, 2_000_000);
    const {session: again} = reload(two, 'ana');
    expect(await code).to.equal('aborted');
    await again.join('support');
    await until(() => two.ben.transfers[0]!.status === 'failed', 'Ben hears of it');
    await again.sendFile(fileOf(10));
    expect(two.ben.transfers.map(({status}) => status)).to.deep.equal(['failed', 'done']);
  });
});
