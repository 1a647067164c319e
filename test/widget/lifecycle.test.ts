/** When the element joins and leaves by itself: auto-join, DOM moves, removal, an engine on its way. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {isActive} from '../../widget/call/call-state.js';
import type {Engine} from '../../widget/call-surface.js';
import {TestRoom, engine, remove, roomWith, shadowOf, until} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const namesOf = (session: FakeSession): string[] => session.calls.map(([name]) => name);

/** Ends the call at once, as the real one does, and takes its time to tell the others. */
class SlowSession extends FakeSession {
  override async leave(): Promise<void> {
    if (isActive(this.state)) this.dispatch({type: 'ended', reason: 'left'});
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  override dispose(): void {
    void this.leave();
    super.dispose();
  }
}

/** Delivers the engine when told to. */
function holdEngine(): () => void {
  let deliver: (engine: Engine) => void = () => undefined;
  TestRoom.loadEngine = () => new Promise((resolve) => (deliver = resolve));
  return () => {
    deliver(engine);
  };
}

describe('lifecycle', () => {
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });
  afterEach(() => {
    TestRoom.loadEngine = () => Promise.resolve(engine);
    remove();
  });

  it('auto-join joins without a click', async () => {
    const element = await roomWith({room: 'attic', 'auto-join': ''});
    await until(() => element.status === 'acquiring-media', 'joining');
    expect(FakeSession.last.calls).to.deep.equal([['join', 'attic']]);
  });

  it('auto-join joins once the room is set', async () => {
    const element = await roomWith({'auto-join': ''});
    expect(FakeSession.sessions).to.have.length(0);
    element.room = 'attic';
    await until(() => element.status === 'acquiring-media', 'joining');
  });

  it('a room that changes during a call leaves the call alone', async () => {
    const element = await roomWith({room: 'attic', 'auto-join': ''});
    await until(() => element.status === 'acquiring-media', 'joining');
    element.room = 'cellar';
    await element.updateComplete;
    await nextTask();
    expect(FakeSession.last.calls).to.deep.equal([['join', 'attic']]);
    expect(element.currentRoom).to.equal('attic');
  });

