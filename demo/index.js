/**
 * The home page: keeps the room in the address (`?room=NAME`), so that a link opens it, and shows
 * that link. The element does the rest.
 */
const chat = document.querySelector('video-chat-room');
const share = document.querySelector('.share');
const link = document.querySelector('#link');
const copied = document.querySelector('.copied');

function roomInAddress() {
  return new URLSearchParams(location.search).get('room')?.trim() ?? '';
}

function addressOf(room) {
  const address = new URL('./', location.href);
  if (room) address.searchParams.set('room', room);
  return address.href;
}

function show(room) {
  share.hidden = !room;
  document.title = room ? `${room} · Video chat room` : 'Video chat room';
  if (!room) return;
  share.querySelector('.share-room').textContent = room;
  link.value = addressOf(room);
  copied.textContent = '';
}

/** A room that was typed into the form goes into the address; the back button takes it out again. */
chat.addEventListener('status-changed', ({detail: {status}}) => {
  const room = status === 'idle' ? '' : (chat.currentRoom ?? '');
  const isInside = status === 'waiting' || status === 'knocking' || status === 'in-call';
  if (isInside && room !== roomInAddress()) history.pushState(null, '', addressOf(room));
  // "Choose a room": the form is back, and with it the plain address.
  if (status === 'idle' && !chat.room) history.replaceState(null, '', addressOf(''));
  show(isInside || chat.room ? room || chat.room : '');
});

function follow() {
  const room = roomInAddress();
  if (room === chat.currentRoom && chat.status !== 'idle') return;
  void chat.leave?.();
  chat.room = room;
  show(room);
}

window.addEventListener('popstate', follow);

async function copyLink() {
  try {
    await navigator.clipboard.writeText(link.value);
    copied.textContent = 'Copied';
  } catch {
    // No clipboard on an insecure page: the link stands selected, ready for the keyboard.
    link.select();
    copied.textContent = 'Press Ctrl+C to copy';
  }
}

document.querySelector('.copy').addEventListener('click', () => {
  void copyLink();
});

follow();
