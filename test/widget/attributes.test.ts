/** What the element makes of its attributes and properties, and when they reach the call. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {TAG, TestRoom, buttonOf, remove, roomWith, until} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';

afterEach(remove);

describe('attributes', () => {
  it('become the options of the next join', async () => {
    const element = await roomWith({
      'relay-url': 'https://relay.example/base/',
      room: 'attic',
      token: 'signed',
      'display-name': 'Ana',
      media: 'audio',
      capacity: '5',
      'auto-accept': '',
      'no-camera': '',
      'no-microphone': '',
      'ring-timeout': '20',
      'ice-transport-policy': 'relay',
    });
    element.iceServers = [{urls: 'stun:stun.example'}];
    element.metadata = {seat: 7};
    await element.join();
    expect(FakeSession.last.options).to.deep.include({
      relayUrl: 'https://relay.example/base/',
      token: 'signed',
      displayName: 'Ana',
      media: 'audio',
      capacity: 5,
      autoAccept: true,
      noCamera: true,
      noMicrophone: true,
      ringTimeout: 20,
      iceTransportPolicy: 'relay',
      iceServers: [{urls: 'stun:stun.example'}],
      metadata: {seat: 7},
    });
    expect(FakeSession.last.calls[0]).to.deep.equal(['join', 'attic']);
  });

  it('go for what is asked for right after they were set', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    element.noCamera = true;
    const accepted = element.accept();
    expect(FakeSession.last.calls.at(-1)?.[0]).to.equal('accept');
    expect(FakeSession.last.options.noCamera).to.equal(true);
    await accepted;
  });

  it('of a room that was just set do not hide that joining it has failed before anything was drawn', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    await element.leave();
    await element.updateComplete;
    element.room = 'cellar';
    await element.join();
    const error = new CallError('room-full', '', {fatal: true});
    FakeSession.last.dispatch({type: 'failed', room: 'cellar', error});
    await element.updateComplete;
    expect(element.status).to.equal('failed');
    expect(element.shadowRoot?.textContent).to.contain('full');
  });

  for (const [name, value, property, fallback] of [
    ['capacity', 'abc', 'capacity', 2],
    ['capacity', '1', 'capacity', 2],
    ['capacity', '1000', 'capacity', 2],
    ['media', 'film', 'media', 'video'],
    ['ring-timeout', 'soon', 'ringTimeout', 60],
    ['ring-timeout', '-1', 'ringTimeout', 60],
    ['ice-transport-policy', 'none', 'iceTransportPolicy', 'all'],
  ] as const) {
    it(`${name}="${value}" falls back to ${String(fallback)}`, async () => {
      const element = await roomWith({[name]: value});
      expect(element[property]).to.equal(fallback);
    });
  }

  it('a wrong value set as a property falls back too', async () => {
    const element = await roomWith({room: 'attic'});
    Object.assign(element, {media: 'film', capacity: NaN, ringTimeout: 'x'});
    await element.join();
    expect(FakeSession.last.options).to.deep.include({
      media: 'video',
      capacity: 2,
      ringTimeout: 60,
    });
  });

  for (const nothing of [undefined, null]) {
    it(`properties that are unset to ${String(nothing)} are the defaults`, async () => {
      const element = await roomWith({room: 'attic'});
      Object.assign(element, {strings: nothing, iceServers: nothing, metadata: nothing});
      await element.updateComplete;
      expect(element.shadowRoot?.textContent).to.contain('Room attic');
      await element.join();
      expect(FakeSession.last.options).to.deep.include({iceServers: [], metadata: null});
    });
  }

  for (const url of ['http://[', 'ftp://relay.example', 'javascript:alert(1)']) {
    it(`relay-url="${url}" is no relay: joining fails, and says so`, async () => {
      FakeSession.sessions.length = 0;
      const element = await roomWith({room: 'attic', 'relay-url': url});
      const error: unknown = await element.join().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(CallError).and.include({code: 'bad-request', fatal: true});
      expect(element.status).to.equal('failed');
      expect(FakeSession.sessions).to.have.length(0);
    });
  }

  it('pressing Join without a relay shows what is wrong, and a relay mends it', async () => {
    const element = await roomWith({room: 'attic', 'relay-url': 'http://['});
    const codes: string[] = [];
    element.addEventListener('call-error', ({detail}) => codes.push(detail.error.code));
    buttonOf(element, 'Join').click();
    await until(() => element.status === 'failed', 'failed');
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('h2')?.textContent).to.contain(
      'do not understand each other',
    );
    expect(codes).to.deep.equal(['bad-request']);
    element.relayUrl = 'https://relay.example';
    await element.updateComplete;
    buttonOf(element, 'Try again').click();
    await until(() => element.status === 'acquiring-media', 'joining');
  });

  it('a relay that cannot be, set during a call, leaves the call and later changes alone', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    element.relayUrl = 'http://[';
    await element.updateComplete;
    element.displayName = 'Bo';
    await element.updateComplete;
    expect(FakeSession.last.options.displayName).to.equal('Bo');
    const error: unknown = await element.join('cellar').catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'bad-request');
    expect(element.status).to.equal('acquiring-media');
  });

  it('the relay is by default where the script came from', async () => {
    TestRoom.defaultRelayUrl = 'https://relay.example/';
    const element = await roomWith({room: 'attic'});
    await element.join();
    TestRoom.defaultRelayUrl = '';
    expect(FakeSession.last.options.relayUrl).to.equal('https://relay.example/');
  });

  it('a display name that changes during a call reaches it at once', async () => {
    const element = await roomWith({room: 'attic', 'display-name': 'Ana'});
    await element.join();
    element.setAttribute('display-name', 'Bo');
    await element.updateComplete;
    expect(FakeSession.last.options.displayName).to.equal('Bo');
  });

  it('a room that is removed shows the form again', async () => {
    const element = await roomWith({room: 'attic'});
    element.removeAttribute('room');
    await element.updateComplete;
    expect(Boolean(element.shadowRoot?.querySelector('[part~=form]'))).to.equal(true);
  });

  it('data-status mirrors status from the start', async () => {
    const element = await roomWith({room: 'attic'});
    expect(element.dataset['status']).to.equal('idle');
    await element.join();
    expect(element.dataset['status']).to.equal('acquiring-media').and.to.equal(element.status);
  });

  it('properties set before the tag is defined are kept', async () => {
    const late = `${TAG}-late`;
    const element = document.createElement(late) as VideoChatRoom;
    Object.assign(element, {room: 'attic', displayName: 'Ana', capacity: 4, noCamera: true});
    document.body.append(element);
    customElements.define(late, class extends TestRoom {});
    await element.updateComplete;
    expect(element).to.include({room: 'attic', displayName: 'Ana', capacity: 4, noCamera: true});
    expect(element.shadowRoot?.textContent).to.contain('Room attic');
    element.remove();
  });
});