  it('a room that changes after a call clears the card about the old one', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    await element.leave();
    element.room = 'cellar';
    await element.updateComplete;
    await element.updateComplete;
    expect(element.status).to.equal('idle');
    expect(element.shadowRoot?.textContent).to.contain('Room cellar');
  });

  it('a join() right after a change of room is not undone by it', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    await element.leave();
    element.room = 'cellar';
    await element.join();
    await element.updateComplete;
    expect(element.status).to.equal('acquiring-media');
    expect(element.currentRoom).to.equal('cellar');
  });

  it('moving the element does not hang up', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await nextTask();
    expect(namesOf(FakeSession.last)).to.deep.equal(['join']);
    expect(element.status).to.equal('acquiring-media');
    elsewhere.remove();
  });

  it('removing the element leaves the call and lets everything go', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    element.remove();
    await until(() => FakeSession.last.isDisposed, 'disposed');
    expect(namesOf(FakeSession.last)).to.deep.equal(['join', 'leave', 'dispose']);
    expect(element.status).to.equal('idle');
  });

  it('mounting twice, as React StrictMode does, joins once and stays', async () => {
    const element = document.createElement('test-chat-room') as TestRoom;
    element.room = 'attic';
    element.autoJoin = true;
    document.body.append(element);
    element.remove();
    document.body.append(element);
    await until(() => element.status === 'acquiring-media', 'joining');
    await nextTask();
    expect(FakeSession.sessions).to.have.length(1);
    expect(namesOf(FakeSession.last)).to.deep.equal(['join']);
  });

  it('an element put back after its removal joins anew if it joins by itself', async () => {
    const element = await roomWith({room: 'attic', 'auto-join': ''});
    await until(() => element.status === 'acquiring-media', 'joining');
    element.remove();
    await until(() => FakeSession.last.isDisposed, 'disposed');
    document.body.append(element);
    await until(() => element.status === 'acquiring-media', 'joining again');
    expect(FakeSession.sessions).to.have.length(2);
  });

  it('an element put back while its good-bye is under way joins anew as well', async () => {
    TestRoom.loadEngine = () => Promise.resolve({...engine, CallSession: SlowSession});
    const element = await roomWith({room: 'attic', 'auto-join': ''});
    await until(() => element.status === 'acquiring-media', 'joining');
    element.remove();
    await until(() => element.status === 'left', 'left');
    document.body.append(element);
    await until(() => element.status === 'acquiring-media', 'joining again');
    // The first good-bye is over by then.
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(element.status).to.equal('acquiring-media');
  });

  it('an element that is moved after somebody has left does not join by itself', async () => {
    const element = await roomWith({room: 'attic', 'auto-join': ''});
    await until(() => element.status === 'acquiring-media', 'joining');
    await element.leave();
    document.body.append(element);
    await nextTask();
    expect(element.status).to.equal('left');
  });

  it('a room that changes after a call is joined by auto-join', async () => {
    const element = await roomWith({room: 'attic', 'auto-join': ''});
    await until(() => element.status === 'acquiring-media', 'joining');
    await element.leave();
    element.room = 'cellar';
    await until(() => element.currentRoom === 'cellar', 'the new room');
    expect(element.status).to.equal('acquiring-media');
  });

  it('a call that is cut off tells its end before the rest', async () => {
    TestRoom.loadEngine = () =>
      Promise.resolve({
        ...engine,
        CallSession: class extends SlowSession {
          override async leave(): Promise<void> {
            if (this.isDisposed) return super.leave();
            throw new CallError('internal');
          }

          override dispose(): void {
            this.isDisposed = true;
            super.dispose();
          }
        },
      });
    const element = await roomWith({room: 'attic'});
    await element.join();
    const heard: unknown[] = [];
    element.addEventListener('status-changed', ({detail: {status, previous}}) => {
      heard.push([previous, status]);
    });
    element.remove();
    await until(() => element.status === 'idle', 'at rest');
    expect(heard).to.deep.equal([
      ['acquiring-media', 'left'],
      ['left', 'idle'],
    ]);
  });

  it('join() again while the engine loads is the same join', async () => {
    const deliver = holdEngine();
    const element = await roomWith({room: 'attic'});
    const joins = [element.join(), element.join()];
    deliver();
    await Promise.all(joins);
    expect(FakeSession.last.calls).to.deep.equal([['join', 'attic']]);
  });

  it('join() for another room overtakes one that waits for the engine', async () => {
    const deliver = holdEngine();
    const element = await roomWith({room: 'attic'});
    const first = element.join().catch((error: unknown) => error);
    const second = element.join('cellar');
    deliver();
    await second;
    expect(await first).to.have.property('code', 'aborted');
    expect(FakeSession.last.calls).to.deep.equal([['join', 'cellar']]);
  });

  it('leave() while the engine loads ends the join with "aborted"', async () => {
    const deliver = holdEngine();
    const element = await roomWith({room: 'attic'});
    const joining = element.join().catch((error: unknown) => error);
    await element.leave();
    deliver();
    expect(await joining).to.have.property('code', 'aborted');
    expect(FakeSession.sessions).to.have.length(0);
    expect(element.status).to.equal('idle');
  });

  it('an engine that cannot be loaded fails the join in words, and the next try loads again', async () => {
    TestRoom.loadEngine = () => Promise.reject(new TypeError('offline'));
    const element = await roomWith({room: 'attic'});
    const error: unknown = await element.join().catch((thrown: unknown) => thrown);
    expect(error).to.include({code: 'relay-unreachable', fatal: true});
    await element.updateComplete;
    expect(element.status).to.equal('failed');
    expect(element.shadowRoot?.textContent).to.contain('The call server cannot be reached');
    TestRoom.loadEngine = () => Promise.resolve(engine);
    await element.join();
    expect(element.status).to.equal('acquiring-media');
  });

  it('the engine is fetched on intent, not before', async () => {
    let loads = 0;
    TestRoom.loadEngine = () => {
      loads++;
      return Promise.resolve(engine);
    };
    const element = await roomWith({room: 'attic'});
    expect(loads).to.equal(0);
    element.dispatchEvent(new Event('pointerenter'));
    element.shadowRoot?.querySelector('button')?.focus();
    expect(loads).to.equal(1);
  });

  it('the way to the relay is opened on intent, not before, and nothing is seen of it', async () => {
    const element = await roomWith({room: 'attic'});
    await nextTask();
    expect(FakeSession.sessions).to.have.length(0);
    const before = shadowOf(element).querySelector('.main')!.innerHTML;
    element.dispatchEvent(new Event('pointerenter'));
    await until(() => FakeSession.sessions[0]?.warmUps === 1, 'warming up');
    await element.updateComplete;
    expect(element.status).to.equal('idle');
    expect(shadowOf(element).querySelector('.main')!.innerHTML).to.equal(before);
    await element.join();
    expect(FakeSession.sessions).to.have.length(1);
    expect(FakeSession.last.calls).to.deep.equal([['join', 'attic']]);
  });

  it('intent alone tells nobody that something is wrong', async () => {
    const errors: unknown[] = [];
    const element = await roomWith({room: 'attic', 'relay-url': 'ftp://example.com'});
    element.addEventListener('call-error', ({detail}) => errors.push(detail));
    element.dispatchEvent(new Event('pointerenter'));
    await nextTask();
    TestRoom.loadEngine = () => Promise.reject(new Error('offline'));
    const other = await roomWith({room: 'attic'});
    other.addEventListener('call-error', ({detail}) => errors.push(detail));
    other.dispatchEvent(new Event('focusin'));
    await nextTask();
    expect(errors).to.deep.equal([]);
    expect([element.status, other.status]).to.deep.equal(['idle', 'idle']);
    expect(FakeSession.sessions).to.have.length(0);
  });

  it('an element that is gone before its engine has come opens nothing', async () => {
    const deliver = holdEngine();
    const element = await roomWith({room: 'attic'});
    element.dispatchEvent(new Event('pointerenter'));
    element.remove();
    deliver();
    await nextTask();
    expect(FakeSession.sessions).to.have.length(0);
  });

  it('methods that need a call reject with "not-in-room" without one', async () => {
    const element = await roomWith();
    for (const method of ['accept', 'decline', 'toggleCamera', 'toggleMicrophone'] as const) {
      const error: unknown = await element[method]().catch((thrown: unknown) => thrown);
      expect(error, method).to.have.property('code', 'not-in-room');
    }
    await element.leave();
    expect(await element.getStats()).to.have.property('size', 0);
  });
});
