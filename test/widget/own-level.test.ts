/** How loud the own microphone is, on its button: not before the first pictures are through, and in no call that is over. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {watchContexts} from '../support/audio-contexts.js';
import {doubles} from '../support/doubles.js';
import {heldTimers} from '../support/held-timers.js';
import {buttonOf, remove, roomAt, until, untilTools} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const CALL = SCREENS.find(({name}) => name === 'call-1') as Screen;
const CALM_MS = 1_500;

describe('the level on the button of the microphone', () => {
  const timers = heldTimers();
  const {put, restore} = doubles();
  let contexts: AudioContext[];
  let source: AudioContext;

  beforeEach(() => {
    FakeSession.sessions.length = 0;
    source = new AudioContext();
    contexts = watchContexts({put});
  });
  afterEach(async () => {
    restore();
    remove();
    await source.close();
  });

  /** In a call, with all that comes late. */
  async function inCall(): Promise<VideoChatRoom> {
    const element = await roomAt(CALL);
    const {stream} = new MediaStreamAudioDestinationNode(source);
    FakeSession.last.localStream.addTrack(stream.getAudioTracks()[0]!);
    await untilTools(element);
    element.requestUpdate();
    await element.updateComplete;
    return element;
  }

  const levelOf = (element: VideoChatRoom): string =>
    buttonOf(element, 'Turn microphone off').style.getPropertyValue('--_level');

  it('is measured when the first pictures are through, and what can wait has come', async () => {
    const element = await inCall();
    await until(() => contexts.length === 1, 'an instrument');
    await until(() => levelOf(element) === '0.0', 'a level');
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: false}});
    await until(() => contexts[0]!.state === 'closed', 'nothing to be measured');
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: true}});
    await until(() => contexts.length === 2, 'at once, for the call is calm');
  });

  it('waits anew in the next call', async () => {
    timers.hold(CALM_MS);
    const element = await inCall();
    FakeSession.last.dispatch({type: 'ended', reason: 'left'});
    await until(() => contexts[0]?.state === 'closed', 'the end of the call');
    await element.join('sunday-lunch');
    CALL.steps!(FakeSession.last);
    await element.updateComplete;
    expect(contexts.length, 'at first').to.equal(1);
    timers.fire();
    expect(contexts.length).to.equal(2);
  });

  it('is not measured in a call that was over by then', async () => {
    timers.hold(CALM_MS);
    const element = await inCall();
    FakeSession.last.dispatch({type: 'ended', reason: 'left'});
    await until(() => contexts[0]?.state === 'closed', 'the end of the first');
    await element.join('sunday-lunch');
    CALL.steps!(FakeSession.last);
    await element.updateComplete;
    FakeSession.last.dispatch({type: 'ended', reason: 'left'});
    await element.updateComplete;
    expect(() => timers.fire(), 'nothing waits').to.throw();
    expect(contexts.length).to.equal(1);
  });
});
