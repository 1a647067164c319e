/** The screens of a conversation: what they show, said by made-up people. Part of `widget-screens.ts`. */
import {CallError} from '../../widget/call/call-error.js';
import {until} from './widget-element.js';
import type {Screen} from './widget-screens.js';
import {FakeSession, fakePeer} from './widget-session.js';

const ROOM = 'sunday-lunch';
const ANA = fakePeer('ana', {displayName: 'Ana Moreau'});
const BO = fakePeer('bo', {displayName: 'Bo'});

/** Noon of a day, for pictures that stay the same. */
const NOON = new Date(2026, 5, 14, 12, 3).getTime();
const MINUTE = 60_000;

export function seatWith(session: FakeSession, ...peers: ReturnType<typeof fakePeer>[]): void {
  session.dispatch({type: 'media-settled'});
  session.dispatch({
    type: 'media-changed',
    media: {cameraEnabled: true, microphoneEnabled: true},
  });
  session.dispatch({
    type: 'identified',
    self: {peerId: 'self', personId: 'person-self', displayName: 'Noor'},
  });
  session.dispatch({type: 'signaling-changed', signaling: 'open'});
  session.dispatch({type: 'seated', room: ROOM, capacity: 8, peers, incoming: []});
}

/** A small picture of hills, as a file. */
export function pictureFile(name = 'hills.png', width = 480, height = 300): File {
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no canvas');
  for (const [at, colour] of ['#bfd9e8', '#7fa894', '#4f7f68', '#2f5a48'].entries()) {
    draw.fillStyle = colour;
    draw.beginPath();
    draw.ellipse(
      width * (0.2 + at * 0.22),
      height * (0.6 + at * 0.2),
      width,
      height * 0.5,
      0,
      0,
      7,
    );
    if (at === 0) draw.rect(0, 0, width, height);
    draw.fill();
  }
  const bytes = atob(canvas.toDataURL('image/png').replace(/^.*,/, ''));
  return new File([Uint8Array.from(bytes, (each) => each.charCodeAt(0))], name, {
    type: 'image/png',
  });
}

function talk(session: FakeSession): void {
  seatWith(session, ANA, BO);
  say(session);
}

function say(session: FakeSession): void {
  session.write('ana', 'Good morning! Did the train come on time?', NOON);
  session.write(null, 'Five minutes late, so: yes.', NOON + MINUTE);
  session.write(
    'ana',
    'The menu is at https://lunch.example/menu?week=24 – tell me what you would like.',
    NOON + 2 * MINUTE,
  );
  session.write('bo', 'شكراً، سأكون هناك في الواحدة.', NOON + 3 * MINUTE);
  session.write(null, 'Soup for me', NOON + 4 * MINUTE);
  session.write(null, 'and I’ll bring the bread.', NOON + 4 * MINUTE);
}

function send(session: FakeSession): void {
  session.write('ana', 'Here are the hills from the train.', NOON);
  const file = pictureFile();
  const {name, type, size} = file;
  session.transfer({id: 'a', name, type, size, loaded: size, status: 'done', file});
  session.transfer({
    id: 'b',
    direction: 'outgoing',
    name: 'Minutes of the meeting, with all appendices and the corrected budget.pdf',
    type: 'application/pdf',
    size: 2_400_000,
    loaded: 1_080_000,
  });
  session.transfer({
    id: 'c',
    name: 'film.mov',
    type: 'video/quicktime',
    size: 734_003_200,
    loaded: 51_380_224,
  });
  session.transfer({
    id: 'd',
    name: 'old.zip',
    type: 'application/zip',
    size: 9300,
    status: 'cancelled',
  });
  session.transfer({
    id: 'e',
    direction: 'outgoing',
    name: 'draft.txt',
    type: 'text/plain',
    size: 812,
    status: 'failed',
  });
}

function write(root: ShadowRoot, text: string): void {
  const field = root.querySelector('textarea');
  if (!field) throw new Error('no field');
  field.value = text;
  field.dispatchEvent(new Event('input'));
}

