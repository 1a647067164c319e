/** What the page hears: every event of a call, bubbling out of shadow roots, and errors once. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {ELEMENT_EVENTS} from '../../widget/events.js';
import {buttonOf, overlayOf, remove, roomAt, roomWith, until} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';
import {FakeSession, fakeKnock, fakePeer} from '../support/widget-session.js';

const screen = (name: string) => {
  const found = SCREENS.find((each) => each.name === name);
  if (!found) throw new Error(name);
  return found;
};

describe('events', () => {
  const heard: CustomEvent[] = [];
  const hear = (event: Event): void => void heard.push(event as CustomEvent);
  beforeEach(() => {
    heard.length = 0;
    for (const name of ELEMENT_EVENTS) document.addEventListener(name, hear);
  });
  afterEach(() => {
    for (const name of ELEMENT_EVENTS) document.removeEventListener(name, hear);
    remove();
  });
  const last = (type: string): CustomEvent | undefined =>
    heard.filter((event) => event.type === type).at(-1);

  it('bubble and are composed: a listener on the document hears them', async () => {
    const element = await roomAt(screen('waiting'));
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('ana')});
    expect(last('peer-joined')).to.include({bubbles: true, composed: true, target: element});
    expect(last('status-changed')?.detail).to.deep.equal({status: 'in-call', previous: 'waiting'});
  });

  it('status and data-status are what a listener of status-changed is told', async () => {
    const element = await roomWith({room: 'attic'});
    const seen: unknown[] = [];
    element.addEventListener('status-changed', ({detail}) => {
      seen.push([detail.status, element.status, element.dataset['status']]);
    });
    await element.join();
    expect(seen).to.deep.equal([Array(3).fill('acquiring-media')]);
  });

  it('call-request that nobody cancels shows the prompt', async () => {
    const element = await roomAt(screen('waiting'));
    FakeSession.last.dispatch({type: 'invitation-received', invitation: fakeKnock('k', 'Ana')});
    await element.updateComplete;
    expect(last('call-request')).to.include({cancelable: true, defaultPrevented: false});
    expect(Boolean(element.shadowRoot?.querySelector('[role=alertdialog]'))).to.equal(true);
  });

  it('call-request that is cancelled shows none, and accept(id) still answers', async () => {
    const element = await roomAt(screen('waiting'));
    element.addEventListener('call-request', (event) => {
      event.preventDefault();
    });
    FakeSession.last.dispatch({type: 'invitation-received', invitation: fakeKnock('k', 'Ana')});
    await element.updateComplete;
    expect(Boolean(element.shadowRoot?.querySelector('[role=alertdialog]'))).to.equal(false);
    expect(element.incoming).to.have.length(1);
    await element.accept('k');
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['accept', 'k']);
  });

  it('a failed method rejects and fires nothing', async () => {
    const element = await roomAt(screen('call-1'));
    FakeSession.last.nextError = new CallError('media-in-use');
    const error: unknown = await element.toggleCamera().catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'media-in-use');
    expect(last('call-error')).to.equal(undefined);
  });

  it('a failed click is a call-error, told in words as well', async () => {
    const element = await roomAt(screen('call-1'));
    FakeSession.last.nextError = new CallError('media-in-use');
    buttonOf(element, 'Turn camera off').click();
    await until(() => last('call-error') !== undefined, 'call-error');
    await overlayOf(element);
    const notice = (): Element | null | undefined =>
      element.shadowRoot?.querySelector('[part=notice]');
    await until(() => Boolean(notice()), 'the words');
    expect(heard.filter(({type}) => type === 'call-error')).to.have.length(1);
    expect(notice()?.textContent).to.contain('in use by another program');
  });

  it('join() without a room rejects with room-required, says so, and leads back to the form', async () => {
    const element = await roomWith();
    const error: unknown = await element.join().catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'room-required');
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.contain(
      "You haven't selected a room name, you can return to homepage and choose one in order to create a new room or join existing",
    );
    buttonOf(element, 'Choose a room').click();
    await element.updateComplete;
    expect(element.status).to.equal('idle');
    expect(Boolean(element.shadowRoot?.querySelector('[part~=form]'))).to.equal(true);
  });
});
