/** The screens of calls in which something is off, missing or in the way. Part of `widget-screens.ts`. */
import {until} from './widget-element.js';
import type {Screen} from './widget-screens.js';
import {fakeKnock, type FakeSession} from './widget-session.js';

/**
 * @param inRoom what makes an element go into a room
 * @param seat brings a session into a call with so many others
 */
export function troubleScreens(
  inRoom: Pick<Screen, 'attributes'>,
  seat: (session: FakeSession, count: number) => void,
): readonly Screen[] {
  const steps: Screen['steps'] = (session) => seat(session, 1);
  const weaken = (session: FakeSession): void => {
    session.dispatch({type: 'peer-changed', peerId: 'ana', change: {quality: 'poor'}});
    session.dispatch({
      type: 'peer-changed',
      peerId: 'bo',
      change: {quality: 'lost', pictureHeight: 0, sentHeight: 180},
    });
  };
  return [
    {
      name: 'call-weak',
      ...inRoom,
      steps: (session) => {
        seat(session, 3);
        weaken(session);
      },
      // The words for it come after the call has begun.
      waitFor: '[part=notice]',
    },
    {
      name: 'call-own-off',
      ...inRoom,
      steps: (session) => {
        seat(session, 2);
        session.dispatch({
          type: 'media-changed',
          media: {cameraEnabled: false, microphoneEnabled: false},
        });
      },
    },
    {
      name: 'call-muted-by-browser',
      ...inRoom,
      steps,
      after: async (root) => {
        const video = root.querySelector<HTMLVideoElement>('video[data-peer]');
        if (!video) throw new Error('no video');
        const refusal = new DOMException('not before a gesture', 'NotAllowedError');
        video.play = () => Promise.reject(refusal);
        video.dispatchEvent(new Event('loadedmetadata'));
        await until(() => root.querySelector('.hear') !== null, 'the button');
      },
    },
    {
      name: 'call-shortcuts',
      ...inRoom,
      steps,
      waitFor: '[aria-keyshortcuts]',
      after: async (root) => {
        root.host.dispatchEvent(new KeyboardEvent('keydown', {key: '?'}));
        await until(() => root.querySelector('[part=dialog] dt') !== null, 'the list');
      },
    },
    {
      name: 'call-slotted',
      ...inRoom,
      steps,
      after: async ({host}) => {
        const own = Object.assign(document.createElement('button'), {
          slot: 'controls',
          textContent: 'Of the page',
        });
        host.append(own);
        await Promise.resolve();
      },
    },
    {
      name: 'devices-off',
      ...inRoom,
      steps: (session) => {
        seat(session, 1);
        session.dispatch({
          type: 'media-changed',
          media: {cameraEnabled: false, microphoneEnabled: false},
        });
      },
      press: ['Devices'],
      waitFor: '.device select',
    },
    {
      name: 'prompt-over-chat',
      ...inRoom,
      steps: (session) => {
        seat(session, 2);
        const invitation = fakeKnock('k1', 'Fatima Zahra El Amrani Benjelloun');
        session.dispatch({type: 'invitation-received', invitation});
      },
      press: ['Chat'],
      waitFor: '.log',
    },
    {
      name: 'sharing-broken',
      ...inRoom,
      steps: (session) => {
        seat(session, 2);
        session.dispatch({
          type: 'peer-changed',
          peerId: 'ana',
          change: {screenSharing: true, connectionState: 'disconnected'},
        });
      },
      waitFor: '[part~=tile-screen]',
    },
  ];
}
