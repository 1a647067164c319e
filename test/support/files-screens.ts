/** The screens of the panel of the files: nothing, files in every state, nobody there, a call that is over. Part of `widget-screens.ts`. */
import {CallError} from '../../widget/call/call-error.js';
import {pictureFile, seatWith} from './chat-screens.js';
import {until} from './widget-element.js';
import type {Screen} from './widget-screens.js';
import {FakeSession, fakePeer} from './widget-session.js';

const ROOM = 'sunday-lunch';
const ANA = fakePeer('ana', {displayName: 'Ana Moreau'});
const BO = fakePeer('bo', {displayName: 'Bo'});

function receivePicture(session: FakeSession): void {
  const file = pictureFile();
  const {name, type, size} = file;
  session.transfer({id: 'a', name, type, size, loaded: size, status: 'done', file});
}

/** In every state that there is, to all and to one, from two people. */
function exchange(session: FakeSession): void {
  seatWith(session, ANA, BO);
  receivePicture(session);
  // To both at once: one file.
  session.transferToAll({id: 'b', name: 'agenda.txt', size: 640, loaded: 640, status: 'done'});
  session.transfer({id: 'c', name: 'old.zip', size: 9300, loaded: 400, status: 'cancelled'});
  session.transfer({
    id: 'd',
    direction: 'outgoing',
    name: 'draft.txt',
    size: 812,
    status: 'failed',
  });
  session.transfer({
    id: 'e',
    peerId: 'bo',
    name: 'film.mov',
    type: 'video/quicktime',
    size: 734_003_200,
    loaded: 51_380_224,
  });
  session.transfer({
    id: 'f',
    direction: 'outgoing',
    name: 'Minutes of the meeting, with all appendices and the corrected budget.pdf',
    type: 'application/pdf',
    size: 2_400_000,
    loaded: 1_080_000,
  });
}

const files = {attributes: {room: ROOM}, press: ['Chat', 'Files of this call'], waitFor: '.files'};

export const FILES_SCREENS: readonly Screen[] = [
  {
    name: 'files-empty',
    ...files,
    steps: (session) => seatWith(session, ANA),
  },
  {name: 'files', ...files, steps: exchange},
  {
    name: 'files-picture',
    ...files,
    waitFor: '[data-drawn]',
    steps: (session) => {
      seatWith(session, ANA);
      receivePicture(session);
    },
  },
  {
    name: 'files-alone',
    ...files,
    steps: (session) => {
      seatWith(session, ANA);
      session.transfer({id: 'a', name: 'notes.txt', size: 4096, loaded: 900});
    },
    after: async (root) => {
      FakeSession.last.transfer({id: 'a', status: 'failed'});
      FakeSession.last.dispatch({type: 'peer-left', peerId: 'ana', reason: 'left'});
      await until(() => root.querySelector('.files-problem:not([hidden])') !== null, 'alone');
    },
  },
  {
    name: 'files-unsent',
    ...files,
    steps: (session) => {
      seatWith(session, ANA);
      receivePicture(session);
      session.nextError = new CallError('rate-limited');
    },
    after: async (root) => {
      const input = root.querySelector<HTMLInputElement>('.files .file-input');
      if (!input) throw new Error('no input');
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'.repeat(2000)], 'shopping-list.txt', {type: 'text/plain'}));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
      await until(() => root.querySelector('[data-unsent]') !== null, 'unsent');
    },
  },
  {
    name: 'files-new',
    // By name: without, the files have no button.
    attributes: {room: ROOM, controls: 'microphone camera chat files leave'},
    waitFor: '[data-panel=files][data-badge]',
    steps: (session) => {
      seatWith(session, ANA);
      receivePicture(session);
      session.transfer({id: 'b', name: 'notes.txt', size: 4096, loaded: 900});
    },
  },
  {
    name: 'files-over',
    ...files,
    steps: exchange,
    after: async (root) => {
      for (const id of ['e', 'f']) FakeSession.last.transfer({id, status: 'cancelled'});
      FakeSession.last.dispatch({type: 'ended', reason: 'left'});
      await until(() => root.querySelector('.files') === null, 'the end');
      root.querySelector<HTMLElement>('[data-panel=files]')?.click();
      await until(() => root.querySelector('.files') !== null, 'the files');
    },
  },
  {
    name: 'files-beside-chat',
    ...files,
    attributes: {room: ROOM, media: 'data'},
    press: ['Files'],
    steps: (session) => {
      exchange(session);
      session.write('ana', 'The film is on its way.');
    },
  },
];
