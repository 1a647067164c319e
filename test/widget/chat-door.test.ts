/** The panel of the files cannot be had: who is told of that, and who is not any more. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import type {CallContext} from '../../widget/call-surface.js';
import {ChatDoor} from '../../widget/chat-door.js';
import type {NoticeList} from '../../widget/notice-list.js';
import type {SidePanels} from '../../widget/side-panels.js';

/** A door whose panel of the files is wanted, and is on its way until it fails. */
function failing() {
  const screens = new AbortController();
  const reported: CallError[] = [];
  const requests: ((reason: Error) => void)[] = [];
  const session = Object.assign(new EventTarget(), {
    state: {status: 'left'},
    chat: [],
    transfers: [],
  });
  const context = {
    host: Object.assign(document.createElement('div'), {requestUpdate: () => undefined}),
    session,
    page: () => ({media: 'video'}),
    onChunk: () => undefined,
    report: (error: CallError) => reported.push(error),
  } as unknown as CallContext;
  const panels = {open: 'files'} as SidePanels;
  const load = (): Promise<never> => new Promise((_, reject) => requests.push(reject));
  const door = new ChatDoor(context, {} as NoticeList, panels, screens.signal, [], load);
  door.updated();
  const fail = async (): Promise<void> => {
    requests.at(-1)!(new TypeError('no such module'));
    await new Promise((resolve) => setTimeout(resolve));
  };
  return {door, panels, screens, reported, requests, fail};
}

describe('a panel of the files that cannot be had', () => {
  it('is told to whoever waits for it, closed, and asked for again at the next press', async () => {
    const {door, panels, reported, requests, fail} = failing();
    await fail();
    const [error] = reported;
    expect([error!.code, (error!.cause as Error).message]).to.deep.equal([
      'relay-unreachable',
      'no such module',
    ]);
    expect(panels.open).to.equal(null);
    panels.open = 'files';
    door.updated();
    expect(requests.length).to.equal(2);
  });

  it('is not told to whoever has closed it, or opened another, meanwhile', async () => {
    for (const open of [null, 'chat'] as const) {
      const {panels, reported, fail} = failing();
      panels.open = open;
      await fail();
      expect([reported.length, panels.open]).to.deep.equal([0, open]);
    }
  });

  it('is not told when the screens are gone', async () => {
    const {screens, reported, fail} = failing();
    screens.abort();
    await fail();
    expect(reported.length).to.equal(0);
  });
});
