/** When the code for chat, messages and files is fetched: not for the first picture, and not too late. One test, for a page loads it once. */
import {expect} from 'chai';
import {until} from '../support/calls.js';
import {talkSuite} from '../support/talk-suite.js';

describe('the conversation', () => {
  const suite = talkSuite();

  it('is not loaded for the beginning of a call, but before it could be too late', async () => {
    const isLoaded = (): boolean =>
      performance
        .getEntriesByType('resource')
        .some(({name}) => name.includes('/widget/call/conversation.'));
    await suite.two();
    expect(isLoaded()).to.equal(false);
    await until(isLoaded, 'the code is fetched although nobody has said anything');
  });
});
