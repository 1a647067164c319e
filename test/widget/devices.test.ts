/** Devices as the page and the person meet them at the element: chosen with and without a call. */
import {expect} from 'chai';
import type {Engine} from '../../widget/call-surface.js';
import {TestRoom, engine, remove, roomWith} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';

describe('devices', () => {
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });
  afterEach(() => {
    TestRoom.loadEngine = () => Promise.resolve(engine);
    remove();
  });

  it('one that is chosen before a call makes no session, and no call fail', async () => {
    const chosen: unknown[] = [];
    const own: Engine = {
      ...engine,
      selectDevice: (...device) => Promise.resolve(void chosen.push(device)),
    };
    TestRoom.loadEngine = () => Promise.resolve(own);
    const element = await roomWith({room: 'attic'});
    await element.selectDevice('audioinput', 'headset');
    expect(chosen).to.deep.equal([['audioinput', 'headset']]);
    expect(FakeSession.sessions).to.have.length(0);
    expect(element.status).to.equal('idle');
  });

  it('one that is chosen in a call is the session’s', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    await element.selectDevice('videoinput', 'stick');
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['selectDevice', 'videoinput', 'stick']);
  });

  it('tells the page which device is used', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    const heard: unknown[] = [];
    element.addEventListener('device-changed', ({detail}) => heard.push(detail));
    const change = {
      kind: 'audioinput',
      deviceId: 'built-in',
      label: 'Built-in',
      reason: 'lost',
      former: 'Headset',
    } as const;
    FakeSession.last.emit('device-changed', change);
    expect(heard).to.deep.equal([change]);
  });
});
