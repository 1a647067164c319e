/** A page that loads in a tab that was in a call: what it shows, and what it does not do before that. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import type {RememberedCall} from '../../widget/call/remembered-call.js';
import type {Engine} from '../../widget/call-surface.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {
  TestRoom,
  buttonOf,
  engine,
  findButton,
  remove,
  roomWith,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';

const RELAY = 'https://relay.example/';

/** What the page before has left in the tab. */
function remember(change: Partial<RememberedCall> = {}): void {
  const call: RememberedCall = {
    relayUrl: RELAY,
    room: 'attic',
    ownRoom: undefined,
    displayName: 'Noor',
    options: {},
    at: Date.now(),
    ...change,
  };
  sessionStorage.setItem(`video-chat-room:identity:${call.relayUrl}#1`, JSON.stringify({call}));
  FakeSession.remembered = {room: call.room};
}

const page = (attributes: Record<string, string> = {}): ReturnType<typeof roomWith> =>
  roomWith({'relay-url': RELAY, ...attributes});
const shows = (element: Element, text: string): boolean =>
  shadowOf(element).querySelector('.main')?.textContent?.includes(text) === true;
const namesOf = (session: FakeSession): string[] => session.calls.map(([name]) => name);

describe('a page in a tab that was in a call', () => {
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });
  afterEach(() => {
    TestRoom.loadEngine = () => Promise.resolve(engine);
    FakeSession.remembered = null;
    sessionStorage.clear();
    remove();
  });

  for (const [kind, attributes] of Object.entries({
    'without a room': {},
    'for its room': {room: 'attic'},
    'that joins its room by itself': {room: 'attic', 'auto-join': ''},
    'with people': {directory: 'office'},
  })) {
    it(`${kind} goes back into it, and shows that from the first moment`, async () => {
      let deliver: (engine: Engine) => void = () => undefined;
      TestRoom.loadEngine = () => new Promise((resolve) => (deliver = resolve));
      remember();
      const element = await page(attributes);
      await element.updateComplete;
      expect(shows(element, 'Back to your call…')).to.equal(true);
      expect(findButton(element, 'Join')).to.equal(undefined);
      deliver(engine);
      await until(() => element.status === 'joining', 'joining');
      await element.updateComplete;
      expect(namesOf(FakeSession.last)).to.deep.equal(['resume']);
      FakeSession.last.dispatch({
        type: 'seated',
        room: 'attic',
        capacity: 2,
        peers: [],
        incoming: [],
      });
      await element.updateComplete;
      expect(element.status).to.equal('waiting');
      expect(shows(element, 'Back to your call…')).to.equal(false);
    });
  }

  it('says the same until there is a seat, to eye and ear, and can be stopped', async () => {
    remember();
    const {resume} = FakeSession.prototype;
    // The answer of the relay takes its time.
    FakeSession.prototype.resume = async function (this: FakeSession): Promise<boolean> {
      this.dispatch({type: 'join-started', room: 'attic', asksForMedia: false});
      await new Promise((resolve) => this.addEventListener('state-changed', resolve));
      throw CallError.aborted();
    };
    try {
      const element = await page({room: 'attic', 'auto-join': ''});
      await until(() => element.status === 'joining', 'joining');
      await element.updateComplete;
      expect(shows(element, 'Back to your call…')).to.equal(true);
      expect(shadowOf(element).querySelector('p[role=status]')?.textContent).to.contain(
        'Back to your call…',
      );
      buttonOf(element, 'Cancel').click();
      await until(() => element.status === 'left', 'left');
      await element.updateComplete;
      expect(namesOf(FakeSession.last), 'it does not join').to.deep.equal(['leave']);
    } finally {
      FakeSession.prototype.resume = resume;
    }
  });

  it('has the name again that was typed in', async () => {
    remember();
    const element = await page();
    await until(() => element.status === 'joining', 'joining');
    expect(FakeSession.last.options.displayName).to.equal('Noor');
  });

  it('that turns out to be over goes on as it would have', async () => {
    remember();
    FakeSession.remembered = null;
    const element = await page({room: 'attic'});
    await until(() => FakeSession.sessions.length === 1, 'the session');
    await until(() => findButton(element, 'Join') !== undefined, 'the card');
    expect(element.status).to.equal('idle');
    const joining = await page({room: 'attic', 'auto-join': ''});
    await until(() => joining.status === 'acquiring-media', 'it joins');
    expect(namesOf(FakeSession.last)).to.deep.equal(['resume', 'join']);
  });

  for (const [kind, attributes, change] of [
    ['for another room', {room: 'cellar'}, {}],
    ['that does not want it', {resume: 'off'}, {}],
    ['that does not want it, in other words', {resume: 'false'}, {}],
    ['of another relay', {}, {relayUrl: 'https://other.example/'}],
    ['half a minute later', {}, {at: Date.now() - 31_000}],
  ] as const) {
    it(`${kind} stays at rest`, async () => {
      remember(change);
      const element = await page(attributes);
      await element.updateComplete;
      expect(element.status).to.equal('idle');
      expect(FakeSession.sessions).to.have.length(0);
      expect(findButton(element, 'Join') === undefined).to.equal(false);
    });
  }

  it('whose room was chosen by a script goes back there from the page that it was for', async () => {
    remember({ownRoom: 'cellar'});
    const element = await page({room: 'cellar'});
    await until(() => element.status === 'joining', 'joining');
    expect(element.currentRoom).to.equal('attic');
  });

  it('keeps to what a script has said before it', async () => {
    let deliver: (engine: Engine) => void = () => undefined;
    TestRoom.loadEngine = () => new Promise((resolve) => (deliver = resolve));
    remember();
    const element = await page({room: 'attic', 'auto-join': ''});
    await element.leave();
    deliver(engine);
    await until(() => findButton(element, 'Join') !== undefined, 'the card');
    expect(element.status).to.equal('idle');
    expect(FakeSession.sessions).to.have.length(0);
  });

  it('does not take it up in place of a room for which a script has asked at once', async () => {
    remember();
    const element = document.createElement('test-chat-room') as VideoChatRoom;
    element.relayUrl = RELAY;
    document.body.append(element);
    await element.join('kitchen');
    await element.updateComplete;
    expect(namesOf(FakeSession.last)).to.deep.equal(['join']);
    expect(FakeSession.last.calls[0]?.[1]).to.equal('kitchen');
  });

  it('tells a resume that is no boolean', async () => {
    const element = await page({resume: 'off'});
    expect(element.resume).to.equal(false);
    element.removeAttribute('resume');
    expect(element.resume).to.equal(true);
    await element.join('attic');
    expect(FakeSession.last.options.resume).to.equal(true);
    element.resume = 'off' as never;
    await element.updateComplete;
    expect(FakeSession.last.options.resume).to.equal(false);
  });
});
