/** Several tabs that ring for one invitation: frames of one origin, which share its Web Locks as tabs do. */
import {expect} from 'chai';
import type {Ringer} from '../../widget/ringing/ringer.js';
import {RING, RING_BACK} from '../../widget/ringing/tones.js';
import {until} from '../support/calls.js';
import {RingingPage} from '../support/ringing-page.js';

interface Tab {
  readonly page: RingingPage;
  readonly ringer: Ringer;
  /** As if the person had closed it: nothing is stopped or disposed of. */
  close(): void;
}

describe('tabs with the same invitation', () => {
  const tabs: Tab[] = [];
  let id: string;
  beforeEach(() => {
    id = crypto.randomUUID();
  });
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.close();
  });

  const open = async (prepare?: (page: RingingPage) => void): Promise<Tab> => {
    const tab = await openTab(prepare);
    tabs.push(tab);
    return tab;
  };
  const ring = ({ringer}: Tab, kind: 'incoming' | 'ring-back' = 'incoming'): void =>
    ringer.ring({id, kind, text: 'Ana is calling you'});
  const rings = ({page}: Tab): Promise<void> =>
    until(() => page.playing.join() === String(RING.duration), 'the tab to ring');
  /** Whoever asks for the lock now is behind everybody who rings. */
  const everybodyHasAsked = (waiting: number): Promise<void> =>
    until(
      async () => {
        const {held = [], pending = []} = await navigator.locks.query();
        const name = `video-chat-room:ring:${id}`;
        const count = [...held, ...pending].filter((lock) => lock.name === name).length;
        return count === waiting;
      },
      `${String(waiting)} tabs to have asked`,
    );

  it('are heard in one of them, all flash', async () => {
    const [first, second] = [await open(), await open()];
    second.page.isHidden = true;
    ring(first);
    ring(second);
    await rings(first);
    await everybodyHasAsked(2);
    expect(second.page.playing).to.deep.equal([]);
    expect(second.page.notifications).to.have.length(0);
    expect(second.page.page.document.title).to.equal('Ana is calling you');
  });

  it('are heard in the next one when that one is closed in the middle of the ring', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    ring(first);
    await rings(first);
    ring(second);
    await everybodyHasAsked(2);
    ring(third);
    await everybodyHasAsked(3);
    second.page.isHidden = true;
    expect(second.page.notifications).to.have.length(0);
    first.close();
    await rings(second);
    expect(second.page.openNotifications).to.have.length(1);
    expect(third.page.playing).to.deep.equal([]);
    // Not only told to: it is heard.
    await until(() => second.page.isHeard, 'the second tab to be heard');
  });

  it('are heard in none that has stopped while it waited', async () => {
    const [first, second] = [await open(), await open()];
    ring(first);
    await rings(first);
    ring(second);
    await everybodyHasAsked(2);
    second.ringer.stop(id);
    await everybodyHasAsked(1);
    first.ringer.stop(id);
    await everybodyHasAsked(0);
    expect(second.page.playing).to.deep.equal([]);
    expect(second.page.contexts).to.have.length(0);
  });

  it('are heard in the one that is seen, though another was told first', async () => {
    const [hidden, seen] = [await open(), await open()];
    hidden.page.isHidden = true;
    ring(hidden);
    ring(seen);
    await rings(seen);
    await everybodyHasAsked(2);
    expect(hidden.page.playing).to.deep.equal([]);
  });

  it('are heard in a hidden one if there is no other', async () => {
    const hidden = await open();
    hidden.page.isHidden = true;
    ring(hidden);
    await rings(hidden);
    expect(hidden.page.openNotifications).to.have.length(1);
  });

  it('leave no turn to one that is over in the moment of its turn', async () => {
    const tab = await open();
    ring(tab);
    tab.ringer.stop(id);
    await everybodyHasAsked(0);
    expect(tab.page.playing).to.deep.equal([]);
  });

  it('give back a lock that is granted in the moment in which the ring ends', async () => {
    let grant: (() => unknown) | undefined;
    const tab = await open(({page}) => {
      page.navigator.locks.request = (...args: unknown[]) => {
        grant = args.at(-1) as () => unknown;
        return new Promise<never>(() => undefined);
      };
    });
    ring(tab);
    tab.ringer.stop(id);
    // A lock is held for as long as this takes.
    await grant!();
    expect(tab.page.playing).to.deep.equal([]);
  });

  it('are heard at both ends when somebody calls from one tab to the other', async () => {
    const [caller, called] = [await open(), await open()];
    ring(caller, 'ring-back');
    ring(called);
    await rings(called);
    expect(caller.page.playing).to.deep.equal([RING_BACK.duration]);
  });

  it('are heard one by one for different invitations', async () => {
    const [first, second] = [await open(), await open()];
    ring(first);
    id = crypto.randomUUID();
    ring(second);
    await rings(first);
    await rings(second);
  });

  it('are all heard where there are no locks, or they are refused', async () => {
    const without = await open((page) => page.without(page.page.navigator, 'locks'));
    const refused = await open(({page}) => {
      page.navigator.locks.request = () =>
        Promise.reject(new DOMException('not here', 'SecurityError'));
    });
    ring(without);
    ring(refused);
    await rings(without);
    await rings(refused);
  });
});

async function openTab(prepare?: (page: RingingPage) => void): Promise<Tab> {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const window = frame.contentWindow as Window & typeof globalThis & {Ringer?: new () => Ringer};
  const page = new RingingPage(window);
  prepare?.(page);
  const script = window.document.createElement('script');
  script.type = 'module';
  script.textContent = `import {Ringer} from '${location.origin}/widget/ringing/ringer.ts';
    globalThis.Ringer = Ringer;`;
  window.document.head.append(script);
  await until(() => window.Ringer, 'the tab to load the ringer');
  return {page, ringer: new window.Ringer!(), close: () => frame.remove()};
}
