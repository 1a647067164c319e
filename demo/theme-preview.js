/**
 * What the theming page shows: a real element on one of its screens, and the people whom that screen
 * needs. They are elements too, hidden, in the same room of the same relay; nobody has a camera on,
 * so that nothing is asked of the visitor.
 */
const GUESTS = ['Ana Moreau', 'Ben Okafor', 'Chiara Rossi', 'Dalia Haddad', 'Emre Yılmaz'];

const TALK = [
  ['Ana Moreau', 'Did the paint arrive?'],
  ['Ben Okafor', 'This morning. The green is greener than on the card.'],
  ['Ana Moreau', 'Green is allowed to be. Tell me when the wall is dry: https://example.org/wall'],
];

/** So many of them come to each screen. */
const COMING = {knock: 1, call: 3, chat: 2, people: 5};

const SEATED = {'auto-join': '', 'no-camera': '', 'no-microphone': '', 'auto-accept': ''};

/** Another for each page that is open: a room is nobody else's. */
const name = `studio-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;

let shown = 0;

function attributesOf(screen) {
  if (screen === 'form') return {};
  if (screen === 'people') return {directory: name};
  if (screen === 'join') return {room: 'sunday-lunch'};
  // Another for each screen, too: the one before may still be on its way out of it.
  const room = {room: `${name}-${(shown += 1)}`, capacity: '4'};
  if (screen === 'knock') return {...room, ...SEATED, 'auto-accept': null};
  return {...room, ...SEATED, ...(screen === 'chat' && {media: 'data'})};
}

function elementOf(attributes, displayName) {
  const element = document.createElement('video-chat-room');
  const all = {...attributes, 'display-name': displayName, resume: 'off', 'no-ringtone': ''};
  for (const [key, value] of Object.entries(all)) {
    if (value !== null) element.setAttribute(key, value);
  }
  return element;
}

export class Preview {
  /** @type {HTMLElement} */
  #place;
  /** Gone with its screen. */
  #scene = new AbortController();

  constructor(place) {
    this.#place = place;
  }

  show(screen) {
    this.#scene.abort();
    this.#scene = new AbortController();
    const {signal} = this.#scene;
    const attributes = attributesOf(screen);
    const element = elementOf(attributes, screen === 'form' ? '' : 'You');
    const count = COMING[screen] ?? 0;
    const guests = GUESTS.slice(0, count).map((guest) => {
      // Whoever knocks is let in by the visitor, the others by the element.
      const hidden = elementOf({...attributes, 'auto-accept': null}, guest);
      hidden.hidden = true;
      return hidden;
    });
    const come = () => this.#place.append(...guests);
    element.addEventListener(
      'status-changed',
      ({detail: {status, previous}}) => {
        if (status === 'waiting' && previous !== 'in-call') {
          if (screen === 'ended') void element.leave();
          else come();
        }
      },
      {signal},
    );
    if (screen === 'chat') this.#talk(element, guests, signal);
    // A prompt takes the focus. The first one here comes from choosing the screen, and gives it back.
    const giveBack = ({relatedTarget}) => relatedTarget?.focus();
    if (screen === 'knock') element.addEventListener('focusin', giveBack, {once: true, signal});
    this.#place.replaceChildren(element);
    if (screen === 'people') come();
  }

  /** As people write: one after the other, once everybody is there. */
  #talk(element, guests, signal) {
    const begun = new AbortController();
    element.addEventListener(
      'peer-joined',
      async () => {
        if (element.peers.length < guests.length) return;
        begun.abort();
        for (const [who, text] of TALK) {
          const guest = guests[GUESTS.indexOf(who)];
          // The visitor may be at another screen by now.
          await guest?.sendChat(text).catch(() => undefined);
        }
      },
      {signal: AbortSignal.any([signal, begun.signal])},
    );
  }
}
