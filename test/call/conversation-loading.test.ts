/** When the code for chat, messages and files is fetched: not for the first picture, and not too late. The first test must be the first, for a page loads it once. */
import {expect} from 'chai';
import {record, statusOf, until} from '../support/calls.js';
import {heldTimers} from '../support/held-timers.js';
import {codeOf, talkSuite} from '../support/talk-suite.js';

describe('the conversation', () => {
  const suite = talkSuite();
  const timers = heldTimers();

  it('is not loaded for the beginning of a call, but before it could be too late', async () => {
    const isLoaded = (): boolean =>
      performance
        .getEntriesByType('resource')
        .some(({name}) => name.includes('/widget/call/conversation.'));
    timers.hold(5_000);
    await suite.two();
    expect(isLoaded()).to.equal(false);
    timers.fire();
    await until(isLoaded, 'the code is fetched although nobody has said anything');
  });

  it('says nothing any more if the call ends while it is being loaded', async () => {
    const {ana, ben} = await suite.two();
    const heard = record(ben, ['chat-received', 'message-received', 'file-received']);
    const codes = [ana.sendChat('x'), ana.send('x'), ana.sendFile(new Blob(['x']))].map(codeOf);
    ana.setTyping(true);
    await ana.leave();
    expect(await Promise.all(codes)).to.deep.equal(['aborted', 'aborted', 'aborted']);
    await statusOf(ben, 'waiting');
    expect(heard).to.deep.equal([]);
    expect([ana.chat, ana.transfers, ben.typing]).to.deep.equal([[], [], []]);
  });
});