/** What people write to see what happens. */
export const HOSTILE_TEXTS: readonly string[] = [
  'a'.repeat(300),
  `Z${'\u0334\u0317\u0301\u035b\u0489'.repeat(30)}algo`,
  '\u202eevil\u2066 \u2067 override https://bank.example/\u202egnp.exe',
  '<img src=x onerror=alert(1)> <b>bold</b> ${1} &amp;',
  'javascript:alert(1) data:text/html,x https://bank.example@evil.example/ https://xn--80ak6aa92e.com http://аррӏе.com/x',
  'word '.repeat(2000),
  'one\n'.repeat(40),
];

const chat = {attributes: {room: ROOM}, press: ['Chat'], waitFor: '.log'};
const data = {attributes: {room: ROOM, media: 'data'}};

export const CHAT_SCREENS: readonly Screen[] = [
  {name: 'chat-empty', ...chat, steps: (session) => seatWith(session, ANA)},
  {
    name: 'chat',
    ...chat,
    steps: (session) => {
      talk(session);
      session.setOthersTyping('ana', 'bo');
    },
  },
  {
    name: 'chat-draft',
    ...chat,
    attributes: {room: ROOM, 'live-typing': ''},
    steps: (session) => {
      talk(session);
      session.setOthersTyping('ana', 'bo');
      session.draft('bo', 'أنا قادم، لكن القطار', NOON + 5 * MINUTE);
      session.draft('ana', 'Then I bring the cheese, and per', NOON + 5 * MINUTE);
    },
  },
  // With the chat before one's eyes, what comes is told.
  {
    name: 'chat-files',
    ...chat,
    steps: (session) => seatWith(session, ANA),
    after: async () => send(FakeSession.last),
  },
  {
    name: 'chat-picture',
    ...chat,
    steps: (session) => seatWith(session, ANA),
    after: async (root) => {
      const file = pictureFile();
      const {name, type, size} = file;
      FakeSession.last.transfer({id: 'a', name, type, size, loaded: size, status: 'done', file});
      await until(() => root.querySelector('[data-drawn]') !== null, 'the picture');
    },
  },
  {
    name: 'chat-drop',
    ...chat,
    steps: (session) => seatWith(session, ANA),
    after: async (root) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(pictureFile());
      root.host.dispatchEvent(new DragEvent('dragenter', {dataTransfer, cancelable: true}));
      await until(() => root.querySelector('[part=drop-zone]') !== null, 'the zone');
    },
  },
  {
    name: 'chat-too-long',
    ...chat,
    steps: talk,
    after: async (root) => {
      write(root, 'And then? '.repeat(1_001));
      await until(() => root.querySelector('.message-input[aria-invalid]') !== null, 'too long');
    },
  },
  {
    name: 'chat-hostile',
    ...chat,
    steps: (session) => {
      seatWith(session, fakePeer('ana', {displayName: 'W'.repeat(80)}));
      for (const text of HOSTILE_TEXTS) session.write('ana', text, NOON);
    },
  },
  {
    name: 'chat-alone',
    ...chat,
    steps: (session) => {
      talk(session);
      for (const peerId of ['ana', 'bo']) {
        session.dispatch({type: 'peer-left', peerId, reason: 'left'});
      }
    },
  },
  {
    name: 'chat-unread',
    attributes: {room: ROOM},
    waitFor: '[data-badge]',
    steps: (session) => {
      seatWith(session, ANA);
      session.write('ana', 'Are you there?', NOON);
      session.write('ana', 'I can see you, but I cannot hear you.', NOON);
    },
  },
  {
    name: 'chat-over',
    attributes: {room: ROOM},
    waitFor: '[data-panel=chat]',
    steps: (session) => {
      talk(session);
      session.dispatch({type: 'ended', reason: 'left'});
    },
    after: async (root) => {
      root.querySelector<HTMLElement>('[data-panel=chat]')?.click();
      await until(() => root.querySelector('.log') !== null, 'the chat');
    },
  },
  {
    name: 'chat-unsent',
    ...chat,
    steps: (session) => {
      talk(session);
      session.nextError = new CallError('rate-limited');
    },
    after: async (root) => {
      write(root, 'One more thing: who has the key?');
      root.querySelector<HTMLElement>('[part~=button-send]')?.click();
      await until(() => root.querySelector('[data-unsent]') !== null, 'unsent');
    },
  },
  {name: 'data-waiting', ...data, steps: (session) => seatWith(session)},
  {
    name: 'data-call',
    ...data,
    waitFor: '.log',
    steps: (session) => seatWith(session, ANA, BO),
    after: async () => say(FakeSession.last),
  },
];
